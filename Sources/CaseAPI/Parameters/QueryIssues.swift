import Complaints

/// What is wrong with the parameters of a query.
struct QueryIssues: Sendable, Hashable {
    private(set) var items: [Problem.Item] = []
    private var codes: [ProblemKind] = []
    /// Whether there are more than are listed.
    private(set) var hasMore = false

    /// `word` is the item's own code where that says more than `code`. What is past `FieldIssue.mostListed` is not listed.
    mutating func append(_ parameter: String, _ code: ProblemKind, word: FieldIssue.Code? = nil, _ detail: String) {
        guard !isFull else {
            hasMore = true
            return
        }
        items.append(
            Problem.Item(place: .parameter(parameter), code: word?.rawValue ?? code.rawValue, detail: detail))
        codes.append(code)
    }

    var isEmpty: Bool { items.isEmpty }

    /// Whether no more are listed.
    var isFull: Bool { items.count >= FieldIssue.mostListed }

    /// All of it; the first one gives the code.
    var problem: Problem {
        var problem = Problem(
            codes.first ?? .invalidParameter,
            "\(Problem.wrong("parameter", items.count, hasMore: hasMore)) what would be right.")
        problem.errors = items
        return problem
    }

    /// The record of an instant to come is not written yet.
    static func asOfInTheFuture(now: Instant) -> QueryIssues {
        var issues = QueryIssues()
        issues.appendAsOfInTheFuture(now: now)
        return issues
    }

    mutating func appendAsOfInTheFuture(now: Instant) {
        append("as_of", .invalidParameter, word: .inTheFuture, "must not lie after now, \(now.rfc3339).")
    }
}
