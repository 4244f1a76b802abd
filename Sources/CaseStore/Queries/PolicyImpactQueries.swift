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
        let matched = question.applied(to: file.map { MatchedCase($0.record) } ?? MatchedCase(CaseFields(), nil))
        let rules = try policyRules()
        let policy = try withCalendar(rules.first(for: matched), ofTeam: matched.team)
        let receivedAt = question.receivedAt?.instant(at: asOf) ?? file?.record.receivedAt ?? asOf
        let named = matched.regime ?? policy.regime
        let regime = try named.map { try regimePreview($0, receivedAt: receivedAt) }
        let regimeIssues = (regime?.refusal).map { [$0.issue(at: "regime")] } ?? regime?.preview?.issues ?? []
        // A policy's stops no complaint.
        if question.regime != nil { issues += regimeIssues }
        _ = try incoming.adding(issues).taken()
        return PolicyPreview(
            of: matched, caseID: question.caseID, receivedAt: receivedAt, policy: policy,
            regime: regimeIssues.isEmpty ? regime?.preview : nil,
            regimeReason: regimeIssues.first.map { "The regime \($0.detail)" }, by: rules)
    }

    /// What a regime would promise for a complaint that was received then, or why it can't be gone by.
    private func regimePreview(
        _ name: String, receivedAt: Instant
    ) throws -> (preview: RegimePreview?, refusal: RegimeRefusal?) {
        do {
            guard let found = try regime(name, receivedAt: receivedAt) else { return (nil, try unknownRegime(name)) }
            return (RegimePreview(found, receivedAt: receivedAt, openedAt: asOf), nil)
        } catch let refusal as RegimeRefusal {
            return (nil, refusal)
        }
    }

    /// A policy with the calendar of a team, where any of it is counted on that.
    func withCalendar(_ policy: Policy, ofTeam team: String?) throws -> Policy {
        var policy = policy
        if policy.usesBusinessTime { policy.calendar = try deskCalendar(ofTeam: team) }
        return policy
    }

    /// A page of the unsettled promises that the policy of their cases made by itself, and that would be due at another
    /// instant by what it and the calendars are now, oldest due first. Those that came in from another system, or go on from
    /// another case, are not among them: they were not made by any policy there is here; nor is what a clock of a regime made.
    ///
    /// What is due in business time is known to no index. So it walks what is unsettled, no further than `impactLimit` for one
    /// page: that may have fewer than were asked for, or none, and goes on where the walk ended.
    public func impact(of policy: Policy, _ request: PageRequest) throws -> Page<PolicyImpact> {
        guard policy.rule.active else {
            return Page(items: [], next: nil, total: request.counts ? 0 : nil, totalIsCapped: false)
        }
        let walk = try ImpactWalk(of: policy, in: self)
        let cap = Page<PolicyImpact>.totalCap
        let whole = request.counts ? try walk.found(after: nil, upTo: cap + 1) : nil
        let found =
            if let whole, request.after == nil { whole } else {
                try walk.found(after: request.after, upTo: request.limit + 1)
            }
        let shown = found.promises.prefix(request.limit)
        return Page(
            items: try impacts(of: Array(shown)),
            next: found.promises.count > request.limit ? shown.last?.key : found.end,
            total: whole.map { min($0.promises.count, cap) },
            totalIsCapped: whole.map { $0.end != nil || $0.promises.count > cap } ?? false)
    }

    /// Reads what is shown of those that were found.
    private func impacts(of found: [ImpactWalk.Found]) throws -> [PolicyImpact] {
        guard !found.isEmpty else { return [] }
        let ids = jsonArray(found.map(\.key.id))
        var rows: [Int64: PromiseRow] = [:]
        try statements.rows(Self.promisesByID, db, bind: { $0.add(ids) }) { row in
            let promise = try promiseRow(row)
            rows[promise.promise.id] = promise
        }
        let read = try asOfRecord(found.compactMap { rows[$0.key.id] })
        let byID = Dictionary(uniqueKeysWithValues: read.map { ($0.promise.id, $0) })
        return found.compactMap { found in
            byID[found.key.id].map {
                PolicyImpact(
                    promise: $0.promise, summary: $0.summary, countedFrom: found.countedFrom, policy: found.policy)
            }
        }
    }

    private static let promisesByID = SQL(
        """
        SELECT \(PromiseColumns.list), \(SummaryColumns.list)
        FROM json_each(?) w
        CROSS JOIN promise p ON p.id = w.value
        CROSS JOIN complaint_case c ON c.id = p.case_id
        CROSS JOIN customer u ON u.id = c.customer_id
        """)
}
