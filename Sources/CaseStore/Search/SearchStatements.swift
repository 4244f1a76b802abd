import Complaints

/// The statements by which the rows of one index are put in, taken out and found: one index is like the other.
struct SearchStatements {
    /// Take the id of a row and its words.
    let add: SQL
    let remove: SQL
    let removeAll: SQL
    /// What a search finds; takes an expression of FTS5.
    let match: SQL
    /// Merges parts of the index (https://www.sqlite.org/fts5.html#the_merge_command); takes a count of pages.
    let merge: SQL
    /// What is searched of a record's fields at an instant; takes the instant and the record's id.
    let fieldsThen: SQL
    /// At which instants they were edited, since when they were what they were before, and how many former texts there were
    /// before each; takes the id of the record.
    let edits: SQL
    /// The former texts that there are of a record.
    let formers: SQL
    let addFormer: SQL
    let removeFormers: SQL
    let removeAllFormers: SQL
    /// How many pages of the index, of some 4 KB, hold the words that begin with the one that it takes, about. FTS5 keeps the
    /// first word of each page in a table (https://www.sqlite.org/fts5.html#fts5_data_structures).
    let pagesOfBeginning: SQL

    init<Record: SearchedRecord>(of _: Record.Type) {
        let index = Record.index
        let about = Record.historySubject.rawValue
        add = SQL("INSERT INTO \(index) (rowid, body) VALUES (?, ?)")
        remove = SQL("INSERT INTO \(index) (\(index), rowid, body) VALUES ('delete', ?, ?)")
        removeAll = SQL("INSERT INTO \(index) (\(index)) VALUES ('delete-all')")
        match = SQL("SELECT rowid FROM \(index) WHERE \(index) MATCH ?")
        merge = SQL("INSERT INTO \(index) (\(index), rank) VALUES ('merge', ?)")
        pagesOfBeginning = SQL(
            """
            WITH RECURSIVE part (id) AS (
                SELECT min(segid) FROM \(index)_idx
                UNION ALL
                SELECT (SELECT min(i.segid) FROM \(index)_idx i WHERE i.segid > p.id) FROM part p WHERE p.id IS NOT NULL
            )
            SELECT coalesce(sum(
                coalesce(
                    (SELECT i.pgno >> 1 FROM \(index)_idx i
                        WHERE i.segid = p.id AND i.term > CAST('0' || ?1 || char(0x10FFFF) AS BLOB)
                        ORDER BY i.term LIMIT 1),
                    (SELECT i.pgno >> 1 FROM \(index)_idx i WHERE i.segid = p.id ORDER BY i.term DESC LIMIT 1))
                - coalesce(
                    (SELECT i.pgno >> 1 FROM \(index)_idx i WHERE i.segid = p.id AND i.term <= CAST('0' || ?1 AS BLOB)
                        ORDER BY i.term DESC LIMIT 1), 1)), 0)
            FROM part p WHERE p.id IS NOT NULL
            """)
        fieldsThen = SQL(
            """
            SELECT \(Record.searched(at: "?1", id: "c.id"))
            FROM \(Record.table) c WHERE c.id = ?2
            """)
        edits = SQL(
            """
            SELECT DISTINCT f.recorded_at, c.\(Record.since) FROM \(Record.table) c JOIN field_change f
                ON f.about = '\(about)' AND f.about_id = c.id AND f.field IN (\(Record.searchedNames))
            WHERE c.id = ?1 AND f.recorded_at > coalesce((SELECT max(t.until) FROM former_text t
                WHERE t.about = '\(about)' AND t.about_id = c.id), c.\(Record.since))
            ORDER BY 1
            """)
        formers = SQL(
            """
            SELECT number, since, until FROM former_text WHERE about = '\(about)' AND about_id = ? ORDER BY number
            """)
        addFormer = SQL(
            "INSERT INTO former_text (about, about_id, number, since, until) VALUES ('\(about)', ?, ?, ?, ?)")
        removeFormers = SQL("DELETE FROM former_text WHERE about = '\(about)' AND about_id = ?")
        removeAllFormers = SQL("DELETE FROM former_text WHERE about = '\(about)'")
    }

    /// Runs `add` or `remove` with the words of a row.
    func bind(_ row: SearchRow, to bindings: inout Bindings) {
        bindings.add(row.id)
        bindings.add(text: row.body)
    }
}
