import Complaints
import GRDB

extension Verifier {
    /// Everything that search should find has its row in the index, and nothing else has: the index keeps no texts, so
    /// this is all that can be seen of it without making it anew.
    mutating func checkSearch() throws {
        let texts = LogKind.searchedTexts.sorted().map { "instr(l.texts, '[\"\($0)\",') > 0" }
            .joined(separator: " OR ")
        let missing: [(sql: String, what: String)] = [
            (
                """
                SELECT c.id, 0 FROM complaint_case c JOIN case_log l ON l.case_id = c.id AND l.seq = 1
                WHERE l.id <= (SELECT log_id FROM search_progress)
                    AND NOT EXISTS (SELECT 1 FROM case_text_docsize d WHERE d.id = c.id << 20) LIMIT 1
                """, "Search does not know case"
            ),
            (
                """
                SELECT l.case_id, l.seq FROM case_log l
                WHERE l.id <= (SELECT log_id FROM search_progress) AND l.seq < 1 << 20 AND l.case_id IS NOT NULL
                    AND (\(texts))
                    AND NOT EXISTS (SELECT 1 FROM case_text_docsize d WHERE d.id = l.case_id << 20 | l.seq) LIMIT 1
                """, "Search does not know a log entry of case"
            ),
            (
                """
                SELECT d.id >> 20, d.id & (1 << 20) - 1 FROM case_text_docsize d
                WHERE NOT EXISTS (SELECT 1 FROM complaint_case c WHERE c.id = d.id >> 20)
                    OR d.id & (1 << 20) - 1 > 0 AND NOT EXISTS (SELECT 1 FROM case_log l
                        WHERE l.case_id = d.id >> 20 AND l.seq = d.id & (1 << 20) - 1) LIMIT 1
                """, "Search knows what is not there of case"
            ),
            (
                """
                SELECT c.id, 0 FROM customer c
                WHERE c.id <= (SELECT customer_id FROM search_progress)
                    AND NOT EXISTS (SELECT 1 FROM customer_text_docsize d WHERE d.id = c.id) LIMIT 1
                """, "Search does not know customer"
            ),
            (
                """
                SELECT d.id, 0 FROM customer_text_docsize d
                WHERE NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = d.id) LIMIT 1
                """, "Search knows what is not there: customer"
            ),
        ]
        for (sql, what) in missing {
            let place = try transaction.statements.first(sql, [:], db) { (id: $0.integer(0), seq: $0.integer(1)) }
            guard let place else { continue }
            return add("search", "\(what) \(place.id)\(place.seq > 0 ? ", seq \(place.seq)" : "").")
        }
    }

    /// FTS5's own check (https://www.sqlite.org/fts5.html#the_integrity_check_command).
    mutating func checkIndexOfSearch() throws {
        for table in ["case_text", "customer_text"] {
            do {
                try db.run("INSERT INTO \(table) (\(table)) VALUES ('integrity-check')")
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                return add("search", "The index \(table) is damaged: \(error.message ?? "no message").")
            }
        }
    }
}
