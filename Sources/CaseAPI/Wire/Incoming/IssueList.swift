import Complaints

/// The issues of one body, or of one item of a bulk, in the order they were found. A body of a megabyte could have a
/// hundred thousand of them; the answer to it stays an answer, and once no more are listed, no more are looked for.
final class IssueList {
    /// Of one item of a bulk.
    private static let itemLimit = 20
    /// Of all items of a bulk together; past it one of each.
    private static let itemsLimit = 2_000

    private let limit: Int
    /// That of the body, where this is an item's.
    private let body: IssueList?
    private var countInItems = 0
    /// What the whole request may spend on advice.
    private var budget = SearchBudget()
    private(set) var issues: [FieldIssue] = []
    /// Whether `me` stands somewhere in the body, and for nobody.
    private(set) var lacksSpeaker = false
    /// What the body has of what only the service writes, where it may have that.
    private(set) var sentBack: [JSONValue.Member] = []

    /// The list of a body.
    init() {
        limit = FieldIssue.mostListed
        body = nil
    }

    private init(itemOf body: IssueList) {
        limit = Self.itemLimit
        self.body = body
    }

    /// The list of an item of a bulk, which is answered for itself.
    func ofItem() -> IssueList { IssueList(itemOf: self) }

    /// Whether more were found than are listed, and nothing is gained by looking further.
    var isOver: Bool { issues.last?.hasMore ?? false }

    /// `me` stands for nobody.
    func noteMissingSpeaker() { body?.noteMissingSpeaker() ?? (lacksSpeaker = true) }

    /// It may have that, as far as its form goes.
    func noteSentBack(_ member: JSONValue.Member) { sentBack.append(member) }

    func append(_ issue: FieldIssue) {
        if issues.count >= limit || (!issues.isEmpty && body.map { $0.countInItems >= Self.itemsLimit } ?? false) {
            issues[issues.count - 1].hasMore = true
        } else {
            issues.append(issue)
            body?.countInItems += 1
        }
    }

    /// What to say of a field that there is not.
    func advice(for name: ExactText, among known: inout KnownNames) -> String {
        if let body { return body.advice(for: name, among: &known) }
        return NearestName.advice(for: name, among: &known, what: "field", within: &budget)
    }
}
