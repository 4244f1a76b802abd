import Complaints
import GRDB

extension WriteTransaction {
    private static let moveMark = SQL("UPDATE overdue_mark SET due_at = ?, promise_id = ? WHERE id = 1")

    private static let unannouncedDue = SQL(
        """
        \(ReadTransaction.unannounced("due_at < ?4"))
        ORDER BY due_at, id
        LIMIT ?5
        """)

    /// Promises that have fallen due past the mark, in the order in which they did.
    func fallen(past mark: OverdueMark, limit: Int) throws -> [Fallen] {
        var fallen: [Fallen] = []
        try statements.rows(Self.unannouncedDue, db) { row in
            row.add(mark.dueAt)
            row.add(mark.promiseID)
            row.add(mark.since)
            row.add(now)
            row.add(Int64(limit))
        } _: { row in
            fallen.append(
                Fallen(
                    dueAt: row.instant(0), id: row.integer(1), caseID: row.integer(2),
                    owner: try names.spelling(row.optionalInteger(3), db)))
        }
        return fallen
    }

    /// Moves the mark past the last promise that is said to have fallen due.
    ///
    /// - Parameter isAtEnd: whether no other has by now.
    func moveMark(_ mark: OverdueMark, past last: Fallen?, isAtEnd: Bool) throws {
        let place: (dueAt: Instant, id: Int64)
        if isAtEnd {
            place = (Instant(milliseconds: now.milliseconds - 1), .max)
        } else if let last {
            place = (last.dueAt, last.id)
        } else {
            return
        }
        guard place > (mark.dueAt, mark.promiseID) else { return }
        try statements.run(Self.moveMark, db) { row in
            row.add(place.dueAt)
            row.add(place.id)
        }
    }

    /// Writes the entry for those of the promises that have fallen due and whose turn has not come yet: they are being
    /// settled, and will not be found any more.
    func announceOverdue(_ promises: [Promise]) throws {
        let fallen = promises.filter { $0.dueAt < now }
        guard !fallen.isEmpty else { return }
        let mark = try record.overdueMark()
        for promise in fallen where !mark.covers(promise) { try write(Fallen(promise)) }
    }

    /// Sees to it that promises just made are said to fall due when they do. Those that the mark covers, as they were
    /// past it when they were made or came in from another system, would not be found, so the entry is written here; but for
    /// those that go on from a duplicate, of whom its log says so.
    func watch(_ promises: ArraySlice<Promise>) throws {
        for promise in promises where promise.isUnsettled {
            if promise.dueAt < now, promise.origin != nil { continue }
            if promise.dueAt < now, try record.overdueMark().covers(promise) {
                try write(Fallen(promise))
            } else {
                wake(at: promise.dueAt)
            }
        }
    }

    /// How many promises of a case were broken, and whether any goes on from a duplicate, of which some may have been.
    private static let brokenInCase = SQL(
        """
        SELECT count(*), EXISTS (SELECT 1 FROM promise t INDEXED BY promise_by_case
            WHERE t.case_id = ?1 AND t.transferred_from IS NOT NULL)
        FROM promise p INDEXED BY promise_by_case
        WHERE p.case_id = ?1 AND p.promised_by = 'desk' AND p.promised_to = 'customer' AND p.voided_at IS NULL
            AND p.transferred_at IS NULL
            AND (coalesce(p.recorded_at, ?2) > p.due_at AND NOT \(PromiseStateSQL.keptBeforeMade) OR p.release NOT IN \(PromiseStateSQL.releases)
                OR p.upheld_at IS NOT NULL)
        """)

    /// Asks supervisors to join where the policy wants one, now that these promises are broken (T13). Cases that can't
    /// have come to it are not read.
    func escalate(casesOf fallen: [Fallen]) throws {
        guard let least = try record.policyRules().active.map(\.escalateAfter).min() else { return }
        for id in Set(fallen.map(\.caseID)).sorted() {
            let broken = try statements.first(
                Self.brokenInCase, db,
                bind: { row in
                    row.add(id)
                    row.add(now)
                }
            ) { (here: $0.integer(0), goesOn: $0.flag(1)) }
            guard let broken, broken.here >= least || broken.goesOn, let file = try record.caseFile(id) else {
                continue
            }
            var change = CaseChange(of: file, nextPromiseID: try nextPromiseID)
            change.escalateIfBroken(under: try record.policy(for: file.record), at: now)
            _ = try save(change, by: .policy)
        }
    }

    func write(_ promise: Fallen) throws {
        try write(
            .clock(
                .promiseOverdue, at: promise.dueAt, ofPromise: promise.id, dueAt: promise.dueAt, owner: promise.owner,
                standIn: try standIn(for: promise.owner, dueAt: promise.dueAt)),
            ofCase: promise.caseID)
    }
}

/// A promise that is past its due instant.
struct Fallen {
    let dueAt: Instant
    let id: Int64
    let caseID: Int64
    let owner: String?

    init(dueAt: Instant, id: Int64, caseID: Int64, owner: String?) {
        self.dueAt = dueAt
        self.id = id
        self.caseID = caseID
        self.owner = owner
    }

    fileprivate init(_ promise: Promise) {
        self.init(dueAt: promise.dueAt, id: promise.id, caseID: promise.caseID, owner: promise.owner)
    }
}
