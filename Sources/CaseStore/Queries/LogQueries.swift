public import Complaints
import GRDB

extension ReadTransaction {
    private static let columns = """
        l.case_id, l.seq, l.kind, l.at, l.recorded_at, l.actor_id, t.name, l.promise_id, l.facts, l.texts, l.imported,
        l.about, l.about_id
        """
    /// How many these are.
    private static let columnCount = 13

    /// A page of a case's log, oldest first.
    public func log(
        ofCase id: Int64, _ request: PageRequest, _ filter: EntryFilter = EntryFilter()
    ) throws -> Page<LogEntry> {
        var list = ListSQL()
        list.add("l.case_id = :case_id", "case_id", .integer(id))
        list.add("l.recorded_at <= :now", "now", .instant(asOf))
        list.add(filter, at: asOf)
        let tables = "case_log l LEFT JOIN token t ON t.id = l.token_id"
        let count = request.counts ? try count(from: tables, list) : nil
        if let after = request.after { list.add("l.seq > :after_seq", "after_seq", .integer(after.id)) }
        let sql = """
            SELECT \(Self.columns) FROM \(tables)
            \(list.whereClause)
            ORDER BY l.seq
            LIMIT \(request.limit + 1)
            """
        return page(try entries(sql, list), request, count: count) { PageKey(value: nil, id: $0.seq) }
    }

    /// A page of what happened with a customer, in their own log and those of all their cases: in the order of the hash
    /// chain, or from its end. Their entries are all looked at and sorted, and no others.
    public func log(
        ofCustomer id: Int64, _ filter: EntryFilter, newestFirst: Bool, _ request: PageRequest
    ) throws -> Page<LogEntry> {
        var list = ListSQL()
        let own = try OwnCases(of: id, in: self)
        list.bind(own.values)
        list.add("l.recorded_at <= :now", "now", .instant(asOf))
        list.add(filter, at: asOf)
        let walks = [
            CountedWalk(
                tables: """
                    \(own.cases)
                    CROSS JOIN case_log l INDEXED BY sqlite_autoindex_case_log_1 ON l.case_id = c.id
                    """, conditions: [own.condition]),
            CountedWalk(
                tables: "case_log l INDEXED BY case_log_about",
                conditions: ["l.about = 'customer' AND \(own.isTheirs("l.about_id"))"]),
        ]
        let count = request.counts ? try count(walks, list) : nil
        if let after = request.after {
            list.add("l.id \(newestFirst ? "<" : ">") :after_id", "after_id", .integer(after.id))
        }
        // What is sorted are numbers; the entries of the page alone are read.
        let ids = walks.map { walk in
            "SELECT l.id AS id FROM \(walk.tables)\n\(list.adding(walk.conditions).whereClause)"
        }
        let sql = """
            SELECT \(Self.columns), l.id FROM (
                \(ids.joined(separator: "\nUNION ALL\n"))
                ORDER BY id \(newestFirst ? "DESC" : "ASC")
                LIMIT \(request.limit + 1)) w
            CROSS JOIN case_log l ON l.id = w.id
            LEFT JOIN token t ON t.id = l.token_id
            ORDER BY w.id \(newestFirst ? "DESC" : "ASC")
            """
        return try chainPage(sql, list, request, count: count)
    }

    /// One entry of a case's log.
    public func logEntry(ofCase id: Int64, seq: Int64) throws -> LogEntry? {
        try statements.first(
            Self.entryBySeq, db,
            bind: { row in
                row.add(id)
                row.add(seq)
                row.add(asOf)
            }, entry)
    }

    private static let entryBySeq = SQL(
        """
        SELECT \(columns) FROM case_log l LEFT JOIN token t ON t.id = l.token_id
        WHERE l.case_id = ? AND l.seq = ? AND l.recorded_at <= ?
        """)

    /// All entries of some kinds in a case's log, oldest first.
    public func logEntries(ofCase id: Int64, kinds: [LogKind]) throws -> [LogEntry] {
        guard !kinds.isEmpty else { return [] }
        var list = ListSQL()
        list.add("l.case_id = :case_id", "case_id", .integer(id))
        list.add("l.recorded_at <= :now", "now", .instant(asOf))
        list.add("l.kind", in: Set(kinds))
        let sql = """
            SELECT \(Self.columns) FROM case_log l LEFT JOIN token t ON t.id = l.token_id
            \(list.whereClause)
            ORDER BY l.seq
            """
        return try entries(sql, list)
    }

    /// The latest entry of a kind in a case's log.
    func latestLogEntry(ofCase id: Int64, _ kind: LogKind) throws -> LogEntry? {
        try statements.first(
            Self.latestOfKind, db,
            bind: { row in
                row.add(id)
                row.add(asOf)
                row.add(kind.rawValue)
            }, entry)
    }

    private static let latestOfKind = SQL(
        """
        SELECT \(columns) FROM case_log l LEFT JOIN token t ON t.id = l.token_id
        WHERE l.case_id = ? AND l.recorded_at <= ? AND l.kind = ?
        ORDER BY l.seq DESC LIMIT 1
        """)

    /// The number of the entry that was written to a case's log last; 0 while there is none.
    public func lastSeq(ofCase id: Int64) throws -> Int64 {
        try statements.first(Self.maxSeq, db, bind: { $0.add(id) }) { $0.integer(0) } ?? 0
    }

    private static let maxSeq = SQL("SELECT max(seq) FROM case_log WHERE case_id = ?")

    /// The number of the entry that was written last about that; 0 while there is none.
    func lastSeq(about subject: LogSubject) throws -> Int64 {
        if let id = subject.caseID { return try lastSeq(ofCase: id) }
        return try statements.first(
            Self.maxSeqAbout, db,
            bind: { row in
                row.add(subject.sort.rawValue)
                row.add(subject.id)
            }
        ) { $0.integer(0) } ?? 0
    }

    private static let maxSeqAbout = SQL("SELECT max(seq) FROM case_log WHERE about = ? AND about_id = ?")

    /// A page of the whole log, in the order of its hash chain.
    public func log(_ request: PageRequest) throws -> Page<LogEntry> {
        var list = ListSQL()
        list.add("l.recorded_at <= :now", "now", .instant(asOf))
        let tables = "case_log l LEFT JOIN token t ON t.id = l.token_id"
        let count = request.counts ? try count(from: tables, list) : nil
        if let after = request.after { list.add("l.id > :after_id", "after_id", .integer(after.id)) }
        let sql = """
            SELECT \(Self.columns), l.id FROM \(tables)
            \(list.whereClause)
            ORDER BY l.id
            LIMIT \(request.limit + 1)
            """
        return try chainPage(sql, list, request, count: count)
    }

    /// A page of entries whose place in the chain is the last column.
    private func chainPage(
        _ sql: String, _ list: ListSQL, _ request: PageRequest, count: (total: Int, isCapped: Bool)?
    ) throws -> Page<LogEntry> {
        var entries: [(id: Int64, entry: LogEntry)] = []
        try statements.rows(sql, list.values, db) { row in
            entries.append((row.integer(Self.columnCount), try entry(row)))
            return true
        }
        let cut = page(entries, request, count: count) { PageKey(value: nil, id: $0.id) }
        return Page(
            items: cut.items.map(\.entry), next: cut.next, total: cut.total, totalIsCapped: cut.totalIsCapped)
    }

    /// The end of the hash chain over the whole log; nil while the log is empty.
    public func logHead() throws -> LogHead? {
        try statements.first(Self.lastEntry, db) {
            LogHead(
                id: $0.integer(0), hash: $0.bytes(1).hex, recordedAt: $0.instant(2), epoch: $0.integer(3),
                record: $0.bytes(4).hex)
        }
    }

    private static let lastEntry = SQL(
        """
        SELECT id, hash, recorded_at, coalesce((SELECT max(id) FROM epoch), 1),
            (SELECT hash FROM case_log ORDER BY id LIMIT 1)
        FROM case_log ORDER BY id DESC LIMIT 1
        """)

    /// The hash of an entry of the log, by its place among all, in hexadecimal; nil when there is none.
    public func hash(ofEntry id: Int64) throws -> String? {
        try statements.first(Self.hashOfEntry, db, bind: { $0.add(id) }) { $0.bytes(0).hex }
    }

    private static let hashOfEntry = SQL("SELECT hash FROM case_log WHERE id = ?")

    private func entries(_ sql: String, _ list: ListSQL) throws -> [LogEntry] {
        var entries: [LogEntry] = []
        try statements.rows(sql, list.values, db) { row in
            entries.append(try entry(row))
            return true
        }
        return entries
    }

    private func entry(_ row: Columns) throws -> LogEntry {
        LogEntry(
            subject: try row.subject(caseID: 0, about: 11), seq: row.integer(1), kind: try row.word(2),
            at: row.instant(3), recordedAt: row.instant(4), actor: try names.spelling(row.integer(5), db),
            tokenName: row.optionalText(6), promiseID: row.optionalInteger(7),
            facts: try FactCoding.decodeAsToday(row.text(8)),
            texts: try row.optionalText(9).map(FactCoding.decode) ?? [],
            imported: row.flag(10))
    }
}

extension Columns {
    /// What an entry is about: the column of its case's id, and the first of the two of what else it may be about.
    func subject(caseID: Int, about: Int) throws -> LogSubject {
        if let id = optionalInteger(caseID) { return .case(id) }
        return LogSubject(try word(about), id: integer(about + 1))
    }
}
