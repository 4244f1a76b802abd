public import Complaints
import GRDB

extension ReadTransaction {
    /// What a row of a file is held against: the case on record that has its `external_id`, or had it when its customer was
    /// erased or before; nil when there is none.
    func knownCase(_ request: ImportRequest) throws -> (id: Int64, complaint: String, isErased: Bool)? {
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
        try caseRow(id).flatMap { try files([$0]).first }
    }

    /// The case of that id, with its fields as they were at the record's instant; nil when there is none.
    func caseRecord(_ id: Int64) throws -> Case? {
        try caseRow(id).flatMap { try asOfRecord([$0]).first }
    }

    private func caseRow(_ id: Int64) throws -> Case? {
        try statements.first(Self.caseByID, db, bind: { $0.add(id) }) { try CaseColumns.record($0, names: names, db) }
    }

    private static let caseByID = SQL(
        """
        SELECT \(CaseColumns.list)
        FROM complaint_case c JOIN customer u ON u.id = c.customer_id
        WHERE c.id = ?
        """)

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
    private struct FoundCase {
        let record: Case
        var rank: Int64 = 0
    }

    /// What a search finds: first the case of that id, then the cases of whom it names, or that are known by it elsewhere, then those
    /// that tell of it.
    ///
    /// To look for a word that many have takes longer than all else, and takes it each time. So what is counted is kept, unless
    /// it is very much, and what is shown of it is looked for no more.
    private func foundRecords(
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

    /// One list after the other, from where a page begins; nil for one in which there is nothing.
    private func ranked(
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

    /// All that is asked for but what is searched.
    func listSQL(_ filter: CaseFilter) throws -> ListSQL {
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
        if let waiting = filter.waitingOnCustomer {
            list.add(
                """
                (\(statusOfCase) = 'open' AND EXISTS (SELECT 1 FROM promise p INDEXED BY promise_by_case
                    WHERE p.case_id = c.id AND \(state.unsettled) AND p.made_at <= :now
                    AND p.promised_by = 'customer')) = \(waiting ? 1 : 0)
                """)
            if waiting { list.add("\(statusOfCase) = 'open'") }
        }
        if let accepted = filter.accepted { list.add("\(ofStatus("customer_accepted")) = \(accepted ? 1 : 0)") }
        if !filter.outcomes.isEmpty {
            let found = "coalesce(\(ofStatus("outcome")), '\(SoughtOutcome.none.rawValue)')"
            list.add("\(statusOfCase) <> 'open'")
            list.add(found, in: filter.outcomes)
        }
        if let unowned = filter.unowned { list.add("\(try caseField("owner")) IS \(unowned ? "" : "NOT ")NULL") }
        try add(filter.owner, as: .owner, to: &list)
        try add(filter.team, as: .team, to: &list)
        try add(filter.category, as: .category, to: &list)
        try add(tags: filter.tags, to: &list)
        if let regime = filter.regime {
            list.add(
                "\(try caseField("regime")) = :regime", "regime", .text(try regimeName(FoldedName(regime)) ?? regime))
        }
        try add(filter.severities, "severity", to: &list)
        try add(filter.moods, "mood", to: &list)
        try add(filter.channels, "channel", to: &list)
        if let id = filter.customerID {
            let own = try OwnCases(of: id, in: self)
            list.add(own.condition)
            list.bind(own.values)
        }
        if let vulnerable = filter.vulnerable {
            list.add("c.id \(vulnerable ? "" : "NOT ")IN (\(try cases(ofPeople: self.vulnerable)))")
        }
        if let contact = filter.contact { list.add("c.id IN (\(try cases(of: contact, &list)))") }
        if let id = filter.externalID { try add(externalID: id, to: &list) }
        if let instant = filter.resolvedAfter {
            list.add("\(resolvedAt) >= :resolved_after", "resolved_after", .instant(instant))
            // Follows from it, as nothing is told before it was, and is for the index.
            list.add(
                """
                c.id IN (SELECT s.case_id FROM status_change s INDEXED BY status_change_since
                    WHERE s.recorded_at >= :resolved_after AND s.status = 'resolved')
                """)
        }
        if let instant = filter.resolvedBefore {
            list.add("\(resolvedAt) < :resolved_before", "resolved_before", .instant(instant))
        }
        if let instant = filter.updatedAfter {
            list.add("(\(updatedAt) > :updated_after OR \(try customerUpdated()))", "updated_after", .instant(instant))
        }
        return list
    }

    /// The case's field of that name is the name, however it was written.
    func add(_ name: String?, as role: NameRole, to list: inout ListSQL) throws {
        if name != nil { list.add(try caseField(role.rawValue), names: name, as: role) }
    }

    /// The case has one of those tags, however it was written.
    func add(tags: [String], to list: inout ListSQL) throws {
        guard !tags.isEmpty else { return }
        let names = tags.indices.map { ":tag\($0)" }.joined(separator: ", ")
        list.add(
            """
            EXISTS (SELECT 1 FROM json_each(\(try caseField("tags"))) g WHERE \(FoldName.name)(g.value) IN (\(names)))
            """)
        for (index, tag) in tags.enumerated() { list.bind("tag\(index)", .text(tag.folded)) }
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

    /// A column that stands with the status of `complaint_case c`, at `:now`.
    func ofStatus(_ column: String) -> String {
        guard isHistorical else { return "c.\(column)" }
        return """
            (SELECT s.\(column) FROM status_change s WHERE s.case_id = c.id AND s.recorded_at <= :now
                ORDER BY s.id DESC LIMIT 1)
            """
    }

    /// When the case was resolved last, up to `:now`; null while it was open.
    private var resolvedAt: String {
        guard isHistorical else { return "c.resolved_at" }
        return """
            (CASE WHEN \(statusOfCase) <> 'open' THEN (
                SELECT coalesce(s.resolved_at, s.recorded_at) FROM status_change s
                WHERE s.case_id = c.id AND s.status = 'resolved' AND s.corrects = 0 AND s.recorded_at <= :now
                ORDER BY s.id DESC LIMIT 1) END)
            """
    }

    /// When the case was last changed, up to `:now`.
    private var updatedAt: String {
        guard isHistorical else { return "c.updated_at" }
        return """
            (SELECT l.recorded_at FROM case_log l WHERE l.case_id = c.id AND l.recorded_at <= :now
                AND l.kind NOT IN \(LogKind.machineWords) ORDER BY l.seq DESC LIMIT 1)
            """
    }

    /// Whether the case's customer, or who that is in the end, was changed after `:updated_after`, up to `:now`: they are shown with the case.
    private func customerUpdated() throws -> String {
        let updatedAt = try then("k.updated_at", "updated_at", of: .customer, id: "k.id")
        let customerID = try caseField("customer_id")
        let own = "(SELECT \(updatedAt) FROM customer k WHERE k.id = \(customerID)) > :updated_after"
        guard try hasMerges() else { return own }
        let others =
            "SELECT k.id FROM customer k INDEXED BY customer_has_merged WHERE k.has_merged = 1 AND \(updatedAt) > :updated_after"
        return "(\(own) OR \(customerID) IN (\(try everybody(under: others))))"
    }

    /// Each term occurs in the case, in an entry of its log up to `:now`, or in its customer.
    private func add(_ search: SearchQuery, to list: inout ListSQL) throws {
        var found = FoundSQL(self)
        for term in search.terms { list.add("c.id IN (\(try found.cases(term, .all, &list)))") }
    }

    /// Selects the cases of those customers of whom `ids` selects the ids, and of everybody who they are one with; either
    /// column is called `id`.
    func cases(ofPeople ids: String) throws -> String {
        let people = try everybody(likeOneOf: ids)
        let today = """
            SELECT k.id AS id FROM (\(people)) w CROSS JOIN complaint_case k INDEXED BY complaint_case_by_customer
                ON k.customer_id = w.id
            """
        guard try hasChanged("customer_id", of: .case) else { return today }
        return """
            SELECT c.id AS id FROM complaint_case c WHERE \(try caseField("customer_id")) IN (\(people)) AND c.id IN (
                \(today)
                UNION ALL
                SELECT f.about_id FROM field_change f INDEXED BY field_change_since
                    WHERE f.about = 'case' AND f.field = 'customer_id' AND f.recorded_at > :now
                        AND f.before IN (\(people)))
            """
    }

    /// The cases with their promises, as the record had them at `asOf`.
    private func files(_ records: [Case]) throws -> [CaseFile] {
        let files = try asOfRecord(records).map { record in
            let promises = try promises(ofCase: record.id)
            return CaseFile(
                record: record, promises: promises, matters: try matters(ofCase: record.id),
                duplicates: try duplicates(ofCase: record.id, with: promises), stages: try stages(of: record),
                resolutions: try resolutions(of: record), policy: CasePolicy(try policy(for: record)))
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
                record: record, promises: then.promises, matters: then.matters, duplicates: then.duplicates,
                stages: then.everyStage, resolutions: then.resolutions,
                policy: CasePolicy(try policy(for: record)))
        }
    }

    /// The promises of a case, oldest first.
    func promises(ofCase id: Int64) throws -> [Promise] {
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
                    customerAccepted: row.optionalInteger(3).map { $0 != 0 }, duplicateOf: row.optionalInteger(4),
                    ending: try EndingColumns.ending(row, at: 7), resolvedAt: row.optionalInstant(5),
                    isCorrection: row.flag(6)))
        }
        return changes
    }

    private static let statusChanges = SQL(
        """
        SELECT s.case_id, s.recorded_at, s.status, s.customer_accepted, s.duplicate_of, s.resolved_at, s.corrects,
            \(EndingColumns.list(of: "s"))
        FROM status_change s
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
        WHERE case_id = ? AND recorded_at <= ? AND kind NOT IN \(LogKind.machineWords)
        ORDER BY seq DESC LIMIT 1
        """)
}
