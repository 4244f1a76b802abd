import Complaints
import GRDB

/// The conditions of a list and the values bound in them. Words of a vocabulary are written out, as the partial
/// indexes need to see them; everything else is bound.
struct ListSQL {
    private var conditions: [String] = []
    private(set) var arguments: [String: (any DatabaseValueConvertible)?] = [:]

    mutating func add(_ condition: String) {
        conditions.append(condition)
    }

    mutating func add(_ condition: String, _ name: String, _ value: (any DatabaseValueConvertible)?) {
        conditions.append(condition)
        arguments[name] = value
    }

    mutating func bind(_ name: String, _ value: (any DatabaseValueConvertible)?) {
        arguments[name] = value
    }

    /// `column` is one of the words; no words mean any.
    mutating func add<Word: Vocabulary>(_ column: String, in words: Set<Word>) {
        guard !words.isEmpty else { return }
        conditions.append("\(column) IN (\(words.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")))")
    }

    /// `column` holds the id of that name, however it was written.
    mutating func add(_ column: String, names name: String?, as role: NameRole) {
        guard let name else { return }
        let condition = """
            \(column) IN (SELECT id FROM name WHERE role = '\(role.rawValue)' AND folded = :\(role.rawValue))
            """
        add(condition, role.rawValue, name.folded)
    }

    var whereClause: String {
        conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: "\n  AND ")
    }

    var statementArguments: StatementArguments { StatementArguments(arguments) }
}

extension ReadTransaction {
    /// How many rows there are, counted no further than the cap.
    func count(from: String, _ list: ListSQL) throws -> (total: Int, isCapped: Bool) {
        let cap = Page<Promise>.totalCap
        let sql = """
            SELECT count(*) FROM (SELECT 1 FROM \(from)
            \(list.whereClause)
            LIMIT \(cap + 1))
            """
        let count = try Int.fetchOne(statements.statement(sql, db), arguments: list.statementArguments) ?? 0
        return (min(count, cap), count > cap)
    }

    /// Cuts the rows that were fetched (one more than wanted, to see whether there is a next page) to a page.
    func page<Item>(
        _ items: [Item], _ request: PageRequest, count: (total: Int, isCapped: Bool)?, key: (Item) -> PageKey
    ) -> Page<Item> {
        let shown = Array(items.prefix(request.limit))
        return Page(
            items: shown, next: items.count > request.limit ? shown.last.map(key) : nil, total: count?.total,
            totalIsCapped: count?.isCapped ?? false)
    }
}
