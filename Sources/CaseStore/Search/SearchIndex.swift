import GRDB

/// The full-text index, as the writer sees it. It follows the log at a small distance: what was written since is looked
/// through by `SearchTail`, so that an answer never lacks it. What it does not know is only added to, never changed: who
/// changes a text has it taken in at once.
struct SearchIndex {
    let db: Database
    let statements: StatementCache

    /// How many entries of the log it may be behind before it is worth an update. Many at once are cheap, so many that each
    /// takes half of what it takes among a quarter as many; but changes wait for it, and a search looks through the rest.
    static let distance: Int64 = 2048

    /// The same for the bytes of their texts: each connection that searches holds what the index does not know in memory,
    /// with its words some two to three times as long.
    static let byteDistance = 4 << 20

    /// So many bytes it is never behind: past it a batch brings the index up to date itself, before it is committed.
    static let longestByteDistance = 16 << 20

    /// Brings it up to date, or nearer to it by that many log entries and that many customers.
    func catchUp(limit: Int64? = nil) throws {
        let (known, all) = try SearchProgress.readOfAll(db, statements)
        let goal =
            limit.map {
                SearchProgress(
                    logID: min(all.logID, known.logID + $0), customerID: min(all.customerID, known.customerID + $0))
            } ?? all
        guard goal != known else { return }
        for first in stride(from: known.logID, to: goal.logID, by: Int(Self.distance)) {
            try write(SearchTexts.addCase, entriesAfter: first, through: min(first + Self.distance, goal.logID))
        }
        try run(Self.addCustomers, known.customerID, goal.customerID)
        try statements.run(Self.setProgress, db) { row in
            row.add(goal.logID)
            row.add(goal.customerID)
        }
    }

    /// Puts the words of openings and log entries in, or takes them out.
    private func write(_ sql: SQL, entriesAfter after: Int64, through: Int64) throws {
        let texts = try SearchTexts.texts(entriesAfter: after, through: through, db, statements)
        try SearchTexts.run(sql, with: texts, db, statements)
    }

    /// Changes the subject of a case.
    func changing(caseID: Int64, _ change: () throws -> Void) throws {
        let opening = try statements.first(Self.opening, db, bind: { $0.add(caseID) }) { $0.integer(0) }
        try changing(entries: opening.map { [$0] } ?? [], change)
    }

    /// Changes what log entries, or the cases they opened, say. The index keeps no texts: those it knows have to be said to
    /// be taken out.
    private func changing(entries: [Int64], _ change: () throws -> Void) throws {
        let progress = try SearchProgress.read(db, statements).logID
        let known = entries.filter { $0 <= progress }
        for id in known { try write(Self.removeText, entriesAfter: id - 1, through: id) }
        try change()
        for id in known { try write(SearchTexts.addCase, entriesAfter: id - 1, through: id) }
        if known.count < entries.count { try catchUp() }
    }

    /// Changes a customer.
    func changing(customerID: Int64, _ change: () throws -> Void) throws {
        guard customerID <= (try SearchProgress.read(db, statements).customerID) else {
            try change()
            return try catchUp()
        }
        try run(Self.removeCustomers, customerID - 1, customerID)
        try change()
        try run(Self.addCustomers, customerID - 1, customerID)
    }

    /// Erases a customer, and those entries of the log, which are all of theirs. The index takes out what it knows by
    /// writing down that it is gone: the words themselves go with `purge`.
    func erasing(entries: [Int64], customerID: Int64, _ change: () throws -> Void) throws {
        try changing(entries: entries) { try changing(customerID: customerID, change) }
        try statements.run(Self.setPurge, db) { $0.add(PurgeStep.first.rawValue) }
    }

    /// What is to be done so that nothing is left of words that were taken out: they stand in the older parts of the
    /// index until these are merged into one (https://www.sqlite.org/fts5.html#the_merge_command).
    private enum PurgeStep: Int64 {
        case none, first, next
    }

    /// Does a bounded part of it, and returns whether there is more. For an index in which nothing was erased since it
    /// was last done, there is nothing to do.
    ///
    /// - Parameter pages: how many leaves of the index are written; each has some 4 KB.
    func purge(pages: Int64) throws -> Bool {
        let step = try statements.first(Self.purgeStep, db) { PurgeStep(rawValue: $0.integer(0)) } ?? PurgeStep.none
        guard let step, step != .none else { return false }
        var isDone = true
        for merge in [Self.mergeCases, Self.mergeCustomers] {
            let before = db.totalChangesCount
            // The first one, by a negative number, takes in all parts that there are.
            try statements.run(merge, db) { $0.add(step == .first ? -pages : pages) }
            // One change is the command itself.
            if db.totalChangesCount - before > 1 { isDone = false }
        }
        try statements.run(Self.setPurge, db) { $0.add((isDone ? PurgeStep.none : .next).rawValue) }
        return !isDone
    }

    /// How many entries it does not know of a log whose last one has that id.
    func entriesBehind(_ lastID: Int64) throws -> Int64 {
        try lastID - SearchProgress.read(db, statements).logID
    }

    /// How many bytes the texts have that it does not know of a log whose last entry has that id. Texts that are not
    /// searched are among them.
    func bytesBehind(_ lastID: Int64) throws -> Int {
        let known = try SearchProgress.read(db, statements).logID
        return try statements.first(Self.bytesBetween, db) { row in
            row.add(known)
            row.add(lastID)
        } _: {
            Int($0.integer(0))
        } ?? 0
    }

    private func run(_ sql: SQL, _ after: Int64, _ through: Int64) throws {
        try statements.run(sql, db) { row in
            row.add(after)
            row.add(through)
        }
    }

    private static let bytesBetween = SQL(
        """
        SELECT coalesce(sum(length(CAST(coalesce(l.texts, '') AS BLOB))
            + CASE WHEN l.seq = 1 THEN length(CAST(c.complaint AS BLOB)) ELSE 0 END), 0)
        FROM case_log l CROSS JOIN complaint_case c ON c.id = l.case_id
        WHERE l.id > ?1 AND l.id <= ?2
        """)
    private static let opening = SQL("SELECT id FROM case_log WHERE case_id = ? AND seq = 1")
    private static let setProgress = SQL("UPDATE search_progress SET log_id = ?, customer_id = ? WHERE id = 1")
    private static let addCustomers = SQL("INSERT INTO customer_text (rowid, body) \(SearchTexts.customers)")
    private static let removeText = SQL("INSERT INTO case_text (case_text, rowid, body) VALUES ('delete', ?, ?)")
    private static let setPurge = SQL("UPDATE search_progress SET purge = ? WHERE id = 1")
    private static let purgeStep = SQL("SELECT purge FROM search_progress WHERE id = 1")
    private static let mergeCases = SQL("INSERT INTO case_text (case_text, rank) VALUES ('merge', ?)")
    private static let mergeCustomers = SQL("INSERT INTO customer_text (customer_text, rank) VALUES ('merge', ?)")
    private static let removeCustomers = SQL(
        "INSERT INTO customer_text (customer_text, rowid, body) SELECT 'delete', id, body FROM (\(SearchTexts.customers))"
    )
}
