import Complaints
import TestSupport
import Testing

@testable import CaseStore

/// Random histories under rules that change, held against the rules themselves, as of now and as of earlier.
@Suite("Policies as rules")
struct PolicyRuleTests {
    private static let names = ["VIP", "Water first", "Night", "Straße", "low", "normal"]

    private func span(_ random: inout SeededRandom) -> ElapsedTime { random.span(.hours(1)...(.days(4))) }

    private func change(_ name: String, _ random: inout SeededRandom) -> PolicyChange {
        var terms = PolicyEdit()
        terms.acknowledgeIn = span(&random)
        terms.warnAhead = span(&random)
        terms.followUpIn = .some(random.perhaps([span(&random)]))
        let business = [BusinessSpan(time: .hours(4)), BusinessSpan(days: 2), BusinessSpan(days: 1, time: .hours(1))]
        terms.acknowledgeInBusiness = .some(random.perhaps(business))
        terms.followUpInBusiness = .some(terms.followUpIn == .some(nil) ? nil : random.perhaps(business))
        terms.escalateAfter = random.one([1, 2, 3])
        guard Severity(rawValue: name) == nil else { return PolicyChange(terms: terms) }
        let seed = random.next()
        let rule = PolicyRuleEdit { field in
            var random = SeededRandom(seed ^ field.name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
            func some(_ words: [String]) -> EditedValue?? {
                random.once(in: 2) ? nil : .some(.texts(words.filter { _ in random.once(in: 2) }))
            }
            switch field.name {
            case "active": return random.once(in: 3) ? nil : .some(.flag(!random.once(in: 4)))
            // Few, so that there are ties.
            case "position": return random.once(in: 2) ? nil : .some(.integer(.random(in: 1...4, using: &random)))
            case "match_category": return some(RandomHistory.categories + ["WATER", "Never seen"])
            case "match_team": return some(RandomHistory.teams)
            default: return some(field.words)
            }
        }
        return PolicyChange(
            terms: terms, rule: rule, before: rule.position == nil && random.once(in: 5) ? "normal" : nil)
    }

    private func changeRules(_ desk: Desk, _ random: inout SeededRandom) throws {
        let name = random.one(Self.names)
        var change = change(name, &random)
        let isThere = try desk.reader.read { try $0.policy(named: name) } != nil
        change.isWhole = !isThere || random.once(in: 3)
        try desk.perform(
            change.isWhole ? .put(policy: name, Incoming(change)) : .edit(policy: name, Incoming(change)))
    }

    /// A calendar of some teams, or the one for all others.
    private func changeCalendars(_ desk: Desk, _ random: inout SeededRandom) throws {
        var request = CalendarRequest.office
        let name = random.one(["default", "Repairs"])
        if name != "default" { request.teams = ["Repairs"] }
        request.weekly[.sat] = random.perhaps([[CalendarRequest.hours("09:00", "12:00")]])
        request.weekly[.wed] =
            random.once(in: 3) ? nil : [CalendarRequest.hours("06:00", random.one(["11:00", "20:00"]))]
        let command = CalendarCommand.put(name: name, Incoming(request))
        _ = try desk.store.write { transaction in
            try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
        }
    }

    /// The calendar of a team, of all that was on record by then: what holds from ever on.
    private func calendar(of team: String?, _ transaction: ReadTransaction) throws -> DeskCalendar? {
        let own = team.map(FoldedName.init) == FoldedName("Repairs") ? try transaction.calendar("repairs") : nil
        let record = try own ?? transaction.calendar("default")
        return try record.map { record in
            DeskCalendar(
                try (1...record.lastVersion).map {
                    try #require(try transaction.calendar(record.name, version: $0)).calendar
                })
        }
    }

    /// What lists of a policy's own promises show, by a loop over all cases.
    private func impact(
        of policy: Policy, on files: [CaseFile], by rules: PolicyRules, _ transaction: ReadTransaction
    ) throws -> [String] {
        var found: [(due: Instant, id: Int64, text: String)] = []
        for file in files where rules.first(for: MatchedCase(file.record)).id == policy.id {
            for promise in file.promises
            where promise.isUnsettled && promise.isToCustomer && promise.madeBy == "policy" && promise.origin == nil
                && promise.clock == nil
            {
                let reopened = try transaction.logEntries(ofCase: file.record.id, kinds: [.caseReopened])
                let isFromReceipt =
                    promise.kind == .acknowledge && !reopened.contains { $0.recordedAt == promise.madeAt }
                let from = isFromReceipt ? file.record.receivedAt : promise.madeAt
                var policy = policy
                policy.calendar = try calendar(of: file.record.fields.team, transaction)
                let now = policy.ownDue(of: promise.kind, from: from)?.instant
                guard now != promise.dueAt else { continue }
                found.append((promise.dueAt, promise.id, "\(promise.id) \(now?.rfc3339 ?? "none")"))
            }
        }
        return found.sorted { ($0.due, $0.id) < ($1.due, $1.id) }.map(\.text)
    }

    private func check(
        _ transaction: ReadTransaction, _ files: [CaseFile], _ policies: [Policy]
    ) throws {
        let (rules, asOf) = (PolicyRules(policies), transaction.asOf)
        #expect(try transaction.policies() == policies, "as of \(asOf.rfc3339)")
        func policy(_ file: CaseFile) -> Policy { rules.first(for: MatchedCase(file.record)) }
        for file in files {
            let record = try #require(try transaction.caseFile(file.record.id)?.record)
            #expect(
                try transaction.policy(for: record).id == policy(file).id, "case \(record.id) as of \(asOf.rfc3339)")
            #expect(try transaction.policy(for: record.summary).id == policy(file).id)
        }
        for wanted in [true, false] {
            var filter = PromiseFilter()
            filter.dueSoon = wanted
            let expected = files.flatMap { file in
                file.promises.filter { promise in
                    promise.isToCustomer
                        && wanted == (promise.isUnsettled && promise.isDueSoon(under: policy(file), at: asOf))
                }
            }
            let page = try transaction.promises(filter, PageRequest(limit: 500))
            #expect(Set(page.items.map(\.promise.id)) == Set(expected.map(\.id)), "due_soon=\(wanted)")
            #expect(page.total == expected.count)
        }
        for one in policies {
            var found: [String] = []
            var walk = PageRequest(limit: 2)
            let expected = one.rule.active ? try impact(of: one, on: files, by: rules, transaction) : []
            repeat {
                let page = try transaction.impact(of: one, walk)
                #expect(page.total == expected.count)
                found += page.items.map { "\($0.promise.id) \($0.dueNow?.rfc3339 ?? "none")" }
                walk.after = page.next
            } while walk.after != nil
            #expect(found == expected, "\(one.name) as of \(asOf.rfc3339)")
        }
    }

    @Test("a case has at every instant the policy that the rules of that instant give it", arguments: 1...6)
    func sameAnswers(seed: Int) throws {
        var history = RandomHistory(try Desk(), seed: UInt64(seed) + 600)
        let desk = history.desk
        var instants: [(asOf: Instant, files: [CaseFile], policies: [Policy])] = []
        var seen: Set<String> = []
        for _ in 0..<45 {
            if history.random.once(in: 2) { try changeRules(desk, &history.random) }
            if history.random.once(in: 4) { try changeCalendars(desk, &history.random) }
            try history.work()
            let (asOf, policies) = try desk.reader.read { ($0.asOf, try $0.policies()) }
            for file in history.now { seen.insert(PolicyRules(policies).first(for: MatchedCase(file.record)).name) }
            instants.append((asOf, history.now, policies))
        }
        #expect(seen.count > 4, "several rules have won: \(seen)")
        #expect(history.now.contains { $0.promises.contains { $0.madeBy == "policy" && $0.dueExplained != nil } })
        try desk.reader.read { try check($0, history.now, $0.policies()) }
        for (asOf, files, policies) in instants.shuffled(using: &history.random).prefix(12) {
            try desk.reader.read(asOf: asOf) { try check($0, files, policies) }
        }
        let findings = try desk.reader.verify().findings
        #expect(findings == [])
    }

    @Test("a page of what would be due otherwise looks at so much and no more, and the pages have all of it")
    func bounded() throws {
        let desk = try Desk()
        for index in 0..<17 {
            try desk.open(.plain(fields: CaseFields(category: index.isMultiple(of: 5) ? "Water" : "Heat")))
        }
        let water = PolicyRuleEdit { $0.name == "match_category" ? .some(.texts(["Water"])) : nil }
        var terms = PolicyEdit()
        terms.acknowledgeInBusiness = .some(BusinessSpan(time: .hours(4)))
        try desk.perform(.put(policy: "Water", Incoming(PolicyChange(terms: terms, rule: water, isWhole: true))))
        let all = try desk.reader.read { transaction in
            try transaction.impact(of: #require(try transaction.policy(named: "Water")), PageRequest(limit: 50))
        }
        #expect(all.items.isEmpty && all.total == 0 && all.next == nil, "without a calendar they are as they were made")
        _ = try desk.store.write { transaction in
            try transaction.perform(.put(name: "default", Incoming(.office)), on: nil, by: Desk.manager)
        }
        try desk.reader.read { transaction in
            transaction.impactLimit = 4
            let policy = try #require(try transaction.policy(named: "Water"))
            var request = PageRequest(limit: 50)
            var (found, pages): ([Int64], [Int]) = ([], [])
            repeat {
                let page = try transaction.impact(of: policy, request)
                #expect(page.total == 1 && page.totalIsCapped, "counted as far as it looked")
                found += page.items.map(\.promise.caseID)
                pages.append(page.items.count)
                request.after = page.next
            } while request.after != nil
            #expect(found == [1, 6, 11, 16] && pages == [1, 1, 1, 1, 0])
            transaction.impactLimit = 20
            let whole = try transaction.impact(of: policy, PageRequest(limit: 3))
            #expect(whole.total == 4 && !whole.totalIsCapped && whole.items.count == 3)
            let rest = try transaction.impact(of: policy, PageRequest(limit: 3, after: whole.next))
            #expect(rest.items.map(\.promise.caseID) == [16] && rest.next == nil && rest.total == 4)
        }
    }

    @Test("of a customer who was merged what was decided about all of them counts, and of each alone before")
    func merged() throws {
        let desk = try Desk()
        let ended = PolicyRuleEdit { $0.name == "match_relationship" ? .some(.texts(["end"])) : nil }
        try desk.perform(.put(policy: "Ended", Incoming(PolicyChange(rule: ended, isWhole: true))))
        let (first, second) = (try desk.open(), try desk.open())
        desk.clock.advance(by: .hours(1))
        try desk.change(first.record.id, by: Desk.manager) { file, policy, now in
            let settle = SettleRequest(
                promiseID: file.promises[0].id,
                action: .withdraw(
                    WithdrawRequest(reason: "Ended.", release: .customerAgreed, customerNotified: .reached)))
            let request = RelationshipRequest(decision: .end, reason: "Talked it over.", settle: [settle])
            try file.decide(Incoming(request), under: policy, by: Desk.manager, at: now)
        }
        let between = try desk.reader.read { $0.asOf }
        desk.clock.advance(by: .hours(1))
        _ = try desk.store.write { transaction in
            let merge = MergeRequest(into: second.record.customer.id, reason: "They are one.")
            return try transaction.perform(
                .merge(customer: first.record.customer.id, Incoming(merge)), by: Desk.manager)
        }
        for (asOf, name) in [(between, "normal"), (nil, "Ended")] {
            try desk.reader.read(asOf: asOf) { transaction in
                let record = try #require(try transaction.caseFile(second.record.id)?.record)
                #expect(try transaction.policy(for: record).name == name)
                let policy = try #require(try transaction.policy(named: name))
                var list = ListSQL()
                let id = try PolicySQL(in: transaction, binding: &list).value(\.id)
                let found = try transaction.statements.first(
                    "SELECT \(id) FROM complaint_case c WHERE c.id = \(second.record.id)", list.values, transaction.db
                ) { $0.integer(0) }
                #expect(found == policy.id)
            }
        }
    }

    @Test("promises that are due soon, or would be due otherwise, are walked by their index", arguments: [false, true])
    func plans(past: Bool) throws {
        let statements = try PlannedStatements { desk in
            var random = SeededRandom(7)
            for name in Self.names { try desk.perform(.put(policy: name, Incoming(change(name, &random)))) }
            try desk.perform(.edit(policy: "VIP", Incoming(.filled(1))))
        }
        let plans = try statements.of(past: past) { transaction in
            for policy in try transaction.policies() { _ = try transaction.impact(of: policy, PageRequest(limit: 5)) }
            var filter = PromiseFilter()
            filter.dueSoon = true
            _ = try transaction.promises(filter, PageRequest(limit: 5))
        }
        #expect(plans.count > 4)
        for plan in plans {
            // A rule's own lists are short.
            let scans = plan.scans.filter { scan in
                ["SCAN json_each", "SCAN w", "SCAN (subquery"].allSatisfy { !scan.hasPrefix($0) }
            }
            #expect(scans == [], "\(plan)")
            let walked: Set =
                past
                ? [
                    "promise_unsettled", "promise_settled_late", "promise_by_due_at",
                    "USING INTEGER PRIMARY KEY (rowid=?)",
                ]
                : ["promise_unsettled", "USING INTEGER PRIMARY KEY (rowid=?)"]
            #expect(Set(plan.indexes(of: "p")).isSubset(of: walked), "\(plan)")
        }
    }
}
