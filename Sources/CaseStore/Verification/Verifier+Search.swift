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
                WHERE l.id > (SELECT missing_log_id FROM search_progress)
                    AND l.id <= (SELECT log_id FROM search_progress)
                    AND (NOT EXISTS (SELECT 1 FROM case_text_docsize d WHERE d.id = c.id << 20)
                        OR NOT EXISTS (SELECT 1 FROM case_text_docsize d
                            WHERE d.id = c.id << 20 | \(SearchRow.fieldsPlace))) LIMIT 1
                """, "Search does not know case"
            ),
            (
                """
                SELECT l.case_id, l.seq FROM case_log l
                WHERE l.id > (SELECT missing_log_id FROM search_progress)
                    AND l.id <= (SELECT log_id FROM search_progress) AND l.seq < 1 << 20 AND l.case_id IS NOT NULL
                    AND (\(texts))
                    AND NOT EXISTS (SELECT 1 FROM case_text_docsize d WHERE d.id = l.case_id << 20 | l.seq) LIMIT 1
                """, "Search does not know a log entry of case"
            ),
            (
                """
                SELECT d.id >> 20, d.id & (1 << 20) - 1 FROM case_text_docsize d
                WHERE d.id > 0 AND (NOT EXISTS (SELECT 1 FROM complaint_case c WHERE c.id = d.id >> 20)
                    OR d.id & (1 << 20) - 1 > 0 AND NOT EXISTS (SELECT 1 FROM case_log l
                        WHERE l.case_id = d.id >> 20 AND l.seq = d.id & (1 << 20) - 1)) LIMIT 1
                """, "Search knows what is not there of case"
            ),
            (
                """
                SELECT c.id, 0 FROM customer c
                WHERE c.id > (SELECT missing_customer_id FROM search_progress)
                    AND c.id <= (SELECT customer_id FROM search_progress)
                    AND NOT EXISTS (SELECT 1 FROM customer_text_docsize d WHERE d.id = c.id) LIMIT 1
                """, "Search does not know customer"
            ),
            (
                """
                SELECT d.id, 0 FROM customer_text_docsize d
                WHERE d.id > 0 AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = d.id) LIMIT 1
                """, "Search knows what is not there: customer"
            ),
            (
                """
                SELECT c.id, 0 FROM customer c
                WHERE c.id > (SELECT missing_customer_id FROM search_progress)
                    AND c.id <= (SELECT customer_id FROM search_progress)
                    AND (\(Self.lacksFormer(CustomerFields.self))) LIMIT 1
                """, "Search does not know what was edited of customer"
            ),
            (
                """
                SELECT c.id, 0 FROM complaint_case c JOIN case_log l ON l.case_id = c.id AND l.seq = 1
                WHERE l.id > (SELECT missing_log_id FROM search_progress)
                    AND l.id <= (SELECT log_id FROM search_progress)
                    AND (\(Self.lacksFormer(CaseFields.self))) LIMIT 1
                """, "Search does not know what was edited of case"
            ),
            (Self.strayFormer(CustomerFields.self), "Search knows what was never so of customer"),
            (Self.strayFormer(CaseFields.self), "Search knows what was never so of case"),
        ]
        for (sql, what) in missing {
            let place = try transaction.statements.first(sql, [:], db) { (id: $0.integer(0), seq: $0.integer(1)) }
            guard let place else { continue }
            return add("search", "\(what) \(place.id)\(place.seq > 0 ? ", seq \(place.seq)" : "").")
        }
    }

    /// That a former text of `c` is not known, with the instants from which and until which it stood.
    private static func lacksFormer<Record: SearchedRecord>(_: Record.Type) -> String {
        let about = Record.historySubject.rawValue
        return """
            EXISTS (SELECT 1 FROM field_change f WHERE f.about = '\(about)' AND f.about_id = c.id
                AND f.field IN (\(Record.searchedNames)) AND f.recorded_at > c.\(Record.since)
                AND NOT EXISTS (SELECT 1 FROM former_text t JOIN \(Record.index)_docsize d
                    ON d.id = -(t.about_id << \(SearchRow.bits) | t.number)
                    WHERE t.about = f.about AND t.about_id = c.id AND t.until = f.recorded_at
                        AND t.since = coalesce((SELECT max(e.recorded_at) FROM field_change e WHERE e.about = f.about
                            AND e.about_id = c.id AND e.field IN (\(Record.searchedNames))
                            AND e.recorded_at < f.recorded_at AND e.recorded_at > c.\(Record.since)),
                            c.\(Record.since))))
            """
    }

    /// A row of the index, or what is said of one, that there is no edit for.
    private static func strayFormer<Record: SearchedRecord>(_: Record.Type) -> String {
        let about = Record.historySubject.rawValue
        return """
            SELECT abs(d.id) >> \(SearchRow.bits), 0 FROM \(Record.index)_docsize d
            WHERE d.id < 0 AND NOT EXISTS (SELECT 1 FROM former_text t WHERE t.about = '\(about)'
                AND t.about_id = abs(d.id) >> \(SearchRow.bits)
                AND t.number = abs(d.id) & \(SearchRow.places - 1))
            UNION ALL
            SELECT t.about_id, 0 FROM former_text t
            WHERE t.about = '\(about)' AND NOT EXISTS (SELECT 1 FROM field_change f WHERE f.about = t.about
                AND f.about_id = t.about_id AND f.field IN (\(Record.searchedNames)) AND f.recorded_at = t.until)
            LIMIT 1
            """
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
