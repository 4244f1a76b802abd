public import Complaints
import GRDB

// Lists of cases, a page at a time.
extension ReadTransaction {
    /// A page of the cases the filter lets through, in its order, each with its promises.
    public func cases(_ filter: CaseFilter, _ request: PageRequest) throws -> Page<CaseFile> {
        let walk = filter.walk(
            isHistorical: isHistorical, customersHaveChanged: try hasChanged("customer_id", of: .case))
        let list = try listSQL(filter)
        let count: (total: Int, isCapped: Bool)?
        let found: [FoundCase]
        if let search = filter.search {
            (found, count) = try foundRecords(search, filter, walk, list, request)
        } else {
            count = request.counts ? try self.count(from: walk.cases, list) : nil
            found = try unsearchedRecords(filter, walk, list, request)
        }
        let ranks = Dictionary(uniqueKeysWithValues: found.map { ($0.record.id, $0.rank) })
        return page(try files(found.map(\.record)), request, count: count) { [asOf] file in
            let value =
                switch filter.order {
                case .openedAt, .openedAtDescending: file.record.openedAt.milliseconds as Int64?
                case .nextDueAt: file.timeline(at: asOf).nextDueAt?.milliseconds
                }
            return PageKey(value: value, id: file.record.id, rank: ranks[file.record.id] ?? 0)
        }
    }

    private func unsearchedRecords(
        _ filter: CaseFilter, _ walk: CaseWalk, _ list: ListSQL, _ request: PageRequest
    ) throws -> [FoundCase] {
        let records =
            filter.order == .nextDueAt && !walk.isBounded
            ? try recordsByNextDueAt(walk, list, request)
            : try records(filter, walk, list, request.after, limit: request.limit + 1)
        return records.map { FoundCase(record: $0) }
    }

    /// A case of a list, and what the list is sorted by first.
    struct FoundCase {
        let record: Case
        var rank: Int64 = 0
    }

    /// One list after the other, from where a page begins; nil for one in which there is nothing.
    func ranked(
        _ filter: CaseFilter, _ walk: CaseWalk, _ lists: [ListSQL?], _ request: PageRequest
    ) throws -> [FoundCase] {
        var cases: [FoundCase] = []
        for (rank, list) in lists.enumerated() {
            guard let list else { continue }
            let rank = Int64(rank)
            let after = request.after.flatMap { $0.rank == rank ? $0 : nil }
            if let last = request.after, last.rank > rank { continue }
            let missing = request.limit + 1 - cases.count
            guard missing > 0 else { break }
            cases += try records(filter, walk, list, after, limit: missing).map { FoundCase(record: $0, rank: rank) }
        }
        return cases
    }

    private func records(
        _ filter: CaseFilter, _ walk: CaseWalk, _ filtered: ListSQL, _ after: PageKey?, limit: Int
    ) throws -> [Case] {
        var list = filtered
        let (value, isDescending): (String, Bool) =
            switch filter.order {
            case .openedAt: ("c.opened_at", false)
            case .openedAtDescending: ("c.opened_at", true)
            case .nextDueAt: (nextDueAt, false)
            }
        if let after {
            list.bind("after_value", .integer(after.value ?? .max))
            list.bind("after_id", .integer(after.id))
            let sign = isDescending ? "<" : ">"
            list.add("\(value) \(sign)= :after_value")
            list.add("(\(value), c.id) \(sign) (:after_value, :after_id)")
        }
        let direction = isDescending ? "DESC" : "ASC"
        return try records(
            """
            FROM \(walk.cases) CROSS JOIN customer u ON u.id = c.customer_id
            \(list.whereClause)
            ORDER BY \(value) \(direction), c.id \(direction)
            """, list, limit: limit)
    }

    /// Cases by their earliest promise that is still open: first these promises in the order of their due instants, of
    /// each case the first one; then, by id, the cases that have none.
    private func recordsByNextDueAt(
        _ walk: CaseWalk, _ filtered: ListSQL, _ request: PageRequest
    ) throws -> [Case] {
        var records: [Case] = []
        let isPastPromises = request.after.map { $0.value == nil } ?? false
        if !isPastPromises {
            let state = PromiseStateSQL(isHistorical: isHistorical)
            var list = filtered
            let open = "\(state.unsettled) AND p.due_at >= :now AND p.made_at <= :now AND \(PromiseStateSQL.toCustomer)"
            list.add(open)
            list.add(
                """
                NOT EXISTS (SELECT 1 FROM promise q INDEXED BY promise_by_case WHERE q.case_id = p.case_id
                    AND \(open.replacing("p.", with: "q.")) AND (q.due_at, q.id) < (p.due_at, p.id))
                """)
            if let after = request.after {
                list.bind("after_value", .integer(after.value))
                list.bind("after_id", .integer(after.id))
                list.add("p.due_at >= :after_value")
                list.add("(p.due_at, c.id) > (:after_value, :after_id)")
            }
            records = try self.records(
                """
                FROM promise p INDEXED BY \(isHistorical ? "promise_by_due_at" : "promise_unsettled")
                CROSS JOIN complaint_case c ON c.id = p.case_id
                CROSS JOIN customer u ON u.id = c.customer_id
                \(list.whereClause)
                ORDER BY p.due_at, c.id
                """, list, limit: request.limit + 1)
        }
        let missing = request.limit + 1 - records.count
        guard missing > 0 else { return records }
        var list = filtered
        list.add("\(nextDueAt) = \(Int64.max)")
        if isPastPromises, let after = request.after { list.add("c.id > :after_id", "after_id", .integer(after.id)) }
        return try records
            + self.records(
                """
                FROM \(walk.casesByID) CROSS JOIN customer u ON u.id = c.customer_id
                \(list.whereClause)
                ORDER BY c.id
                """, list, limit: missing)
    }

    private func records(_ tail: String, _ list: ListSQL, limit: Int) throws -> [Case] {
        let sql = "SELECT \(CaseColumns.list)\n\(tail)\nLIMIT \(limit)"
        var records: [Case] = []
        try statements.rows(sql, list.values, db) { row in
            records.append(try CaseColumns.record(row, names: names, db))
            return true
        }
        return records
    }

    /// The case's earliest promise that is still open; the greatest number when there is none.
    private var nextDueAt: String {
        let state = PromiseStateSQL(isHistorical: isHistorical)
        return """
            coalesce((SELECT min(p.due_at) FROM promise p INDEXED BY promise_by_case WHERE p.case_id = c.id
                AND \(state.unsettled) AND p.due_at >= :now AND p.made_at <= :now
                AND \(PromiseStateSQL.toCustomer)), \(Int64.max))
            """
    }
}
