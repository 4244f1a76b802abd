public import Complaints
import GRDB

extension ReadTransaction {
    /// Which policy a case would have by the rules of the record's instant.
    ///
    /// - Throws: `Refusal` where there is no such case, or it would be received in the future.
    public func policyPreview(_ incoming: Incoming<PolicyQuestion>) throws -> PolicyPreview {
        let question = incoming.value
        var issues = question.receivedAt?.issues(at: asOf, path: "received_at") ?? []
        let file = try question.caseID.flatMap(caseFile)
        if let id = question.caseID, file == nil {
            issues.append(FieldIssue("case_id", .invalidValue, "There is no case \(id)."))
        }
        _ = try incoming.adding(issues).taken()
        let matched = question.applied(to: file.map { MatchedCase($0.record) } ?? MatchedCase(CaseFields(), nil))
        return PolicyPreview(
            of: matched, caseID: question.caseID,
            receivedAt: question.receivedAt?.instant(at: asOf) ?? file?.record.receivedAt ?? asOf,
            by: try policyRules())
    }

    /// A page of the unsettled promises that the policy of their cases made by itself, and that would be due at another
    /// instant by what it is now, oldest due first. Those that came in from another system, or go on from another case, are
    /// not among them: they were not made by any policy there is here; nor is what a regime's clock made.
    ///
    /// It walks the index on unsettled promises, so it costs nothing for what was settled.
    public func impact(of policy: Policy, _ request: PageRequest) throws -> Page<PolicyImpact> {
        guard policy.rule.active else {
            return Page(items: [], next: nil, total: request.counts ? 0 : nil, totalIsCapped: false)
        }
        var filter = PromiseFilter()
        filter.states = [.open, .overdue]
        let walks = filter.walks(isHistorical: isHistorical)
        var list = try listSQL(filter)
        list.add("p.made_by_id = (SELECT id FROM name WHERE role = 'actor' AND spelling = '\(Actor.policy.name)')")
        list.add("NOT p.imported AND p.transferred_from IS NULL AND p.clock IS NULL")
        list.add(
            "\(try PolicySQL(in: self, binding: &list).value(\.id)) = :policy_id", "policy_id", .integer(policy.id))
        list.add("p.due_at IS NOT \(Self.ownCountedFrom) + \(Self.ownSpan(of: policy))")
        let count =
            request.counts
            ? try count(walks.map { CountedWalk(tables: Self.tables(of: $0), conditions: $0.conditions) }, list) : nil
        if let after = request.after {
            list.bind("after_due_at", .integer(after.value))
            list.bind("after_id", .integer(after.id))
            list.add("p.due_at >= :after_due_at")
            list.add("(p.due_at, p.id) > (:after_due_at, :after_id)")
        }
        let sql = Self.pageSQL(
            walks, list, limit: request.limit + 1, more: ", \(Self.ownCountedFrom)", Self.tables)
        var rows: [PromiseRow] = []
        var countedFrom: [Int64: Instant] = [:]
        try statements.rows(sql, list.values, db) { row in
            let promise = try promiseRow(row)
            countedFrom[promise.promise.id] = row.instant(PromiseColumns.count + SummaryColumns.count)
            rows.append(promise)
            return true
        }
        let impacts = try asOfRecord(rows).map { row in
            PolicyImpact(
                promise: row.promise, summary: row.summary,
                countedFrom: countedFrom[row.promise.id] ?? row.promise.madeAt, policy: policy)
        }
        return page(impacts, request, count: count) {
            PageKey(value: $0.promise.dueAt.milliseconds, id: $0.promise.id)
        }
    }

    private static func tables(of walk: PromiseWalk) -> String {
        "promise p INDEXED BY \(walk.index) CROSS JOIN complaint_case c ON c.id = p.case_id"
    }

    /// From when the time of a promise that the policy made is counted: an acknowledgement's from the receipt, unless it was
    /// made as the case was opened again, as any other's from its making.
    private static let ownCountedFrom = """
        (CASE WHEN p.kind = 'acknowledge' AND (p.made_at = c.opened_at OR NOT EXISTS (SELECT 1 FROM status_change s
                WHERE s.case_id = p.case_id AND s.recorded_at = p.made_at AND s.status = 'open'))
            THEN c.received_at ELSE p.made_at END)
        """

    /// `Policy.ownSpan(of:)`.
    private static func ownSpan(of policy: Policy) -> String {
        func span(_ kind: PromiseKind) -> String { policy.ownSpan(of: kind).map { String($0.milliseconds) } ?? "NULL" }
        let kinds = [PromiseKind.acknowledge, .followUp, .callback]
        return "CASE p.kind \(kinds.map { "WHEN '\($0.rawValue)' THEN \(span($0))" }.joined(separator: " ")) END"
    }
}
