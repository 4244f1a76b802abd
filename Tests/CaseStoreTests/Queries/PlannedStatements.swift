import Complaints
import GRDB
import Glibc

@testable import CaseStore

/// A reader's connection whose statements are noted down, to be explained.
final class PlannedStatements {
    /// A statement and SQLite's plan for it, one line a step.
    struct Planned {
        let sql: String
        let steps: [String]

        /// The steps that go through a table from one end to the other; not through what a subquery has found, or one chain.
        var scans: [String] {
            steps.filter { step in
                step.hasPrefix("SCAN")
                    && !["SCAN (subquery", "SCAN w", "SCAN CONSTANT ROW", "SCAN h"].contains(where: step.hasPrefix)
            }
        }
        /// Whether it sorts what it has found; not what one page or one instant has.
        var sorts: Bool { steps.contains("USE TEMP B-TREE FOR ORDER BY") }

        /// The indexes by which the table of that name is found.
        func indexes(of alias: String) -> [String] {
            steps.compactMap { step in
                let words = step.split(separator: " ")
                guard words.count > 2, words[1] == alias else { return nil }
                if let place = words.firstIndex(of: "INDEX") { return String(words[place + 1]) }
                return words[2...].joined(separator: " ")
            }
        }
    }

    private let desk: Desk
    private let connection: DatabaseQueue
    /// Each statement that was seen, with its plan if it is a list.
    private var seen: [String: Planned?] = [:]

    /// On a desk's database, with some history in it, and what `more` does on it.
    init(_ more: (Desk) throws -> Void = { _ in }) throws {
        desk = try Desk()
        var history = RandomHistory(desk, seed: 5)
        for _ in 0..<20 { try history.work() }
        try more(desk)
        try desk.catchUpSearch()
        connection = try SQLiteConnection.open(path: desk.store.path, readonly: true, options: StoreOptions())
    }

    /// The plans of the lists that `body` reads, as of now or as of a minute ago. The looking up of names, of what belongs
    /// to a page's own ids, which are bound as one list, of policies, and of what has been edited since are no lists.
    func of(past: Bool = false, _ body: (ReadTransaction) throws -> Void) throws -> [Planned] {
        try connection.inDatabase { db in
            var statements: [String] = []
            db.trace { event in
                if case .statement(let statement) = event { statements.append(statement.sql) }
            }
            let committed = try ClockRow.stamp(db, StatementCache())
            let asOf = past ? Instant(milliseconds: committed.milliseconds - 60_000) : committed
            try body(
                ReadTransaction(
                    db, names: NameBook(), statements: StatementCache(), asOf: asOf, committed: committed))
            db.trace(options: [])
            return try statements.compactMap { try planned($0, db) }
        }
    }

    /// A statement with its plan, unless it is no list.
    private func planned(_ sql: String, _ db: Database) throws -> Planned? {
        if let known = seen[sql] { return known }
        let planned = isList(sql) ? Planned(sql: sql, steps: try plan(sql, db)) : nil
        seen[sql] = .some(planned)
        return planned
    }

    private func isList(_ sql: String) -> Bool {
        let others = [
            "FROM clock", "SELECT spelling", "FROM search_progress", "> ?1 AND", "json_each", "sqlite_schema",
            "sqlite_master", "'main'.", "EXISTS (SELECT 1 FROM customer INDEXED BY customer_merged",
            "FROM policy y", "FROM customer u WHERE u.id = ? AND", "EXISTS (SELECT 1 FROM field_change",
            "SELECT DISTINCT f.about_id",
        ]
        // By C's search, as there are tens of thousands of statements.
        return sql.withCString { text in
            func has(_ words: String) -> Bool { strstr(text, words) != nil }
            // Several customers who are one are bound as one list, too, and so is what a policy's rule takes.
            let hasLists = ["json_each(:customer_id)", "json_each(:policy_"].contains(where: has)
            return sql.hasPrefix("SELECT") && !others.contains { has($0) && !(hasLists && $0 == "json_each") }
        }
    }

    private func plan(_ sql: String, _ db: Database) throws -> [String] {
        // Values are not bound: a plan must not depend on them.
        let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        statement.setUncheckedArguments([])
        return try Row.fetchAll(statement).map { $0["detail"] as String }
    }
}
