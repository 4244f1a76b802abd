import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// What somebody who follows the service asks for.
struct EventQuery: Sendable {
    /// How long an answer may be waited for, in seconds.
    static let longestWait: Int64 = 60

    /// Only events that come after the one with this id.
    let after: Int64
    /// Only these types; none mean any.
    let types: Set<EventType>
    /// How many at most.
    let limit: Int
    /// How long to wait for the first one, in seconds.
    let wait: Int64
    let path: String
    let query: CheckedQuery
}

extension EventQuery {
    /// What there is in the transaction's snapshot, for an answer at once.
    ///
    /// - Throws: 400 for what is wrong with the query, and for an `after` that no event has: whoever has seen it has seen
    ///   another database, and would wait for what they are taken to know.
    func page(_ transaction: ReadTransaction) throws -> EventPage {
        try query.verify(in: transaction)
        let last = try transaction.lastEventID()
        guard after <= last else {
            var issues = QueryIssues()
            issues.append(
                "after", .invalidParameter, word: .outOfRange,
                "must be the id of an event: the last one is \(last). Has the database been restored from a backup?")
            throw issues.problem
        }
        return try EventSelection(self, after: after).page(transaction)
    }

    /// The answer, with the query that goes on after it.
    func response(_ page: RenderedEvents) -> Response {
        var response = Response.json(kept: page.body)
        let next = query.parameters.encoded(setting: "after", to: String(page.next))
        response.headerFields[.link] = "<\(path)?\(next)>; rel=\"next\""
        return response
    }
}

/// Some events, and where to go on: up to `next` there is nothing else that was asked for.
struct EventPage: Sendable {
    var items: [Event] = []
    let next: Int64
}
