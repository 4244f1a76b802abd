import Complaints

/// The conditions of a list and the values bound in them. Words of a vocabulary are written out, as the partial
/// indexes need to see them; everything else is bound.
struct ListSQL {
    private var conditions: [String] = []
    /// By the names of their parameters.
    private(set) var values: [String: SQLValue] = [:]

    mutating func add(_ condition: String) {
        conditions.append(condition)
    }

    mutating func add(_ condition: String, _ name: String, _ value: SQLValue) {
        conditions.append(condition)
        values[name] = value
    }

    mutating func bind(_ name: String, _ value: SQLValue) {
        values[name] = value
    }

    mutating func bind(_ values: [String: SQLValue]) {
        self.values.merge(values) { $1 }
    }

    /// `column` is one of the words; no words mean any.
    mutating func add<Word: Vocabulary>(_ column: String, in words: Set<Word>) {
        guard !words.isEmpty else { return }
        // SQLite sees that a partial index is meant in an equation, but not in a list of one.
        if words.count == 1, let word = words.first { return add("\(column) = '\(word.rawValue)'") }
        conditions.append("\(column) IN (\(words.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")))")
    }

    /// `column` holds the id of that name, however it was written.
    mutating func add(_ column: String, names name: String?, as role: NameRole) {
        if let name { add(Self.isNamed(column, as: role), role.rawValue, .text(name.folded)) }
    }

    /// That `column` holds the id of the name that is bound by the name of its role.
    static func isNamed(_ column: String, as role: NameRole) -> String {
        "\(column) IN (SELECT id FROM name WHERE role = '\(role.rawValue)' AND folded = :\(role.rawValue))"
    }

    var whereClause: String {
        conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: "\n  AND ")
    }

    /// This list with further conditions.
    func adding(_ conditions: [String]) -> ListSQL {
        var list = self
        list.conditions += conditions
        return list
    }
}

/// Tables to count the rows of, and conditions that are not the list's own.
struct CountedWalk {
    let tables: String
    var conditions: [String] = []
}

extension ReadTransaction {
    /// How many rows there are on all the walks, counted no further than the cap, and no further than
    /// `countingLimit` goes.
    func count(_ walks: [CountedWalk], _ list: ListSQL) throws -> (total: Int, isCapped: Bool) {
        let cap = Page<Promise>.totalCap
        var count = 0
        do {
            try meter.limit(to: countingLimit) {
                for walk in walks {
                    let sql = "SELECT 1 FROM \(walk.tables)\n\(list.adding(walk.conditions).whereClause)"
                    try statements.rows(sql, list.values, db) { _ in
                        count += 1
                        return count <= cap
                    }
                }
            }
        } catch StoreError.tooMuchWork {
            return (min(count, cap), true)
        }
        return (min(count, cap), count > cap)
    }

    /// The same, for a list of one walk.
    func count(from tables: String, _ list: ListSQL) throws -> (total: Int, isCapped: Bool) {
        try count([CountedWalk(tables: tables)], list)
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
