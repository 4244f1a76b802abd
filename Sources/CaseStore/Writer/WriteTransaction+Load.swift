import Complaints
import GRDB

/// What an owner carries, and what became of what they carried (T4).
extension WriteTransaction {
    private static let countSettled = SQL(
        """
        INSERT INTO owner_record (owner_id, kept, kept_late, broken, backdated, instant) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (owner_id) DO UPDATE SET kept = kept + ?2, kept_late = kept_late + ?3, broken = broken + ?4,
            backdated = backdated + ?5, instant = instant + ?6
        """)

    /// Counts what has just become of promises on the records of those for whom they count (whoever was accountable at the
    /// due instant, or as it was settled if that came first): of those that were settled, and of those that were found not
    /// to have been kept, which are no longer what they were counted as. What goes on with a miss that is counted is not counted
    /// once more.
    ///
    /// - Parameter promises: all of a case.
    func count(_ promises: [Promise], before: CaseFile?) throws {
        for promise in promises where promise.isToCustomer && !promises.hasCountedMiss(before: promise) {
            let new = KeptRecord(of: promise)
            let old = KeptRecord(of: before?.promise(promise.id))
            guard new != old, let settledAt = promise.settlement?.recordedAt else { continue }
            let changes = settledAt > promise.dueAt ? try record.ownerChanges(ofPromises: [promise.id]) : [:]
            let accountable = promise.accountable(
                at: min(promise.dueAt, settledAt), ownerChanges: changes[promise.id] ?? [])
            guard let owner = try id(accountable, .owner) else { continue }
            ownerCounts.forget()
            try statements.run(Self.countSettled, db) { row in
                row.add(owner)
                row.add(Int64(new.kept - old.kept))
                row.add(Int64(new.keptLate - old.keptLate))
                row.add(Int64(new.broken - old.broken))
                row.add(Int64(new.backdated - old.backdated))
                row.add(Int64(new.instant - old.instant))
            }
        }
    }

    /// What whoever made promises of a case, or gave them to somebody, is told with them, by promise.
    func advice(
        on promises: some Collection<Promise>, of file: CaseFile, newNames: [NewName]
    ) throws -> [Int64: PromiseAdvice] {
        guard advises, !promises.isEmpty else { return [:] }
        let rules = try record.policy(for: file.record)
        let policy = try withCalendar(
            rules, ofTeam: file.record.fields.team, from: rules.usesBusinessTime ? now : nil)
        var advice: [Int64: PromiseAdvice] = [:]
        // Nobody has promised anew what goes on from a duplicate.
        for promise in promises where promise.origin == nil {
            let load = promise.isToCustomer ? try load(of: promise.owner, onDayOf: promise.dueAt, under: policy) : nil
            advice[promise.id] = file.advice(
                on: promise, load: load, absence: try absence(for: promise), under: policy,
                regime: try regime(of: promise, in: file), newNames: newNames, at: now)
        }
        return advice
    }
}

extension WriteTransaction {
    private static let ownerRecord = SQL(
        "SELECT kept, kept_late, broken, backdated, instant FROM owner_record WHERE owner_id = ?")
    private static let dueBetween = SQL(
        """
        SELECT count(*) FROM (SELECT 1 FROM promise p INDEXED BY promise_unsettled_by_owner
            WHERE p.owner_id = ? AND p.due_at >= ? AND p.due_at < ? AND p.recorded_at IS NULL
                AND p.promised_by = 'desk' AND p.promised_to = 'customer'
            LIMIT ?)
        """)

    private static let repeatedMisses = SQL(
        """
        SELECT count(*) FROM (SELECT p.* FROM promise p INDEXED BY promise_unsettled_by_owner
            WHERE p.owner_id = ? AND p.due_at < ? AND p.recorded_at IS NULL
                AND p.promised_by = 'desk' AND p.promised_to = 'customer'
            ORDER BY p.due_at LIMIT ?) p
        WHERE \(PromiseStateSQL.goesOnWithMiss(isCounted: true))
        """)

    /// What somebody carries now, and on the day of `due` where they are; nil for nobody.
    func load(of owner: String?, onDayOf due: Instant, under policy: Policy) throws -> OwnerLoad? {
        guard let owner else { return nil }
        let day = try owners.day(ofDue: due, for: FoldedName(owner), record)
        let countedTo = OwnerLoad.countedTo(under: policy)
        let spellings = try names.alike(owner, .owner, db)
        guard let first = spellings.first else { return nil }
        let kept = try ownerCounts.record(of: first) { try keptRecord(of: spellings) }
        let dueThatDay = try ownerCounts.due(of: first, on: day, upTo: countedTo) {
            let count = try spellings.reduce(0) {
                try $0 + promises(of: $1, from: day.start.firstDueOfDay, to: day.end.firstDueOfDay, upTo: countedTo)
            }
            return min(count, countedTo)
        }
        return OwnerLoad(owner: owner, day: day, dueThatDay: dueThatDay, record: kept)
    }

    /// A new promise is in the database.
    func countLoad(of promise: Promise) throws {
        guard !ownerCounts.isEmpty, promise.isUnsettled, promise.isToCustomer, let owner = promise.owner,
            let first = try names.alike(owner, .owner, db).first
        else { return }
        // It may go on with a miss.
        guard promise.clock == nil || promise.madeAt <= promise.dueAt else { return ownerCounts.forget() }
        ownerCounts.add(
            first, dueAt: promise.dueAt, on: try owners.day(ofDue: promise.dueAt, for: FoldedName(owner), record),
            now: now
        )
    }

    private func keptRecord(of spellings: [Int64]) throws -> KeptRecord {
        var record = KeptRecord()
        for id in spellings {
            let overdue = try promises(of: id, from: .earliest, to: now, upTo: OwnerLoad.mostOverdue)
            record.overdue += overdue
            if overdue > 0 { record.repeated += try repeatedMisses(of: id) }
            try statements.rows(Self.ownerRecord, db, bind: { $0.add(id) }) { row in
                record.kept += Int(row.integer(0))
                record.keptLate += Int(row.integer(1))
                record.broken += Int(row.integer(2))
                record.backdated += Int(row.integer(3))
                record.instant += Int(row.integer(4))
            }
        }
        return record
    }

    private func repeatedMisses(of owner: Int64) throws -> Int {
        try statements.first(
            Self.repeatedMisses, db,
            bind: { row in
                row.add(owner)
                row.add(now)
                row.add(Int64(OwnerLoad.mostOverdue))
            }
        ) { Int($0.integer(0)) } ?? 0
    }

    private func promises(of owner: Int64, from start: Instant, to end: Instant, upTo limit: Int) throws -> Int {
        try statements.first(
            Self.dueBetween, db,
            bind: { row in
                row.add(owner)
                row.add(start)
                row.add(end)
                row.add(Int64(limit))
            }
        ) { Int($0.integer(0)) } ?? 0
    }
}
