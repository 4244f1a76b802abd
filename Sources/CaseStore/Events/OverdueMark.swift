import Complaints
import GRDB

/// How far the log says of unsettled promises that they fell due (`V005`).
struct OverdueMark: Hashable {
    /// Of every promise that was unsettled when the mark came past it, up to this due instant...
    let dueAt: Instant
    /// ...and at this very instant up to this id, the log says so.
    let promiseID: Int64
    /// The stamp before the first change that kept to this.
    let since: Instant

    /// Whether the log says of the promise, if it is unsettled and past its due instant, that it fell due. One that was
    /// past it when it was made was said to be with its making, wherever the mark was.
    func covers(_ promise: Promise) -> Bool {
        if promise.madeAt > promise.dueAt, promise.madeAt > since { return true }
        return (promise.dueAt, promise.id) <= (dueAt, promiseID)
    }
}

extension ReadTransaction {
    private static let markRow = SQL("SELECT due_at, promise_id, since FROM overdue_mark WHERE id = 1")

    func overdueMark() throws -> OverdueMark {
        let mark = try statements.first(Self.markRow, db) { row in
            OverdueMark(dueAt: row.instant(0), promiseID: row.integer(1), since: row.instant(2))
        }
        guard let mark else { throw StoreError.unreadable("the mark of the overdue is missing") }
        return mark
    }

    /// Unsettled promises past the mark `?1`, `?2`, without those (`?3`) that `OverdueMark.covers` wherever it is: for
    /// each kind of parties there is, what is left of the mark's own instant and what is due later. Each is a walk in
    /// the index's own order, and SQLite merges them. (As a row value the mark would be found by its instant only, and
    /// what was said of a hundred thousand that fell due with it walked over again.)
    static func unannounced(_ condition: String = "true") -> String {
        var walks: [String] = []
        for (by, to) in PromiseStateSQL.parties {
            for place in ["due_at = ?1 AND id > ?2", "due_at > ?1"] {
                walks.append(
                    """
                    SELECT due_at, id, case_id, owner_id FROM promise INDEXED BY promise_unsettled
                    WHERE promised_by = '\(by)' AND promised_to = '\(to)' AND recorded_at IS NULL AND \(place)
                        AND \(condition) AND (made_at <= due_at OR made_at <= ?3)
                    """)
            }
        }
        return walks.joined(separator: "\nUNION ALL\n")
    }

    private static let nextUnannouncedRow = SQL(
        """
        \(unannounced())
        ORDER BY due_at, id
        LIMIT 1
        """)

    /// The due instant of the next unsettled promise that the log does not say of that it fell due: it may have come
    /// already. Nil when there is none.
    func nextDue() throws -> Instant? {
        let mark = try overdueMark()
        return try statements.first(Self.nextUnannouncedRow, db) { row in
            row.add(mark.dueAt)
            row.add(mark.promiseID)
            row.add(mark.since)
        } _: {
            $0.instant(0)
        }
    }
}
