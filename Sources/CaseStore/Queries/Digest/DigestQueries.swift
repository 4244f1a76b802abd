import Complaints

extension ReadTransaction {
    /// The digest of the transaction's instant: of each section at most so many promises, and how many there are.
    public func digest(_ filter: DigestFilter, limit: Int) throws -> Digest {
        let days = try days(of: filter)
        return try Digest(
            asOf: asOf, owner: try filter.owner.map { try ownerRecord($0)?.name ?? $0 }, team: filter.team, days: days
        ) { section in
            let promises = section.filter(of: filter, days)
            return Digest.Part(
                total: try total(of: promises),
                rows: try self.promises(promises, PageRequest(limit: limit, counts: false)).items, asOf: asOf)
        }
    }

    /// A page of all that is in it, section by section.
    public func digestRows(_ filter: DigestFilter, _ request: PageRequest) throws -> Page<DigestRow> {
        let days = try days(of: filter)
        var rows: [DigestRow] = []
        for section in DigestSection.allCases.dropFirst(request.after.map { Int($0.rank) } ?? 0)
        where rows.count <= request.limit {
            let after = request.after.flatMap { $0.rank == section.rank ? PageKey(value: $0.value, id: $0.id) : nil }
            let page = try promises(
                section.filter(of: filter, days),
                PageRequest(limit: request.limit + 1 - rows.count, after: after, counts: false))
            rows += page.items.map { DigestRow(section: section, row: $0) }
        }
        return page(rows, request, count: nil) {
            PageKey(value: $0.row.promise.dueAt.milliseconds, id: $0.row.promise.id, rank: Int64($0.section.rank))
        }
    }

    /// By whose days it is told: the owner's, as their load is counted, else the team's.
    private func days(of filter: DigestFilter) throws -> DigestDays {
        if let zone = filter.zone { return DigestDays(at: asOf, in: zone) }
        let owner = try filter.owner.flatMap { try self.owner(FoldedName($0)) }
        let zone = ownerRules.zone(
            named: owner?.fields.timeZone, team: filter.owner == nil ? filter.team : owner?.fields.team,
            by: try calendarBook(), at: asOf)
        return DigestDays(at: asOf, in: zone)
    }

    /// How many promises a list has, to the last: who asks for it waits for no page of a long list.
    func total(of filter: PromiseFilter) throws -> Int {
        let list = try listSQL(filter)
        var total = 0
        for walk in filter.walks(isHistorical: isHistorical).map({ $0.from(filter) }) {
            let sql = "SELECT count(*) FROM \(walk.tables)\n\(list.adding(walk.conditions).whereClause)"
            try statements.rows(sql, list.values, db) { row in
                total += Int(row.integer(0))
                return true
            }
        }
        return total
    }
}
