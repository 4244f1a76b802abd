import Complaints
import GRDB

/// What is searched, as one connection reads it: the rows that an index of words has for what is on record.
struct SearchTexts {
    let db: Database
    let statements: StatementCache
    let names: NameBook

    init(_ db: Database, _ statements: StatementCache, _ names: NameBook) {
        self.db = db
        self.statements = statements
        self.names = names
    }

    /// The rows of these log entries and of the cases they opened, by ascending ids: for each that is lower than the one
    /// before it, FTS5 would write all that it holds in memory to the database, as a part of its own that is to be merged
    /// with others later.
    ///
    /// - Returns: the rows, and the first and the last of these cases.
    func rows(entriesAfter after: Int64, through: Int64) throws -> (rows: [SearchRow], opened: ClosedRange<Int64>?) {
        var rows: [SearchRow] = []
        var opened: ClosedRange<Int64>?
        let range = { (row: inout Bindings) in
            row.add(after)
            row.add(through)
        }
        try statements.rows(Self.openings, db, bind: range) { row in
            let id = row.integer(0)
            opened = min(opened?.lowerBound ?? id, id)...max(opened?.upperBound ?? id, id)
            rows.append(Self.complaint(row, 1, SearchRow.complaint(ofCase: id)))
            rows.append(try CaseFields.searched(row, from: 2, id: SearchRow.fields(ofCase: id), self))
        }
        try statements.rows(Self.entries, db, bind: range) { row in
            if let entry = Self.entry(row) { rows.append(entry) }
        }
        return (rows.sorted { $0.id < $1.id }, opened)
    }

    /// A row of a case; nil where there is none of that id.
    func row(ofCase id: Int64) throws -> SearchRow? {
        let (caseID, place) = (id >> SearchRow.bits, id & (SearchRow.places - 1))
        if place == SearchRow.fieldsPlace { return try fields(ofCase: caseID) }
        if place == 0 {
            return try statements.first(Self.complaint, db, bind: { $0.add(caseID) }) { Self.complaint($0, 0, id) }
        }
        return try statements.first(Self.entry, db) { row in
            row.add(caseID)
            row.add(place)
        } _: {
            Self.entry($0)
        }.flatMap(\.self)
    }

    private static func complaint(_ row: Columns, _ column: Int, _ id: Int64) -> SearchRow {
        row.withText(column) { text in
            var body = SearchBody(capacity: text.count + 1)
            body.add(text)
            return SearchRow(id: id, body: body.bytes)
        }
    }

    /// Nil for one of which nothing is searched.
    private static func entry(_ row: Columns) -> SearchRow? {
        let texts = FactCoding.texts(LogKind.searchedTexts, in: row.text(1))
        guard !texts.isEmpty else { return nil }
        var body = SearchBody()
        for text in texts { body.add(text) }
        return SearchRow(id: row.integer(0), body: body.bytes)
    }

    /// The rows of these customers.
    func customers(after: Int64, through: Int64) throws -> [SearchRow] {
        var rows: [SearchRow] = []
        try statements.rows(Self.customers, db) { row in
            row.add(after)
            row.add(through)
        } _: { row in
            rows.append(try CustomerFields.searched(row, from: 1, id: row.integer(0), self))
        }
        return rows
    }

    /// What can be edited of a case, as it is.
    func fields(ofCase id: Int64) throws -> SearchRow? {
        try statements.first(Self.fieldsOfCase, db, bind: { $0.add(id) }) {
            try CaseFields.searched($0, from: 0, id: SearchRow.fields(ofCase: id), self)
        }
    }

    private static let openings = SQL(
        """
        SELECT c.id, c.complaint, \(CaseFields.searched)
        FROM case_log l CROSS JOIN complaint_case c ON c.id = l.case_id
        WHERE l.id > ?1 AND l.id <= ?2 AND l.seq = 1
        """)

    /// These log entries of cases; their words are what is searched of their texts.
    private static let entries = SQL(
        """
        SELECT l.case_id << \(SearchRow.bits) | l.seq AS id, l.texts
        FROM case_log l
        WHERE l.id > ?1 AND l.id <= ?2 AND l.texts IS NOT NULL AND l.seq > \(SearchRow.fieldsPlace)
            AND l.seq < \(SearchRow.places) AND l.case_id IS NOT NULL
        """)

    private static let complaint = SQL("SELECT complaint FROM complaint_case WHERE id = ?")

    private static let entry = SQL(
        """
        SELECT l.case_id << \(SearchRow.bits) | l.seq AS id, l.texts
        FROM case_log l WHERE l.case_id = ? AND l.seq = ? AND l.texts IS NOT NULL
        """)

    private static let fieldsOfCase = SQL(
        "SELECT \(CaseFields.searched) FROM complaint_case c WHERE c.id = ?")

    private static let customers = SQL(
        """
        SELECT c.id, \(CustomerFields.searched) FROM customer c
        WHERE c.id > ?1 AND c.id <= ?2
        """)
}
