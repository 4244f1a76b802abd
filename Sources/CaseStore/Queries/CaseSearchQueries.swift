import Complaints
import GRDB

// What a search finds among the cases that a list lets through.
extension ReadTransaction {
    /// What a search finds: first the case of that id, then the cases of whom it names, or that are known by it elsewhere, then those
    /// that tell of it.
    ///
    /// To look for a word that many have takes longer than all else, and takes it each time. So what is counted is kept, unless
    /// it is very much, and what is shown of it is looked for no more.
    func foundRecords(
        _ search: SearchQuery, _ filter: CaseFilter, _ walk: CaseWalk, _ filters: ListSQL, _ request: PageRequest
    ) throws -> (cases: [FoundCase], count: (total: Int, isCapped: Bool)?) {
        var terms = filters
        try add(search, to: &terms)
        let first = try search.id.flatMap { try numbered($0, filters) }
        var counted = request.counts ? try countedIDs(from: walk.cases, terms) : nil
        if let first, counted?.ids.contains(first) == false, counted?.isCapped == false { counted?.ids.append(first) }
        let count = counted.map { (total: $0.ids.count, isCapped: $0.isCapped) }
        let start: [ListSQL?] = first.map { [list(of: [$0])] } ?? []
        var found = FoundSQL(self, named: "named")
        if let counted, !counted.isCapped {
            guard !counted.ids.isEmpty else { return ([], count) }
            var named = list(of: counted.ids)
            for term in search.terms { named.add("c.id IN (\(try found.cases(term, .identity, &named)))") }
            var identified: Set<Int64> = []
            let sql = "SELECT c.id FROM \(CaseWalk.lookedUp.cases)\n\(named.whereClause)"
            try statements.rows(sql, named.values, db) { row in
                identified.insert(row.integer(0))
                return true
            }
            let ids = counted.ids.filter { $0 != first }
            let parts = [ids.filter(identified.contains), ids.filter { !identified.contains($0) }]
            let lists = start + parts.map { $0.isEmpty ? nil : list(of: $0) }
            return (try ranked(filter, .lookedUp, lists, request), count)
        }
        // Whom it names it finds, so nothing else is asked of those.
        var (named, others) = (filters, terms)
        var identities: [String] = []
        for term in search.terms {
            identities.append("c.id IN (\(try found.cases(term, .identity, &named)))")
        }
        for (name, value) in named.values { others.bind(name, value) }
        for identity in identities { named.add(identity) }
        others.add("NOT (\(identities.joined(separator: " AND ")))")
        if let first {
            named.add("c.id <> :numbered", "numbered", .integer(first))
            others.add("c.id <> :numbered", "numbered", .integer(first))
        }
        return (try ranked(filter, walk, start + [named, others], request), count)
    }

    /// The id of a case, where the other filters let it through.
    private func numbered(_ id: Int64, _ filters: ListSQL) throws -> Int64? {
        var list = filters
        list.add("c.id = :numbered", "numbered", .integer(id))
        let sql = "SELECT c.id FROM \(CaseWalk.lookedUp.cases)\n\(list.whereClause)"
        return try statements.first(sql, list.values, db) { $0.integer(0) }
    }

    /// Those cases.
    private func list(of ids: [Int64]) -> ListSQL {
        var list = ListSQL()
        list.bind("now", .instant(asOf))
        list.add("c.id IN (SELECT value FROM json_each(:found))", "found", .text(jsonArray(ids)))
        return list
    }

    /// The ids of what a list lets through, no more of them and with no more work than counting takes.
    private func countedIDs(from tables: String, _ list: ListSQL) throws -> (ids: [Int64], isCapped: Bool) {
        let cap = Page<Case>.totalCap
        var ids: [Int64] = []
        do {
            try meter.limit(to: countingLimit) {
                try statements.rows("SELECT c.id FROM \(tables)\n\(list.whereClause)", list.values, db) { row in
                    ids.append(row.integer(0))
                    return ids.count <= cap
                }
            }
        } catch StoreError.tooMuchWork {
            return (Array(ids.prefix(cap)), true)
        }
        return (Array(ids.prefix(cap)), ids.count > cap)
    }

    /// Each term occurs in the case, in an entry of its log up to `:now`, or in its customer.
    private func add(_ search: SearchQuery, to list: inout ListSQL) throws {
        var found = FoundSQL(self)
        for term in search.terms { list.add("c.id IN (\(try found.cases(term, .all, &list)))") }
    }
}
