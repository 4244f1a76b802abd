import Complaints
import GRDB

// What a filter of cases asks for, as conditions on `complaint_case c`.
extension ReadTransaction {
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
        if let span = filter.unheardFor {
            list.add("\(statusOfCase) = 'open'")
            list.add(
                "coalesce(\(heardAtSQL), c.received_at) <= :unheard_since", "unheard_since",
                .instant(asOf + ElapsedTime(milliseconds: -span.milliseconds)))
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
}
