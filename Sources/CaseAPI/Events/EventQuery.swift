import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// What somebody who follows the service asks for, as its query says.
struct EventFilter: Sendable {
    /// How long an answer may be waited for, in seconds.
    static let longestWait: Int64 = 60

    /// Only events that come after the one with this id.
    private(set) var after: Int64
    /// What of the request said so.
    private(set) var afterName = "after"
    /// Whether they are wanted as they come, without an end.
    private(set) var isStream = false
    /// Only these types; none mean any.
    let types: Set<EventType>
    /// Who acted, and when it was recorded.
    let entries: EntryFilter
    /// Which members of each; nil for all.
    let fields: FieldSelection?
    /// How many at most; as CSV all where nobody says.
    let limit: Int
    let isLimited: Bool
    /// In which form.
    let table: TableParameters<Representation>
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
        table = TableParameters(&query)
        fields = query.fields(among: Event.shown.map(\.memberName))
        let most = query.integer(
            "limit", in: 1...PageParameters.mostItems,
            "How many at most; without it \(PageParameters.usualLimit), and as CSV all.", example: 20)
        limit = most.map(Int.init) ?? PageParameters.usualLimit
        isLimited = most != nil
        wait =
            query.integer(
                "wait", in: 0...Self.longestWait,
                "How many seconds to wait for the first one; not once until or period is over, nor for CSV.", example: 0
            )
            ?? 0
    }

    /// The same of a call, where Last-Event-ID, which a client sends that has lost its stream, goes before `after`.
    init(_ query: inout QueryReader, _ call: Call) {
        self.init(&query)
        isStream = call.wantsStream
        guard let field = call.request.headerFields[.lastEventID] else { return }
        let isPlain = field.bytes.allSatisfy { (0x30...0x39).contains($0) }
        afterName = HTTPField.Name.lastEventID.rawName
        if isPlain, let id = field.ascii.flatMap({ Int64($0) }) {
            after = id
        } else {
            query.issue(afterName, .invalidValue, "must be the id of an event: leave it out for all, or give after.")
        }
    }

    /// Notes what makes no sense of a stream.
    func requireEndless(_ query: inout QueryReader) {
        let names = query.parameters.pairs.map(\.name)
        for name in ["limit", "wait", "until", "period"] where names.contains(ExactText(name)) {
            query.issue(name, "is not for a stream, which has no end: leave it out, or accept application/json.")
        }
    }

    /// Whether somebody is to be answered at once, though there is nothing.
    func isPatient(at time: Instant) -> Bool {
        isStream || wait > 0 && entries.ends(at: time).until.map { time < $0 } ?? true
    }
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
        try verify(in: transaction)
        // What a stream begins with is pulled as all of it is.
        if filter.isStream { return EventPage(next: filter.after) }
        return try EventSelection(filter, after: filter.after).page(transaction)
    }

    private func verify(in transaction: ReadTransaction) throws {
        try query.verify(in: transaction)
        let last = try transaction.lastEventID()
        guard filter.after <= last else {
            var issues = QueryIssues()
            issues.append(
                filter.afterName, .invalidParameter, word: .outOfRange,
                "must be the id of an event: the last one is \(last). Has the database been restored from a backup?")
            throw issues.problem
        }
    }

    /// The answer, with the query that goes on after it.
    func response(_ page: RenderedEvents) -> Response {
        var response = Response.json(kept: page.body)
        response.headerFields[.link] = link(after: page.next)
        return response.varyingByAccept
    }

    private func link(after id: Int64) -> String {
        "<\(path)?\(query.parameters.encoded(setting: "after", to: String(id)))>; rel=\"next\""
    }
}

// MARK: - As a table
extension EventQuery {
    /// The events as CSV: as many as were asked for, else all up to now, a piece after the other.
    func table(_ call: Call, _ dialect: CSVDialect) -> Reading {
        let form = ListForm<Event>.events.selecting(filter.fields)
        let list = ListQuery(form: form) { [filter] transaction, request in
            let after = request.after?.id ?? filter.after
            let events = try transaction.events(
                after: after, types: filter.types, limit: request.limit, filter.entries)
            let isFull = events.count == request.limit
            let next = isFull ? events.last.map { PageKey(value: nil, id: $0.id) } : nil
            return Page(items: events, next: next, total: nil, totalIsCapped: false)
        }
        if filter.isLimited {
            return Reading(asOf: nil, query: query, bytes: call.service.events.bytes(of: self)) { transaction in
                try verify(in: transaction)
                let page = try EventSelection(filter, after: filter.after).page(transaction)
                var csv = CSVWriter(dialect)
                form.header(&csv)
                for event in page.items { form.record(&csv, event, transaction.asOf) }
                var response = Response.csv(
                    .bytes(csv.bytes), CSVFile(of: call.request.path, dialect, asOf: transaction.asOf))
                response.headerFields[.link] = link(after: page.next)
                return response
            }
        }
        let export = list.export(as: .csv, dialect)
        return Reading(
            asOf: nil, query: query, bytes: call.itemSize.bound(of: ListQuery<Event>.pieceLimit),
            work: .export(
                Export(start: export.start, order: export.order, path: call.request.path, dialect: dialect) {
                    transaction, after in
                    if after == export.start { try verify(in: transaction) }
                    let piece = try export.piece(transaction, after)
                    call.itemSize.note(piece.bytes.count, of: piece.count)
                    return piece
                }))
    }
}

/// Some events, and where to go on: up to `next` there is nothing else that was asked for.
struct EventPage: Sendable {
    var items: [Event] = []
    let next: Int64
}

extension HTTPField.Name {
    /// Up to which event a client knows a stream that it takes up again (the HTML standard's section 9.2.4).
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
}
