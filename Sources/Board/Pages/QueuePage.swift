import CaseAPI
import Complaints

/// `/board/queue`: all that waits for somebody, but what *Today* has in tables of its own, a page at a time.
enum QueuePage {
    static let path = "/board/queue"
    private static let page = ListPage(
        path: path, title: Texts.queueTitle, filters: ["kind", "owner", "team", "as_of", "cursor"])

    static func show(_ call: PageCall) throws -> PageView {
        try page.show(call) { record, filters, values in
            let list = try record.get(
                "/v1/queue",
                filters.query("owner", "team", "as_of", "cursor")
                    + [("kind", filters["kind"] ?? QueueRow.kinds), ("limit", "100")])
            values["queue"] = QueueTable(Texts.queueTitle, "queue", list["items"].items, PageClock(record)).values
            return list
        }
    }
}

extension PageRecord {
    /// What waits for somebody, in the order of the queue, as far as it is looked through.
    ///
    /// - Parameter kinds: of the queue, as the API takes them.
    func waiting(for name: String, _ kinds: String, asOf: String?) throws -> [JSONValue] {
        var found: [JSONValue] = []
        var cursor: String?
        for _ in 1...Self.mostPages {
            let list = try get(
                "/v1/queue",
                [("kind", kinds), ("limit", "200"), ("cursor", cursor), ("as_of", cursor == nil ? asOf : nil)])
            // Names compare without case, as the rules do.
            found += list["items"].items.filter { item in
                item["waits_for"].text.map { FoldedName($0) == FoldedName(name) } ?? false
            }
            cursor = list["next"].text
            if cursor == nil { break }
        }
        return found
    }

    /// How many pages of the queue are looked through: what is further down waits behind a thousand others.
    private static let mostPages = 5
}
