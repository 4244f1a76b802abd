import Complaints
import GRDB

/// A case whose customer is to hear something.
struct UnheardCase {
    let id: Int64
    /// By when they were to.
    let dueAt: Instant
}

extension ReadTransaction {
    private static let sweepRow = SQL("SELECT after_case FROM cadence_sweep WHERE id = 1")

    /// Up to which case it is known by the policies of today when the clock is to say that an update is due; nil: of all.
    func cadenceSweep() throws -> Int64? {
        let row = try statements.first(Self.sweepRow, db) { (after: $0.optionalInteger(0), isThere: true) }
        guard let row else { throw StoreError.unreadable("what is known of updates is missing") }
        return row.after
    }

    private static let nextUpdateRow = SQL(
        """
        SELECT update_due_at FROM complaint_case INDEXED BY complaint_case_by_update_due
        WHERE update_due_at IS NOT NULL
        ORDER BY update_due_at LIMIT 1
        """)

    /// When the clock has next to say that an update is due, or to find out of which cases; nil when there is nothing.
    func nextUpdateDue() throws -> Instant? {
        if try cadenceSweep() != nil { return .earliest }
        return try statements.first(Self.nextUpdateRow, db) { $0.instant(0) }
    }

    private static let unheardRows = SQL(
        """
        SELECT id, update_due_at FROM complaint_case INDEXED BY complaint_case_by_update_due
        WHERE update_due_at IS NOT NULL AND update_due_at < ?
        ORDER BY update_due_at, id
        LIMIT ?
        """)

    /// The cases whose customers were to hear something before an instant, and of which the clock has not said so.
    func unheard(before now: Instant, limit: Int) throws -> [UnheardCase] {
        var cases: [UnheardCase] = []
        try statements.rows(
            Self.unheardRows, db,
            bind: { row in
                row.add(now)
                row.add(Int64(limit))
            }
        ) { cases.append(UnheardCase(id: $0.integer(0), dueAt: $0.instant(1))) }
        return cases
    }

    private static let isWaitingForUpdate = SQL(
        """
        SELECT EXISTS (SELECT 1 FROM matter
            WHERE case_id = ? AND kind = '\(Matter.Kind.update.rawValue)' AND settled_at IS NULL)
        """)

    /// When the clock is to say of a case that an update is due: `CaseFile.updatePlannedAt`, for one of which no more is known.
    func plannedUpdate(of record: Case) throws -> Instant? {
        guard let due = record.updateDueAt(every: try policy(for: record).updateEvery) else { return nil }
        let isWaiting = try statements.first(Self.isWaitingForUpdate, db, bind: { $0.add(record.id) }) { $0.flag(0) }
        return isWaiting == true ? nil : due
    }

    /// When the customer of `complaint_case c` had last heard something at `:now`, as far as a condition asks whether that was after
    /// `:unheard_since`: what they have heard since only makes it later.
    var heardAtSQL: String {
        guard isHistorical else { return "c.heard_at" }
        return """
            CASE WHEN c.heard_at > :unheard_since
                THEN \(HeardSQL.last(ofCase: "c.id", received: "c.received_at", "l.recorded_at <= :now")) ELSE c.heard_at END
            """
    }

    private static let heardThen = SQL(
        "SELECT \(HeardSQL.last(ofCase: "?1", received: "?2", "l.recorded_at <= ?3"))")

    /// When the customer of a case had last heard something at the record's instant.
    func heardThen(_ record: Case) throws -> Instant? {
        guard isHistorical, record.heardAt != nil else { return record.heardAt }
        return try statements.first(
            Self.heardThen, db,
            bind: { row in
                row.add(record.id)
                row.add(record.receivedAt)
                row.add(asOf)
            }
        ) { $0.optionalInstant(0) } ?? nil
    }
}
