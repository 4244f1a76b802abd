import Complaints
import GRDB

// How texts are found
//
// `SearchWords` makes words of texts, and FTS5 keeps which words are in which text, and no texts: two tables, `case_text` and
// `customer_text`, that tell words apart by space alone. What they know is told by `search_progress`. They follow the log at
// a small distance, as many entries at once cost a fraction of what they cost one by one; what was written since is looked
// through by `SearchTail`, in memory, so that an answer never lacks it.
//
// What was written stays as it is: a complaint, an entry of the log. What can be edited has a row for what it is and one for
// each text that it was, with the instants from which and until which (`former_text`).
//
// A word is taken out of an index without texts by being said to it again. So all that is in it must have been made by the
// same rules: `search_progress.words` says which, and under others it is made anew, from the newest to the oldest, a part
// at a time, while searches find what it knows already and say that it is not all.

/// The full-text index, as the writer sees it. What it does not know is only added to, never changed: who changes a text has
/// it taken in at once.
struct SearchIndex {
    let db: Database
    let statements: StatementCache
    private let texts: SearchTexts

    /// How many entries of the log it may be behind before it is worth an update. Many at once are cheap, so many that each
    /// takes half of what it takes among a quarter as many; but changes wait for it, and a search looks through the rest.
    static let distance: Int64 = 2048

    /// The same for the bytes of their texts: each connection that searches holds what the index does not know in memory,
    /// with its words some two to three times as long.
    static let byteDistance = 4 << 20

    /// So many bytes it is never behind: past it a batch brings the index up to date itself, before it is committed.
    static let longestByteDistance = 16 << 20

    init(_ db: Database, _ statements: StatementCache, _ names: NameBook) {
        self.db = db
        self.statements = statements
        texts = SearchTexts(db, statements, names)
    }

    private var formerCases: FormerTexts<CaseFields> { FormerTexts(of: CaseFields.self, texts) }
    private var formerCustomers: FormerTexts<CustomerFields> { FormerTexts(of: CustomerFields.self, texts) }

    /// Brings it up to date, or nearer to it by that many log entries and that many customers.
    func catchUp(limit: Int64? = nil) throws {
        let (state, all) = try SearchState.readOfAll(db, statements)
        let known = state.known
        let goal =
            limit.map {
                SearchProgress(
                    logID: min(all.logID, known.logID + $0), customerID: min(all.customerID, known.customerID + $0))
            } ?? all
        guard goal != known else { return }
        try add(after: known, through: goal)
        try statements.run(Self.setKnown, db) { row in
            row.add(goal.logID)
            row.add(goal.customerID)
        }
    }

    /// Adds what it was not told before of that part of the record.
    private func add(after: SearchProgress, through: SearchProgress) throws {
        for first in stride(from: after.logID, to: through.logID, by: Int(Self.distance)) {
            try add(entriesAfter: first, through: min(first + Self.distance, through.logID))
        }
        for row in try texts.customers(after: after.customerID, through: through.customerID) {
            try run(CustomerFields.statements.add, CustomerFields.statements, row)
        }
        for id in try ids(Self.editedCustomers, after.customerID, through.customerID) {
            try formerCustomers.add(of: id)
        }
    }

    private func add(entriesAfter after: Int64, through: Int64) throws {
        let (rows, opened) = try texts.rows(entriesAfter: after, through: through)
        for row in rows { try run(CaseFields.statements.add, CaseFields.statements, row) }
        for id in try editedCases(opened, after, through) { try formerCases.add(of: id) }
    }

    /// Those of the cases that these entries opened that have been edited. A walk through what has been edited of their ids:
    /// mostly there is nothing.
    private func editedCases(_ opened: ClosedRange<Int64>?, _ after: Int64, _ through: Int64) throws -> [Int64] {
        guard let opened else { return [] }
        return try ids(Self.edited, opened.lowerBound, opened.upperBound).filter { id in
            let opening = try statements.first(Self.opening, db, bind: { $0.add(id) }) { $0.integer(0) }
            return opening.map { $0 > after && $0 <= through } ?? false
        }
    }

    private func remove(entriesAfter after: Int64, through: Int64) throws {
        let (rows, opened) = try texts.rows(entriesAfter: after, through: through)
        for id in try editedCases(opened, after, through) { try formerCases.remove(of: id) }
        for row in rows { try run(CaseFields.statements.remove, CaseFields.statements, row) }
    }

    private func run(_ sql: SQL, _ statements: SearchStatements, _ row: SearchRow) throws {
        try self.statements.run(sql, db) { statements.bind(row, to: &$0) }
    }

    private func ids(_ sql: SQL, _ after: Int64, _ through: Int64) throws -> [Int64] {
        var ids: [Int64] = []
        try statements.rows(sql, db) { row in
            row.add(after)
            row.add(through)
        } _: {
            ids.append($0.integer(0))
        }
        return ids
    }

    /// Edits a case; the history of its fields is kept by the change, too.
    func changing(caseID: Int64, _ change: () throws -> Void) throws {
        let state = try SearchState.read(db, statements)
        let opening = try statements.first(Self.opening, db, bind: { $0.add(caseID) }) { $0.integer(0) }
        guard let opening, state.knows(entry: opening), let before = try texts.fields(ofCase: caseID) else {
            try change()
            if let opening, opening > state.known.logID { try catchUp() }
            return
        }
        try change()
        guard let after = try texts.fields(ofCase: caseID) else { return }
        try run(CaseFields.statements.remove, CaseFields.statements, before)
        try run(CaseFields.statements.add, CaseFields.statements, after)
        try formerCases.add(of: caseID)
    }

    /// Edits a customer; the history of their fields is kept by the change, too.
    func changing(customerID: Int64, _ change: () throws -> Void) throws {
        let state = try SearchState.read(db, statements)
        guard state.knows(customer: customerID) else {
            try change()
            if customerID > state.known.customerID { try catchUp() }
            return
        }
        for row in try texts.customers(after: customerID - 1, through: customerID) {
            try run(CustomerFields.statements.remove, CustomerFields.statements, row)
        }
        try change()
        for row in try texts.customers(after: customerID - 1, through: customerID) {
            try run(CustomerFields.statements.add, CustomerFields.statements, row)
        }
        try formerCustomers.add(of: customerID)
    }

    /// Erases a customer, those entries of the log, which are all of theirs, and the history of both. The index takes out
    /// what it knows by writing down that it is gone: the words themselves go with `purge`.
    func erasing(entries: [Int64], customerID: Int64, _ change: () throws -> Void) throws {
        let state = try SearchState.read(db, statements)
        let entries = entries.sorted()
        let known = entries.filter(state.knows(entry:))
        let isCustomerKnown = state.knows(customer: customerID)
        for id in known { try remove(entriesAfter: id - 1, through: id) }
        if isCustomerKnown {
            try formerCustomers.remove(of: customerID)
            for row in try texts.customers(after: customerID - 1, through: customerID) {
                try run(CustomerFields.statements.remove, CustomerFields.statements, row)
            }
        }
        try change()
        for id in known { try add(entriesAfter: id - 1, through: id) }
        if isCustomerKnown {
            try add(
                after: SearchProgress(logID: 0, customerID: customerID - 1),
                through: SearchProgress(logID: 0, customerID: customerID))
        }
        if entries.contains(where: { $0 > state.known.logID }) || customerID > state.known.customerID { try catchUp() }
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
        for merge in [CaseFields.statements.merge, CustomerFields.statements.merge] {
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
        try lastID - SearchState.read(db, statements).known.logID
    }

    /// How many bytes the texts have that it does not know of a log whose last entry has that id. Texts that are not
    /// searched are among them.
    func bytesBehind(_ lastID: Int64) throws -> Int {
        let known = try SearchState.read(db, statements).known.logID
        return try statements.first(Self.bytesBetween, db) { row in
            row.add(known)
            row.add(lastID)
        } _: {
            Int($0.integer(0))
        } ?? 0
    }

    private static let bytesBetween = SQL(
        """
        SELECT coalesce(sum(length(CAST(coalesce(l.texts, '') AS BLOB))
            + CASE WHEN l.seq = 1 THEN length(CAST(c.complaint AS BLOB)) ELSE 0 END), 0)
        FROM case_log l CROSS JOIN complaint_case c ON c.id = l.case_id
        WHERE l.id > ?1 AND l.id <= ?2
        """)
    private static let opening = SQL("SELECT id FROM case_log WHERE case_id = ? AND seq = 1")
    private static let setKnown = SQL("UPDATE search_progress SET log_id = ?, customer_id = ? WHERE id = 1")
    private static let setPurge = SQL("UPDATE search_progress SET purge = ? WHERE id = 1")
    private static let purgeStep = SQL("SELECT purge FROM search_progress WHERE id = 1")
    private static let edited = SQL(
        "SELECT DISTINCT about_id FROM field_change WHERE about = 'case' AND about_id >= ? AND about_id <= ?")
    private static let editedCustomers = SQL(
        "SELECT DISTINCT about_id FROM field_change WHERE about = 'customer' AND about_id > ? AND about_id <= ?")
}

// MARK: - Made anew
extension SearchIndex {
    /// Empties an index whose words were made by other rules, so that it is made anew by these. One that is soon made is
    /// made at once. Returns whether some of it has yet to be made.
    static func adopt(_ db: Database) throws -> Bool {
        let statements = StatementCache()
        let index = SearchIndex(db, statements, NameBook(statements))
        if try !index.isOurs {
            try db.inTransaction(.immediate) {
                try index.adopt()
                return .commit
            }
        }
        return try SearchState.read(db, statements).isIncomplete
    }

    private var isOurs: Bool {
        get throws { try statements.first(Self.words, db) { $0.integer(0) } == SearchWords.version }
    }

    /// The same, within a transaction.
    func adopt() throws {
        guard try !isOurs else { return }
        for sql in [CaseFields.statements, CustomerFields.statements] {
            try statements.run(sql.removeAll, db)
            try statements.run(sql.removeAllFormers, db)
        }
        try statements.run(Self.forget, db) { $0.add(SearchWords.version) }
        let state = try SearchState.read(db, statements)
        if max(state.missing.logID, state.missing.customerID) <= Self.distance { _ = try rebuild(limit: Self.distance) }
    }

    /// Makes the next part anew, of so many entries and customers at most, from the newest on. Returns whether there is more.
    func rebuild(limit: Int64) throws -> Bool {
        let missing = try SearchState.read(db, statements).missing
        guard missing != .start else { return false }
        let rest = SearchProgress(
            logID: max(0, missing.logID - limit), customerID: max(0, missing.customerID - limit))
        try add(after: rest, through: missing)
        try statements.run(Self.setMissing, db) { row in
            row.add(rest.logID)
            row.add(rest.customerID)
        }
        return rest != .start
    }

    private static let words = SQL("SELECT words FROM search_progress WHERE id = 1")
    private static let forget = SQL(
        """
        UPDATE search_progress SET words = ?, missing_log_id = log_id, missing_customer_id = customer_id, purge = 0
        WHERE id = 1
        """)
    private static let setMissing = SQL(
        "UPDATE search_progress SET missing_log_id = ?, missing_customer_id = ? WHERE id = 1")
}
