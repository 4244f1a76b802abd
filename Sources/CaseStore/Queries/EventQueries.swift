public import Complaints
import GRDB

extension ReadTransaction {
    /// The events after the one with that id, oldest first: what has once been read never changes, and nothing ever
    /// comes in before it.
    ///
    /// - Parameters:
    ///   - types: only these; none mean any.
    ///   - filter: what else is asked for; its kinds are those of the types.
    public func events(
        after id: Int64, types: Set<EventType>, limit: Int, _ filter: EntryFilter = EntryFilter()
    ) throws -> [Event] {
        var filter = filter.ends(at: asOf)
        if types.count < EventType.allCases.count { filter.kinds = Set(types.flatMap(\.kinds)) }
        var list = ListSQL()
        let start = try filter.since.map { try firstEvent(recordedSince: $0) } ?? 1
        list.add("l.id > :after", "after", .integer(max(id, start - 1)))
        list.add(filter, at: asOf)
        let sql = """
            SELECT l.id, l.seq, l.kind, l.at, l.recorded_at, l.imported, l.actor_id, t.name, l.promise_id,
                CASE WHEN p.recorded_at IS NOT NULL OR l.case_id IS NULL
                    OR l.kind = '\(LogKind.promiseEscalated.rawValue)' THEN l.facts END,
                CASE WHEN l.kind IN \(LogKind.words(Self.leavingUnsettled)) OR l.case_id IS NULL THEN l.texts END,
                p.kind, p.what, p.promised_by, p.promised_to, p.owner_id, p.due_at,
                c.status, c.owner_id, l.case_id, l.about, l.about_id, \(SummaryColumns.list)
            FROM case_log l
            LEFT JOIN complaint_case c ON c.id = l.case_id
            LEFT JOIN customer u ON u.id = c.customer_id
            LEFT JOIN token t ON t.id = l.token_id
            LEFT JOIN promise p ON p.id = l.promise_id
            \(list.whereClause)
            ORDER BY l.id
            LIMIT \(limit)
            """
        var events: [Event] = []
        try statements.rows(sql, list.values, db) { row in
            events.append(try event(row))
            return true
        }
        return events
    }

    /// The id that nothing recorded at or after an instant comes before.
    ///
    /// What the service was told of stands in the order of its instants, so it is found by halving. Imported history has
    /// instants of its own, but none later than its batch: what was recorded before the instant and stands after such an entry
    /// is imported, too.
    private func firstEvent(recordedSince instant: Instant) throws -> Int64 {
        var first: Int64 = 1
        var end = try lastEventID() + 1
        while first < end {
            let middle = first + (end - first) / 2
            let told = try statements.first(
                Self.toldBetween, db,
                bind: { row in
                    row.add(middle)
                    row.add(end)
                }
            ) { (id: $0.integer(0), at: $0.instant(1)) }
            if let told, told.at < instant { first = told.id + 1 } else { end = middle }
        }
        return first
    }

    private static let toldBetween = SQL(
        """
        SELECT id, recorded_at FROM case_log WHERE id >= ? AND id < ? AND imported = 0 ORDER BY id LIMIT 1
        """)

    private static let lastID = SQL("SELECT max(id) FROM case_log")

    /// The id of the last event; 0 while there is none.
    public func lastEventID() throws -> Int64 {
        try statements.first(Self.lastID, db) { $0.integer(0) } ?? 0
    }

    private static let kindsAfter = SQL("SELECT kind, max(id) FROM case_log WHERE id > ? GROUP BY kind")

    /// The types of the events after the one with that id, and the id of the last.
    public func eventTypes(after id: Int64) throws -> (types: EventTypes, last: Int64) {
        var types: EventTypes = []
        var last = id
        try statements.rows(Self.kindsAfter, db, bind: { $0.add(id) }) { row in
            types.insert(EventTypes((try row.word(0) as LogKind).form.event))
            last = max(last, row.integer(1))
        }
        return (types, last)
    }

    private func event(_ row: Columns) throws -> Event {
        let kind: LogKind = try row.word(2)
        let promise = row.optionalInteger(8)
        let subject = try row.subject(caseID: 19, about: 20)
        let actor = try names.spelling(row.integer(6), db)
        let today: EventCase? =
            subject.caseID == nil
            ? nil
            : EventCase(
                summary: try asOfRecord([SummaryColumns.summary(row, at: 22)])[0], status: try row.word(17),
                owner: try names.spelling(row.optionalInteger(18), db))
        let entry: LogEntry? =
            subject.caseID != nil
            ? nil
            : LogEntry(
                subject: subject, seq: row.integer(1), kind: kind, at: row.instant(3), recordedAt: row.instant(4),
                actor: actor, tokenName: row.optionalText(7), promiseID: nil,
                facts: try FactCoding.decode(row.text(9)),
                texts: try row.optionalText(10).map(FactCoding.decode) ?? [], imported: row.flag(5))
        return Event(
            id: row.integer(0), subject: subject, seq: row.integer(1), kind: kind, at: row.instant(3),
            recordedAt: row.instant(4), imported: row.flag(5), actor: actor, tokenName: row.optionalText(7),
            promiseID: promise, promise: try promise.flatMap { try self.promise($0, leftBy: kind, row) },
            hearer: kind == .promiseEscalated
                ? FactCoding.text("hearer", in: row.text(9)).flatMap(LadderStep.Hearer.init(rawValue:)) : nil,
            standIn: LogKind.machine.contains(kind)
                ? row.optionalText(10).flatMap { FactCoding.text("stand_in", in: $0) } : nil,
            today: today, entry: entry)
    }

    /// Kinds of entries about a promise that is unsettled after them, and that say whose it is then.
    private static let leavingUnsettled: Set<LogKind> = Set(
        LogKind.machine + [.promiseMade, .promiseReassigned, .promiseAccepted, .promiseDeclined])

    /// A promise as an event of it left it; nil when the event is one of its case.
    private func promise(_ id: Int64, leftBy kind: LogKind, _ row: Columns) throws -> EventPromise? {
        let dueAt = row.instant(16)
        let owner: String?
        let state: PromiseState
        switch kind {
        case _ where Self.leavingUnsettled.contains(kind):
            owner = row.optionalText(10).flatMap { FactCoding.text("owner", in: $0) }
            // As `Promise.state(at:)` has it of one that is unsettled.
            state = row.instant(4) <= dueAt ? .open : .overdue
        case .promiseKept, .promiseRenegotiated, .promiseRecovered, .promiseWithdrawn, .promiseVoided,
            .promiseTransferred:
            // What is settled changes hands no more.
            owner = try names.spelling(row.optionalInteger(15), db)
            guard let word = FactCoding.text("state", in: row.text(9)), let settled = PromiseState(rawValue: word)
            else {
                throw StoreError.unreadable("log entry \(row.integer(0)) does not say what became of promise \(id)")
            }
            state = settled
        default: return nil
        }
        return EventPromise(
            id: id, kind: try row.word(11), what: row.text(12), by: try row.word(13), to: try row.word(14),
            owner: owner, dueAt: dueAt, state: state)
    }
}
