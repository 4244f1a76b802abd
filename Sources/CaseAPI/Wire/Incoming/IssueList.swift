import Complaints

/// The issues of one body, in the order they were found.
final class IssueList {
    /// A body of a megabyte could have a hundred thousand issues; the answer to it stays an answer.
    static let limit = 100

    private let limit: Int
    private(set) var issues: [FieldIssue] = []

    init(limit: Int = IssueList.limit) {
        self.limit = limit
    }

    var isFull: Bool { issues.count >= limit }

    func append(_ issue: FieldIssue) {
        if !isFull { issues.append(issue) }
    }
}
