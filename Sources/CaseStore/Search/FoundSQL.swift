import Complaints

/// Conditions for what a search finds, as SQL: which ids an expression of FTS5 finds among what the index knows, and among
/// what it does not know yet.
struct FoundSQL {
    private let transaction: ReadTransaction
    /// What goes before the names of its parameters, as there may be several in one list.
    private let name: String
    private var count = 0

    init(_ transaction: ReadTransaction, named name: String = "q") {
        self.transaction = transaction
        self.name = name
    }

    /// Which of what a case has is looked through.
    enum Scope {
        /// All that is searched of it, and its customer.
        case all
        /// Its customer, and what it is known by elsewhere.
        case identity
    }

    /// FTS5 puts together what begins alike in one go, which nothing interrupts: so many pages take some milliseconds.
    static let pagesAtOnce: Int64 = 256

    /// - Throws: `StoreError.tooMuchWork` when phrases are too much for who may not take long.
    private func requireShort<Record: SearchedRecord>(_ phrases: [SearchPhrase], _: Record.Type) throws {
        guard transaction.meter.isLimited else { return }
        for word in phrases.lazy.filter(\.isBeginning).compactMap(\.words.last) {
            let pages = try transaction.statements.first(
                Record.statements.pagesOfBeginning, transaction.db, bind: { $0.add(word.string) }
            ) { $0.integer(0) }
            if let pages, pages > Self.pagesAtOnce { throw StoreError.tooMuchWork }
        }
    }

    /// The ids of the cases in which a term is, or in whose customer it is, or in anybody who they are one with.
    mutating func cases(_ term: SearchTerm, _ scope: Scope, _ list: inout ListSQL) throws -> String {
        var ways: [[[String]]] = []
        for matches in term.ways where try !isFound(ways.first, list) {
            var all: [[String]] = []
            for match in matches {
                let cases = try rows(of: CaseFields.self, scope == .all ? match : match.asKeys, &list)
                let people = try rows(of: CustomerFields.self, match, &list).joined(separator: "\nUNION ALL\n")
                all.append(cases + [try transaction.cases(ofPeople: people)])
            }
            ways.append(all)
        }
        return Self.union(ways)
    }

    /// The ids of the customers in whom a term is.
    mutating func customers(_ term: SearchTerm, _ list: inout ListSQL) throws -> String {
        var ways: [[[String]]] = []
        for matches in term.ways where try !isFound(ways.first, list) {
            var all: [[String]] = []
            for match in matches {
                all.append(try rows(of: CustomerFields.self, match, &list))
            }
            ways.append(all)
        }
        return Self.union(ways)
    }

    /// The ids of the cases in which a term is, whatever it is there.
    mutating func fields(_ term: SearchTerm, _ list: inout ListSQL) throws -> String {
        try Self.union(
            term.ways.map { try $0.map { try rows(of: CaseFields.self, $0, &list) } })
    }

    /// The ids of the cases in which a term is among what they are known by elsewhere, and who called.
    mutating func contacts(_ term: SearchTerm, _ list: inout ListSQL) throws -> String {
        var ways: [[[String]]] = []
        for matches in term.ways where try !isFound(ways.first, list) {
            var all: [[String]] = []
            for match in matches {
                all.append(try rows(of: CaseFields.self, match.asKeys, &list))
            }
            ways.append(all)
        }
        return Self.union(ways)
    }

    /// Whether something is found in a way. What is somebody's telephone number is meant as that: its parts by themselves may be
    /// in everybody's.
    private func isFound(_ way: [[String]]?, _ list: ListSQL) throws -> Bool {
        guard let way else { return false }
        let sql = "SELECT EXISTS (SELECT 1 FROM (\(Self.union([way]))))"
        return try transaction.statements.first(sql, list.values, transaction.db) { $0.flag(0) } ?? false
    }

    /// What is found in one of the ways, by all that belongs to it, each in one of some statements.
    private static func union(_ ways: [[[String]]]) -> String {
        func union(_ statements: [String]) -> String { statements.joined(separator: "\nUNION ALL\n") }
        guard ways.count > 1 || ways[0].count > 1 else { return union(ways[0][0]) }
        return union(
            ways.map { all in
                let each = all.map { "SELECT id FROM (\(union($0)))" }.joined(separator: "\nINTERSECT\n")
                return "SELECT id FROM (\(each))"
            })
    }

    /// Statements for the ids, as of `:now`, of those in whose texts something is; at least one.
    private mutating func rows<Record: SearchedRecord>(
        of _: Record.Type, _ match: SearchMatch, _ list: inout ListSQL
    ) throws -> [String] {
        typealias Former = FormerTexts<Record>
        count += 1
        let name = "\(name)\(count)"
        func ids(_ row: String) -> String { "SELECT \(Former.subject(row)) AS id" }
        // What the index does not know, and what was looked through.
        var rows = try transaction.searchTail.rows(of: Record.self, match.expression, in: transaction)
        var phrases: [SearchPhrase] = []
        for phrase in match.phrases {
            if let few = try PhraseBeginning(phrase, of: Record.self, transaction)?.rows() {
                rows += few
            } else {
                phrases.append(phrase)
            }
        }
        try requireShort(phrases, Record.self)
        var found: [String] = []
        if !phrases.isEmpty {
            list.bind(name, .text(SearchMatch(phrases: phrases).expression))
            found.append(
                """
                \(ids("t.rowid")) FROM \(Record.index) t WHERE \(Record.index) MATCH :\(name)
                    AND \(stands("t.rowid", Record.self))
                """)
        }
        if !rows.isEmpty || phrases.isEmpty {
            list.bind("\(name)_rows", .text(transaction.jsonArray(rows)))
            found.append(
                "\(ids("t.value")) FROM json_each(:\(name)_rows) t WHERE \(stands("t.value", Record.self))")
        }
        return found
    }

    /// That the text of a row is what it was at `:now`.
    private func stands<Record: SearchedRecord>(_ row: String, _: Record.Type) -> String {
        typealias Former = FormerTexts<Record>
        guard transaction.isHistorical else { return "\(row) > 0" }
        guard Record.historySubject == .case else {
            return "CASE WHEN \(row) < 0 THEN \(Former.stood(row)) ELSE \(Former.stands(row)) END"
        }
        let (caseID, place) = ("\(row) >> \(SearchRow.bits)", "\(row) & \(SearchRow.places - 1)")
        return """
            CASE WHEN \(row) < 0 THEN \(Former.stood(row)) WHEN \(place) = 0 THEN 1
                WHEN \(place) = \(SearchRow.fieldsPlace) THEN \(Former.stands(caseID))
                ELSE EXISTS (SELECT 1 FROM case_log l WHERE l.case_id = \(caseID) AND l.seq = \(place)
                    AND l.recorded_at <= :now) END
            """
    }
}

extension SearchMatch {
    /// As FTS5 reads it.
    var expression: String { phrases.map(\.expression).joined(separator: " OR ") }
}

extension SearchPhrase {
    /// As FTS5 reads it: words have no quotes in them.
    var expression: String {
        "\"\(words.map(\.string).joined(separator: " "))\"" + (isBeginning ? " *" : "")
    }
}
