public import Complaints
import GRDB

extension ReadTransaction {
    /// The case of that id with all its promises; nil when there is none (or none yet).
    public func caseFile(_ id: Int64) throws -> CaseFile? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(CaseColumns.list)
                FROM complaint_case c JOIN customer u ON u.id = c.customer_id
                WHERE c.id = ?
                """)
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
        return try files([CaseColumns.record(row, names: names, db)]).first
    }

    /// A page of the cases the filter lets through, in its order, each with its promises.
    public func cases(_ filter: CaseFilter, _ request: PageRequest) throws -> Page<CaseFile> {
        let tables = "complaint_case c CROSS JOIN customer u ON u.id = c.customer_id"
        var list = listSQL(filter)
        let count = request.counts ? try count(from: tables, list) : nil
        let order = orderSQL(filter.order, &list)
        if let after = request.after {
            list.bind("after_value", after.value ?? .max)
            list.bind("after_id", after.id)
            let sign = order.isDescending ? "<" : ">"
            list.add("\(order.value) \(sign)= :after_value")
            list.add("(\(order.value), c.id) \(sign) (:after_value, :after_id)")
        }
        let direction = order.isDescending ? "DESC" : "ASC"
        let sql = """
            SELECT \(CaseColumns.list)
            FROM \(tables)
            \(list.whereClause)
            ORDER BY \(order.value) \(direction), c.id \(direction)
            LIMIT \(request.limit + 1)
            """
        var records: [Case] = []
        let cursor = try Row.fetchCursor(statements.statement(sql, db), arguments: list.statementArguments)
        while let row = try cursor.next() { records.append(try CaseColumns.record(row, names: names, db)) }
        return page(try files(records), request, count: count) { [asOf] file in
            switch filter.order {
            case .openedAt, .openedAtDescending:
                PageKey(value: file.record.openedAt.milliseconds, id: file.record.id)
            case .nextDueAt: PageKey(value: file.timeline(at: asOf).nextDueAt?.milliseconds, id: file.record.id)
            }
        }
    }

    private func orderSQL(_ order: CaseFilter.Order, _ list: inout ListSQL) -> (value: String, isDescending: Bool) {
        switch order {
        case .openedAt: return ("c.opened_at", false)
        case .openedAtDescending: return ("c.opened_at", true)
        case .nextDueAt:
            list.bind("now", asOf.milliseconds)
            let state = PromiseStateSQL(isHistorical: isHistorical)
            return (
                """
                coalesce((SELECT min(p.due_at) FROM promise p WHERE p.case_id = c.id AND \(state.unsettled)
                    AND p.due_at >= :now AND p.made_at <= :now AND \(PromiseStateSQL.toCustomer)), \(Int64.max))
                """, false
            )
        }
    }

    private func listSQL(_ filter: CaseFilter) -> ListSQL {
        let state = PromiseStateSQL(isHistorical: isHistorical)
        var list = ListSQL()
        list.bind("now", asOf.milliseconds)
        if isHistorical { list.add("c.opened_at <= :now") }
        list.add(status, in: filter.statuses)
        if let overdue = filter.overdue {
            list.add(
                """
                \(overdue ? "" : "NOT ")EXISTS (SELECT 1 FROM promise p WHERE p.case_id = c.id AND \(state.unsettled)
                    AND p.due_at < :now AND p.made_at <= :now AND \(PromiseStateSQL.toCustomer))
                """)
        }
        if let silent = filter.silent {
            list.add(
                """
                (\(status) = 'open' AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.case_id = c.id
                    AND \(state.unsettled) AND p.made_at <= :now AND \(PromiseStateSQL.toCustomer))) = \(silent ? 1 : 0)
                """)
        }
        if filter.unowned { list.add("c.owner_id IS NULL") }
        list.add("c.owner_id", names: filter.owner, as: .owner)
        list.add("c.team_id", names: filter.team, as: .team)
        list.add("c.category_id", names: filter.category, as: .category)
        list.add("c.severity", in: filter.severities)
        list.add("c.mood", in: filter.moods)
        list.add("c.channel", in: filter.channels)
        if let id = filter.customerID { list.add("c.customer_id = :customer_id", "customer_id", id) }
        if let id = filter.externalID { list.add("c.external_id = :external_id", "external_id", id) }
        if let instant = filter.updatedAfter {
            list.add("\(updatedAt) > :updated_after", "updated_after", instant.milliseconds)
        }
        if let search = filter.search { add(search, to: &list) }
        return list
    }

    /// The case's status at `:now`.
    private var status: String {
        guard isHistorical else { return "c.status" }
        return """
            coalesce((SELECT s.status FROM status_change s WHERE s.case_id = c.id AND s.recorded_at <= :now
                ORDER BY s.id DESC LIMIT 1), 'open')
            """
    }

    /// When the case was last changed, up to `:now`.
    private var updatedAt: String {
        guard isHistorical else { return "c.updated_at" }
        return """
            (SELECT l.recorded_at FROM case_log l WHERE l.case_id = c.id AND l.recorded_at <= :now
                ORDER BY l.seq DESC LIMIT 1)
            """
    }

    /// Each term occurs in the case, in an entry of its log up to `:now`, or in its customer.
    private func add(_ search: SearchQuery, to list: inout ListSQL) {
        for (index, term) in search.terms.enumerated() {
            list.add(
                """
                (c.id IN (SELECT t.rowid >> 20 FROM case_text t WHERE case_text MATCH :q\(index)
                    AND (t.rowid & 1048575 = 0 OR EXISTS (SELECT 1 FROM case_log l WHERE l.case_id = t.rowid >> 20
                        AND l.seq = t.rowid & 1048575 AND l.recorded_at <= :now)))
                OR c.customer_id IN (SELECT rowid FROM customer_text WHERE customer_text MATCH :q\(index)))
                """, "q\(index)", term)
        }
    }

    /// The cases with their promises, as the record had them at `asOf`.
    private func files(_ records: [Case]) throws -> [CaseFile] {
        let promises = try promises(ofCases: records.map(\.id))
        let files = records.map { CaseFile(record: $0, promises: promises[$0.id] ?? []) }
        guard isHistorical else { return files }
        let statusChanges = try statusChanges(ofCases: records.map(\.id))
        let ownerChanges = try ownerChanges(ofPromises: promises.values.flatMap { $0.map(\.id) })
        return try files.compactMap { file in
            let history = CaseHistory(
                statusChanges: statusChanges[file.record.id] ?? [], ownerChanges: ownerChanges)
            guard let then = file.asOf(asOf, history: history) else { return nil }
            var record = then.record
            (record.version, record.updatedAt) = try lastChange(ofCase: record.id)
            return CaseFile(record: record, promises: then.promises)
        }
    }

    /// The promises of each case, oldest first.
    private func promises(ofCases ids: [Int64]) throws -> [Int64: [Promise]] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(PromiseColumns.list) FROM promise p
                WHERE p.case_id IN (SELECT value FROM json_each(?))
                ORDER BY p.id
                """)
        var promises: [Int64: [Promise]] = [:]
        let cursor = try Row.fetchCursor(statement, arguments: [jsonArray(ids)])
        while let row = try cursor.next() {
            promises[row[1], default: []].append(try PromiseColumns.promise(row, names: names, db))
        }
        return promises
    }

    private func statusChanges(ofCases ids: [Int64]) throws -> [Int64: [StatusChange]] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT case_id, recorded_at, status FROM status_change
                WHERE case_id IN (SELECT value FROM json_each(?))
                ORDER BY id
                """)
        var changes: [Int64: [StatusChange]] = [:]
        let cursor = try Row.fetchCursor(statement, arguments: [jsonArray(ids)])
        while let row = try cursor.next() {
            changes[row[0], default: []].append(
                StatusChange(recordedAt: row.instant(1), status: try row.word(2)))
        }
        return changes
    }

    /// The case's version and last change at `asOf`.
    private func lastChange(ofCase id: Int64) throws -> (version: Int64, updatedAt: Instant) {
        let statement = try db.cachedStatement(
            sql: """
                SELECT seq, recorded_at FROM case_log WHERE case_id = ? AND recorded_at <= ?
                ORDER BY seq DESC LIMIT 1
                """)
        guard let row = try Row.fetchOne(statement, arguments: [id, asOf.milliseconds]) else {
            throw StoreError.failed("case \(id) has no log")
        }
        return (row[0], row.instant(1))
    }
}
