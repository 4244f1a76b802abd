import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// What somebody who follows the service asks for, as its query says.
struct EventFilter: Sendable {
    /// How long an answer may be waited for, in seconds.
    static let longestWait: Int64 = 60

    /// Only events that come after the one with this id.
    let after: Int64
    /// Only these types; none mean any.
    let types: Set<EventType>
    /// Who acted, and when it was recorded.
    let entries: EntryFilter
    /// Which members of each; nil for all.
    let fields: FieldSelection?
    /// How many at most.
    let limit: Int
    /// How long to wait for the first one, in seconds.
    let wait: Int64

    /// The parameters of `GET /v1/events`.
    init(_ query: inout QueryReader) {
        after =
            query.integer(
                "after", in: 0...Int64.max, "The id of the last event that is known; without it, from the first.",
                example: 0) ?? 0
        types = query.words("type", "Any of these.", example: [.promiseMade, .promiseOverdue])
        entries = EntryFilter(&query)
        let zone = query.timeZone("The time zone of days.", example: .null)
        if zone != nil, !query.hasDay { query.issue(QueryReader.timeZoneName, TableParameters.zoneAdvice) }
        fields = query.fields(among: Event.shown.map(\.memberName))
        limit =
            query.integer(
                "limit", in: 1...PageParameters.mostItems,
                "How many at most; without it \(PageParameters.usualLimit).", example: 20
            ).map(Int.init) ?? PageParameters.usualLimit
        wait =
            query.integer(
                "wait", in: 0...Self.longestWait,
                "How many seconds to wait for the first one; not once until is over.", example: 0) ?? 0
    }

    /// Whether somebody is to be answered at once, though there is nothing.
    func isPatient(at time: Instant) -> Bool { wait > 0 && entries.until.map { time < $0 } ?? true }
}

/// The same with where it was asked.
struct EventQuery: Sendable {
    let filter: EventFilter
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
        guard filter.after <= last else {
            var issues = QueryIssues()
            issues.append(
                "after", .invalidParameter, word: .outOfRange,
                "must be the id of an event: the last one is \(last). Has the database been restored from a backup?")
            throw issues.problem
        }
        return try EventSelection(filter, after: filter.after).page(transaction)
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
