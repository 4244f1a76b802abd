import CaseAPI
import Complaints

/// The latest entries of a case's log, oldest first. The API lists them from the beginning, so the pages before them are passed over.
struct LatestEntries {
    let items: [JSONValue]
    /// Whether there are others than these.
    let isCut: Bool
    /// The link to the customer's page that was made last, as its entry has it; nil where there is none, or all were taken back since.
    let link: JSONValue?
    /// Whether a link to the customer's page was made that nobody has taken back since.
    var isShared: Bool { link != nil }
    /// The cases that are duplicates of this one, as they were found.
    let duplicates: [Int64]

    /// How many are read at once, and how often: a case with more says that its log is not all there.
    private static let (pageSize, mostPages) = (500, 20)

    init(_ record: PageRecord, ofCase id: String, asOf: Instant?, _ count: Int) throws {
        var (latest, isCut, link): ([JSONValue], Bool, JSONValue?) = ([], false, nil)
        var duplicates: [Int64] = []
        var cursor: String?
        for page in 1...Self.mostPages {
            let list = try record.get(
                "/v1/cases/\(id)/log",
                [("limit", String(Self.pageSize)), ("cursor", cursor), ("as_of", cursor == nil ? asOf?.rfc3339 : nil)])
            for entry in list["items"].items {
                let kind = entry["kind"].text.flatMap(LogKind.init(rawValue:))
                if kind == .caseShared || kind == .caseUnshared { link = kind == .caseShared ? entry : nil }
                if kind == .duplicate, let id = entry["duplicate"].integer, !duplicates.contains(id) {
                    duplicates.append(id)
                }
            }
            latest = Array((latest + list["items"].items).suffix(count))
            isCut = (list["total"].integer ?? 0) > latest.count
            cursor = list["next"].text
            if cursor == nil { break }
            if page == Self.mostPages { isCut = true }
        }
        (items, self.isCut, self.link, self.duplicates) = (latest, isCut, link, duplicates)
    }
}
