import Complaints
import GRDB

extension ReadTransaction {
    /// The promise of that id, with its case; nil when there is none (or none yet).
    public func promise(_ id: Int64) throws -> PromiseRow? {
        let row = try statements.first(Self.promiseByID, db, bind: { $0.add(id) }, promiseRow)
        return try row.flatMap { try asOfRecord([$0]).first }
    }

    private static let promiseByID = SQL(
        """
        SELECT \(PromiseColumns.list), \(SummaryColumns.list)
        FROM promise p
        JOIN complaint_case c ON c.id = p.case_id
        JOIN customer u ON u.id = c.customer_id
        WHERE p.id = ?
        """)

    /// The id of the case a promise was made in.
    func caseID(ofPromise id: Int64) throws -> Int64? {
        try statements.first(Self.caseOfPromise, db, bind: { $0.add(id) }) { $0.integer(0) }
    }

    private static let caseOfPromise = SQL("SELECT case_id FROM promise WHERE id = ?")

    /// A page of the promises the filter lets through, in its order.
    public func promises(_ filter: PromiseFilter, _ request: PageRequest) throws -> Page<PromiseRow> {
        let walks = filter.walks(isHistorical: isHistorical)
        var list = try listSQL(filter)
        let count = request.counts ? try count(walks.map { $0.from(filter) }, list) : nil
        let isDescending = filter.order == .dueAtDescending
        if let after = request.after {
            list.bind("after_due_at", .integer(after.value))
            list.bind("after_id", .integer(after.id))
            let sign = isDescending ? "<" : ">"
            // The first condition lets the index find the place; the second one tells rows of one instant apart.
            list.add("p.due_at \(sign)= :after_due_at")
            list.add("(p.due_at, p.id) \(sign) (:after_due_at, :after_id)")
        }
        let sql = Self.pageSQL(walks, list, direction: isDescending ? "DESC" : "ASC", limit: request.limit + 1) {
            $0.from(filter).tables
        }
        var rows: [PromiseRow] = []
        try statements.rows(sql, list.values, db) { row in
            rows.append(try promiseRow(row))
            return true
        }
        return page(try asOfRecord(rows), request, count: count) {
            PageKey(value: $0.promise.dueAt.milliseconds, id: $0.promise.id)
        }
    }

    /// The promises come first, in the order of an index where there is one; each then looks up its case. Of several
    /// walks each gives no more than a page, and the page is the first of all of these.
    ///
    /// - Parameters:
    ///   - more: columns behind those of the promise and its case.
    ///   - tables: those that the conditions are about.
    static func pageSQL(
        _ walks: [PromiseWalk], _ list: ListSQL, direction: String = "ASC", limit: Int, more: String = "",
        _ tables: (PromiseWalk) -> String
    ) -> String {
        let columns = "\(PromiseColumns.list), \(SummaryColumns.list)\(more)"
        let order = "ORDER BY p.due_at \(direction), p.id \(direction)"
        let cases = """
            CROSS JOIN complaint_case c ON c.id = p.case_id
            CROSS JOIN customer u ON u.id = c.customer_id
            """
        if walks.count == 1 {
            let from = "promise p INDEXED BY \(walks[0].index)\n\(cases)"
            return """
                SELECT \(columns)
                FROM \(from)
                \(list.adding(walks[0].conditions).whereClause)
                \(order)
                LIMIT \(limit)
                """
        }
        let parts = walks.map { walk in
            """
            SELECT * FROM (SELECT p.id, p.due_at FROM \(tables(walk))
                \(list.adding(walk.conditions).whereClause) \(order) LIMIT \(limit))
            """
        }
        return """
            SELECT \(columns)
            FROM (\(parts.joined(separator: "\nUNION ALL\n")) ORDER BY 2 \(direction), 1 \(direction)
                LIMIT \(limit)) w
            CROSS JOIN promise p ON p.id = w.id
            \(cases)
            ORDER BY w.due_at \(direction), w.id \(direction)
            """
    }

    func listSQL(_ filter: PromiseFilter) throws -> ListSQL {
        let state = PromiseStateSQL(isHistorical: isHistorical)
        var list = ListSQL()
        // Any party is written out: the index on unsettled promises begins with them.
        list.add("p.promised_by", in: filter.by.map { [$0] } ?? Set(Promiser.allCases))
        list.add("p.promised_to", in: filter.to.map { [$0] } ?? Set(Promisee.allCases))
        if let isInState = state.isIn(filter.states) {
            list.add(isInState)
            // The instant is the only thing that is bound in it.
            if isInState.utf8.contains(UInt8(ascii: ":")) { list.bind("now", .instant(asOf)) }
        }
        if isHistorical { list.add("p.made_at <= :now", "now", .instant(asOf)) }
        let owner = isHistorical ? Self.ownerAsOf : "p.owner_id"
        list.add(owner, names: filter.owner, as: .owner)
        if let accountable = filter.accountable {
            let expression = isHistorical ? AccountableSQL.at(":now") : AccountableSQL.today
            list.add(AccountableSQL.isNamed(expression), "accountable", .text(accountable.folded))
            if isHistorical { list.bind("now", .instant(asOf)) }
        }
        if let unowned = filter.unowned { list.add("\(owner) IS \(unowned ? "" : "NOT ")NULL") }
        try add(filter.team, as: .team, to: &list)
        try add(filter.category, as: .category, to: &list)
        try add(tags: filter.tags, to: &list)
        list.add("p.kind", in: filter.kinds)
        try add(filter.severities, "severity", to: &list)
        if let id = filter.caseID { list.add("p.case_id = :case_id", "case_id", .integer(id)) }
        if let id = filter.customerID {
            let own = try OwnCases(of: id, in: self)
            list.add("p.case_id IN (\(own.ids))")
            list.bind(own.values)
        }
        if let contact = filter.contact { list.add("p.case_id IN (\(try cases(of: contact, &list)))") }
        if let before = filter.dueBefore { list.add("p.due_at < :due_before", "due_before", .instant(before)) }
        if let after = filter.dueAfter { list.add("p.due_at >= :due_after", "due_after", .instant(after)) }
        if let dueSoon = filter.dueSoon {
            let warnAhead = try PolicySQL(in: self, binding: &list).value(\.warnAhead.milliseconds)
            // The rule (`Promise.isDueSoon`).
            let rule = "\(state.unsettled) AND p.due_at >= :now AND p.due_at <= :now + \(warnAhead)"
            list.add(dueSoon ? rule : "NOT (\(rule))", "now", .instant(asOf))
            // Follows from it, and is for the index.
            let longest = try policyRules().active.map(\.warnAhead.milliseconds).max() ?? 0
            if dueSoon { list.add("p.due_at <= :now + \(longest)") }
        }
        if let unaccepted = filter.unaccepted {
            let rule = isHistorical ? "\(state.unsettled) AND \(Self.unacceptedAsOf)" : PromiseStateSQL.unaccepted
            list.add(unaccepted ? rule : "NOT (\(rule))")
            if isHistorical { list.bind("now", .instant(asOf)) }
        }
        if let inAbsence = filter.inAbsence {
            let (condition, absences) = try isInAbsence(owner)
            let rule = "\(state.unsettled) AND \(condition)"
            list.add(inAbsence ? rule : "NOT (\(rule))", "absences", .text(absences))
            if isHistorical { list.bind("now", .instant(asOf)) }
        }
        if let slips = filter.slipsMin { list.add("p.slips >= :slips_min", "slips_min", .integer(Int64(slips))) }
        return list
    }

    /// Whose promise it was at `:now`: the owner before the first change after it, else today's.
    static let ownerAsOf = """
        (CASE WHEN EXISTS (SELECT 1 FROM owner_change o WHERE o.promise_id = p.id AND o.recorded_at > :now)
            THEN (SELECT o.from_owner_id FROM owner_change o WHERE o.promise_id = p.id AND o.recorded_at > :now
                ORDER BY o.id LIMIT 1)
            ELSE p.owner_id END)
        """

    /// Whether whoever was its owner at `:now` had been asked by then, and had not said that they accept it.
    private static let unacceptedAsOf = """
        (CASE WHEN EXISTS (SELECT 1 FROM owner_change o WHERE o.promise_id = p.id AND o.recorded_at > :now)
            THEN (SELECT o.from_asked_at IS NOT NULL AND coalesce(o.from_accepted_at > :now, 1) FROM owner_change o
                WHERE o.promise_id = p.id AND o.recorded_at > :now ORDER BY o.id LIMIT 1)
            ELSE p.asked_at IS NOT NULL AND coalesce(p.accepted_at > :now, 1) END)
        """

    func promiseRow(_ row: Columns) throws -> PromiseRow {
        PromiseRow(
            promise: try PromiseColumns.promise(row, names: names, db),
            summary: try SummaryColumns.summary(row, at: PromiseColumns.count))
    }

    /// The rows as the record had them at `asOf`.
    func asOfRecord(_ rows: [PromiseRow]) throws -> [PromiseRow] {
        guard isHistorical || rows.contains(where: \.summary.customer.isOfSeveral) else { return rows }
        let changes = isHistorical ? try ownerChanges(ofPromises: rows.map(\.promise.id)) : [:]
        return zip(rows.map(\.promise), try asOfRecord(rows.map(\.summary))).compactMap { promise, summary in
            guard isHistorical else { return PromiseRow(promise: promise, summary: summary) }
            return promise.asOf(asOf, ownerChanges: changes[promise.id] ?? []).map {
                PromiseRow(promise: $0, summary: summary)
            }
        }
    }

    /// The changes of hands of each promise, oldest first.
    func ownerChanges(ofPromises ids: [Int64]) throws -> [Int64: [OwnerChange]] {
        var changes: [Int64: [OwnerChange]] = [:]
        try statements.rows(Self.ownerChanges, db, bind: { $0.add(jsonArray(ids)) }) { row in
            let change = OwnerChange(
                recordedAt: row.instant(1), from: try names.spelling(row.optionalInteger(2), db),
                acceptance: try row.optionalInstant(3).map {
                    Promise.Acceptance(
                        askedAt: $0, askedBy: try names.spelling(row.optionalInteger(5), db),
                        acceptedAt: row.optionalInstant(4))
                }, isDecline: row.flag(6))
            changes[row.integer(0), default: []].append(change)
        }
        return changes
    }

    private static let ownerChanges = SQL(
        """
        SELECT promise_id, recorded_at, from_owner_id, from_asked_at, from_accepted_at, from_asked_by_id, declined
        FROM owner_change
        WHERE promise_id IN (SELECT value FROM json_each(?))
        ORDER BY id
        """)

    /// Ids as a JSON array, so that any number of them is one bound value.
    func jsonArray(_ ids: [Int64]) -> String {
        "[" + ids.map(String.init).joined(separator: ",") + "]"
    }
}
