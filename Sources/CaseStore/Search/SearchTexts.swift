import Complaints
import GRDB

/// What is searched: the id of a row of the index, and its words. Each takes two values: those after the first, up to
/// the second.
enum SearchTexts {
    /// The words of a log entry with those texts; nil when it has none that are searched. SQLite's own functions for JSON
    /// take as long for it as the index does for the words.
    static func body(ofEntry texts: String) -> String? {
        let texts = FactCoding.texts(LogKind.searchedTexts, in: texts)
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    /// What is searched of these log entries and of the cases they opened, by ascending ids: for each that is lower than
    /// the one before it, FTS5 would write all that it holds in memory to the database, as a part of its own that is to be
    /// merged with others later.
    static func texts(
        entriesAfter after: Int64, through: Int64, _ db: Database, _ statements: StatementCache
    ) throws -> [(id: Int64, body: String)] {
        var texts: [(id: Int64, body: String)] = []
        let range = { (row: inout Bindings) in
            row.add(after)
            row.add(through)
        }
        try statements.rows(openings, db, bind: range) { texts.append(($0.integer(0), $0.text(1))) }
        try statements.rows(entries, db, bind: range) { row in
            guard let body = body(ofEntry: row.text(1)) else { return }
            texts.append((row.integer(0), body))
        }
        return texts.sorted { $0.id < $1.id }
    }

    /// Runs a statement with the id and the words of each.
    static func run(
        _ sql: SQL, with texts: [(id: Int64, body: String)], _ db: Database, _ statements: StatementCache
    ) throws {
        for text in texts {
            try statements.run(sql, db) { row in
                row.add(text.id)
                row.add(text.body)
            }
        }
    }

    static let addCase = SQL("INSERT INTO case_text (rowid, body) VALUES (?, ?)")

    /// The subject and the complaint of the cases that were opened by these log entries.
    private static let openings = SQL(
        """
        SELECT c.id << 20 AS id, coalesce(c.subject || char(10), '') || c.complaint AS body
        FROM case_log l CROSS JOIN complaint_case c ON c.id = l.case_id
        WHERE l.id > ?1 AND l.id <= ?2 AND l.seq = 1
        """)

    /// These log entries of cases; their words are what `body` makes of their texts.
    private static let entries = SQL(
        """
        SELECT l.case_id << 20 | l.seq AS id, l.texts
        FROM case_log l
        WHERE l.id > ?1 AND l.id <= ?2 AND l.texts IS NOT NULL AND l.seq < 1 << 20 AND l.case_id IS NOT NULL
        """)

    /// These customers' names, addresses and external ids.
    static let customers = """
        SELECT u.id AS id, \(customerBody { "u.\($0)" }) AS body
        FROM customer u
        WHERE u.id > ?1 AND u.id <= ?2
        """

    /// The words of a customer; `column` says where a field of theirs is found.
    static func customerBody(_ column: (String) throws -> String) rethrows -> String {
        """
        \(try column("name")) || coalesce(char(10) || \(try column("email")), '')
            || coalesce(char(10) || \(try column("phone")), '') || coalesce(char(10) || \(try column("external_id")), '')
        """
    }
}
