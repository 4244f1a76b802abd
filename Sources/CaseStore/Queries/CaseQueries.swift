public import Complaints
import GRDB

extension ReadTransaction {
    /// What a row of a file is held against: the case on record that has its `external_id`, or had it when its customer was
    /// erased or before; nil when there is none.
    public func knownCase(_ request: ImportRequest) throws -> (id: Int64, complaint: String, isErased: Bool)? {
        guard let externalID = request.fields.externalID else { return nil }
        for known in [Self.caseByKey, Self.erasedCaseByFormerKey] {
            let found = try statements.first(known, db, bind: { $0.add(externalID) }) {
                (id: $0.integer(0), complaint: $0.text(1), isErased: $0.flag(2))
            }
            if let found { return found }
        }
        return nil
    }

    private static let erasedCaseByFormerKey = SQL(
        """
        SELECT c.id, c.complaint, 1
        FROM field_change f INDEXED BY field_change_by_key JOIN complaint_case c ON c.id = f.about_id
            JOIN customer u ON u.id = c.customer_id
        WHERE f.about = 'case' AND f.field = 'external_id' AND f.before = ? AND u.erased_at IS NOT NULL
        LIMIT 1
        """)

    private static let caseByKey = SQL(
        """
        SELECT c.id, c.complaint, u.erased_at IS NOT NULL
        FROM complaint_case c JOIN customer u ON u.id = c.customer_id WHERE c.external_id = ?
        """)

    /// The case of that id with all its promises; nil when there is none (or none yet).
    public func caseFile(_ id: Int64) throws -> CaseFile? {
        let record = try statements.first(Self.caseByID, db, bind: { $0.add(id) }) {
            try CaseColumns.record($0, names: names, db)
        }
        return try record.flatMap { try files([$0]).first }
    }

    private static let caseByID = SQL(
        """
        SELECT \(CaseColumns.list)
        FROM complaint_case c JOIN customer u ON u.id = c.customer_id
        WHERE c.id = ?
        """)

    /// A page of the cases the filter lets through, in its order, each with its promises.
    public func cases(_ filter: CaseFilter, _ request: PageRequest) throws -> Page<CaseFile> {
        let walk = filter.walk(isHistorical: isHistorical)
        let list = try listSQL(filter)
        let count = request.counts ? try count(from: walk.cases, list) : nil
        let files = try files(
            filter.order == .nextDueAt && !walk.isBounded
                ? recordsByNextDueAt(walk, list, request) : records(filter, walk, list, request))
        return page(files, request, count: count) { [asOf] file in
            switch filter.order {
            case .openedAt, .openedAtDescending:
                PageKey(value: file.record.openedAt.milliseconds, id: file.record.id)
            case .nextDueAt: PageKey(value: file.timeline(at: asOf).nextDueAt?.milliseconds, id: file.record.id)
            }
        }
    }

    private func records(
        _ filter: CaseFilter, _ walk: CaseWalk, _ filtered: ListSQL, _ request: PageRequest
    ) throws -> [Case] {
        var list = filtered
        let (value, isDescending): (String, Bool) =
            switch filter.order {
            case .openedAt: ("c.opened_at", false)
            case .openedAtDescending: ("c.opened_at", true)
            case .nextDueAt: (nextDueAt, false)
            }
        if let after = request.after {
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
            """, list, limit: request.limit + 1)
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

    private func listSQL(_ filter: CaseFilter) throws -> ListSQL {
        let state = PromiseStateSQL(isHistorical: isHistorical)
        var list = ListSQL()
        list.bind("now", .instant(asOf))
        if isHistorical { list.add("c.opened_at <= :now") }
        list.add(statusOfCase, in: filter.statuses)
        switch filter.overdue {
        case true?:
            // The overdue promises are looked up first, and then their cases.
            let walks = PromiseFilter.overdue.walks(isHistorical: isHistorical).map { walk in
                """
                SELECT p.case_id FROM promise p INDEXED BY \(walk.index)
                    WHERE \((walk.conditions + [PromiseStateSQL.toCustomer]).joined(separator: " AND "))
                    AND p.due_at < :now AND p.made_at <= :now
                """
            }
            list.add("c.id IN (\(walks.joined(separator: " UNION ALL ")))")
        case false?:
            list.add(
                """
                NOT EXISTS (SELECT 1 FROM promise p INDEXED BY promise_by_case WHERE p.case_id = c.id
                    AND \(state.unsettled) AND p.due_at < :now AND p.made_at <= :now AND \(PromiseStateSQL.toCustomer))
                """)
        case nil: break
        }
        if let silent = filter.silent {
            list.add(
                """
                (\(statusOfCase) = 'open' AND NOT EXISTS (SELECT 1 FROM promise p INDEXED BY promise_by_case
                    WHERE p.case_id = c.id AND \(state.unsettled) AND p.made_at <= :now
                    AND \(PromiseStateSQL.toCustomer))) = \(silent ? 1 : 0)
                """)
            // Follows from it, and lets the index on open cases be used.
            if silent { list.add("\(statusOfCase) = 'open'") }
        }
        if let accepted = filter.accepted { list.add("\(acceptedOfCase) = \(accepted ? 1 : 0)") }
        if let unowned = filter.unowned { list.add("\(try caseField("owner")) IS \(unowned ? "" : "NOT ")NULL") }
        try add(filter.owner, as: .owner, to: &list)
        try add(filter.team, as: .team, to: &list)
        try add(filter.category, as: .category, to: &list)
        try add(filter.severities, "severity", to: &list)
        try add(filter.moods, "mood", to: &list)
        try add(filter.channels, "channel", to: &list)
        if let id = filter.customerID { list.add("c.customer_id = :customer_id", "customer_id", .integer(id)) }
        if let id = filter.externalID { try add(externalID: id, to: &list) }
        if let instant = filter.updatedAfter {
            list.add("(\(updatedAt) > :updated_after OR \(try customerUpdated()))", "updated_after", .instant(instant))
        }
        if let search = filter.search { try add(search, to: &list) }
        return list
    }

    /// The case's field of that name is the name, however it was written.
    func add(_ name: String?, as role: NameRole, to list: inout ListSQL) throws {
        if name != nil { list.add(try caseField(role.rawValue), names: name, as: role) }
    }

    /// The case's field is one of the words; no words mean any.
    func add<Word: Vocabulary>(_ words: Set<Word>, _ field: String, to list: inout ListSQL) throws {
        if !words.isEmpty { list.add(try caseField(field), in: words) }
    }

    private func add(externalID: String, to list: inout ListSQL) throws {
        list.add("\(try caseField("external_id")) = :external_id", "external_id", .text(externalID))
        guard isHistorical else { return }
        let ids = try idsThen(
            "external_id", is: ":external_id", of: .case,
            today: """
                SELECT k.id FROM complaint_case k INDEXED BY complaint_case_by_external_id
                    WHERE k.external_id = :external_id
                """)
        list.add("c.id IN (\(ids))")
    }

    /// The status of `complaint_case c` at `:now`.
    var statusOfCase: String {
        guard isHistorical else { return "c.status" }
        return """
            coalesce((SELECT s.status FROM status_change s WHERE s.case_id = c.id AND s.recorded_at <= :now
                ORDER BY s.id DESC LIMIT 1), 'open')
            """
    }

    /// What the customer of `complaint_case c` had said by `:now` to how it was resolved.
    private var acceptedOfCase: String {
        guard isHistorical else { return "c.customer_accepted" }
        return """
            (SELECT s.customer_accepted FROM status_change s WHERE s.case_id = c.id AND s.recorded_at <= :now
                ORDER BY s.id DESC LIMIT 1)
            """
    }

    /// When the case was last changed, up to `:now`.
    private var updatedAt: String {
        guard isHistorical else { return "c.updated_at" }
        return """
            (SELECT l.recorded_at FROM case_log l WHERE l.case_id = c.id AND l.recorded_at <= :now
                AND l.kind <> 'promise_overdue' ORDER BY l.seq DESC LIMIT 1)
            """
    }

    /// Whether the case's customer was changed after `:updated_after`, up to `:now`: they are shown with the case.
    private func customerUpdated() throws -> String {
        let updatedAt = try then("k.updated_at", "updated_at", of: .customer, id: "k.id")
        return "(SELECT \(updatedAt) FROM customer k WHERE k.id = c.customer_id) > :updated_after"
    }

    /// Each term occurs in the case, in an entry of its log up to `:now`, or in its customer.
    private func add(_ search: SearchQuery, to list: inout ListSQL) throws {
        let history = try SearchHistory(search.terms, in: self, searchesCases: true)
        func ifRecorded(_ row: String) -> String {
            guard isHistorical else { return "" }
            return """
                AND CASE \(row) & 1048575 WHEN 0 THEN \(history.subjectStands("\(row) >> 20"))
                    ELSE EXISTS (SELECT 1 FROM case_log l WHERE l.case_id = \(row) >> 20
                        AND l.seq = \(row) & 1048575 AND l.recorded_at <= :now) END
                """
        }
        for (index, term) in search.terms.enumerated() {
            var matches = [
                """
                SELECT t.rowid >> 20 FROM case_text t WHERE case_text MATCH :q\(index) \(ifRecorded("t.rowid"))
                """,
                """
                SELECT k.id FROM customer_text t CROSS JOIN complaint_case k ON k.customer_id = t.rowid
                    WHERE customer_text MATCH :q\(index) AND \(history.customerStands("t.rowid"))
                """,
            ]
            let tail = (
                cases: try searchTail.cases(term, in: self), customers: try searchTail.customers(term, in: self)
            )
            if !tail.cases.isEmpty {
                list.bind("cases\(index)", .text(jsonArray(tail.cases)))
                matches.append(
                    """
                    SELECT t.value >> 20 FROM json_each(:cases\(index)) t WHERE 1 \(ifRecorded("t.value"))
                    """)
            }
            if !tail.customers.isEmpty {
                list.bind("customers\(index)", .text(jsonArray(tail.customers)))
                matches.append(
                    """
                    SELECT k.id FROM json_each(:customers\(index)) t CROSS JOIN complaint_case k
                        ON k.customer_id = t.value WHERE \(history.customerStands("t.value"))
                    """)
            }
            if !history.cases[index].isEmpty {
                list.bind("cases_then\(index)", .text(jsonArray(history.cases[index])))
                matches.append("SELECT t.value FROM json_each(:cases_then\(index)) t")
            }
            if !history.customers[index].isEmpty {
                list.bind("customers_then\(index)", .text(jsonArray(history.customers[index])))
                matches.append(
                    """
                    SELECT k.id FROM json_each(:customers_then\(index)) t CROSS JOIN complaint_case k
                        ON k.customer_id = t.value
                    """)
            }
            list.add("c.id IN (\(matches.joined(separator: "\nUNION ALL\n")))", "q\(index)", .text(term))
        }
    }

    /// The cases with their promises, as the record had them at `asOf`.
    private func files(_ records: [Case]) throws -> [CaseFile] {
        let files = try asOfRecord(records).map { record in
            let promises = try promises(ofCase: record.id)
            return CaseFile(
                record: record, promises: promises, matters: try matters(ofCase: record.id),
                mattersElsewhere: try mattersElsewhere(of: promises))
        }
        guard isHistorical else { return files }
        let statusChanges = try statusChanges(ofCases: records.map(\.id))
        let ownerChanges = try ownerChanges(ofPromises: files.flatMap { $0.promises.map(\.id) })
        return try files.compactMap { file in
            let history = CaseHistory(
                statusChanges: statusChanges[file.record.id] ?? [], ownerChanges: ownerChanges)
            guard let then = file.asOf(asOf, history: history) else { return nil }
            var record = then.record
            (record.version, record.updatedAt) = try lastChange(ofCase: record.id)
            return CaseFile(
                record: record, promises: then.promises, matters: then.matters, mattersElsewhere: then.mattersElsewhere)
        }
    }

    /// The promises of a case, oldest first.
    private func promises(ofCase id: Int64) throws -> [Promise] {
        var promises: [Promise] = []
        try statements.rows(Self.promisesOfCase, db, bind: { $0.add(id) }) {
            promises.append(try PromiseColumns.promise($0, names: names, db))
        }
        return promises
    }

    private static let promisesOfCase = SQL(
        "SELECT \(PromiseColumns.list) FROM promise p WHERE p.case_id = ? ORDER BY p.id")

    private func statusChanges(ofCases ids: [Int64]) throws -> [Int64: [StatusChange]] {
        var changes: [Int64: [StatusChange]] = [:]
        try statements.rows(Self.statusChanges, db, bind: { $0.add(jsonArray(ids)) }) { row in
            changes[row.integer(0), default: []].append(
                StatusChange(
                    recordedAt: row.instant(1), status: try row.word(2),
                    customerAccepted: row.optionalInteger(3).map { $0 != 0 }, duplicateOf: row.optionalInteger(4)))
        }
        return changes
    }

    private static let statusChanges = SQL(
        """
        SELECT case_id, recorded_at, status, customer_accepted, duplicate_of FROM status_change
        WHERE case_id IN (SELECT value FROM json_each(?))
        ORDER BY id
        """)

    /// The case's version and last change at `asOf`.
    private func lastChange(ofCase id: Int64) throws -> (version: Int64, updatedAt: Instant) {
        let last = try statements.first(
            Self.lastChange, db,
            bind: { row in
                row.add(id)
                row.add(asOf)
            }
        ) { (version: $0.integer(0), updatedAt: $0.instant(1)) }
        guard let last else { throw StoreError.unreadable("case \(id) has no log") }
        return last
    }

    private static let lastChange = SQL(
        """
        SELECT count(*) OVER (), recorded_at FROM case_log
        WHERE case_id = ? AND recorded_at <= ? AND kind <> 'promise_overdue'
        ORDER BY seq DESC LIMIT 1
        """)
}
