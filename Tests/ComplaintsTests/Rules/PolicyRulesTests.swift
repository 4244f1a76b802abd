import Complaints
import Testing

@Suite("Policies as rules in order")
struct PolicyRulesTests {
    private func rule(
        _ id: Int64, at position: Int64, active: Bool = true, _ match: PolicyMatch = PolicyMatch()
    ) -> Policy {
        Policy(
            id: id, name: "Rule \(id)", rule: PolicyRule(position: position, active: active, match: match),
            acknowledgeIn: .hours(id), warnAhead: .minutes(5), maxSpan: .days(90), updatedAt: .earliest, version: 1)
    }

    private func matched(_ fields: CaseFields = CaseFields(), _ relationship: Relationship? = nil) -> MatchedCase {
        MatchedCase(fields, relationship)
    }

    private func first(_ others: [Policy], _ matched: MatchedCase) -> String {
        Desk.rules(others).first(for: matched).name
    }

    @Test("without any other a case has the policy of its severity", arguments: Severity.allCases)
    func bySeverity(_ severity: Severity) {
        #expect(first([], matched(CaseFields(severity: severity))) == severity.rawValue)
        #expect(Desk.rules().isBySeverityAlone)
    }

    @Test("the first one that fits is the case's, by position and then by which was made first")
    func order() {
        let billing = PolicyMatch(category: ["Billing"])
        let rules = [
            rule(9, at: 20, billing), rule(7, at: 30), rule(8, at: 20, billing), rule(6, at: 10, active: false),
        ]
        #expect(first(rules, matched(CaseFields(category: "billing"))) == "Rule 8", "the one made first of a tie")
        #expect(first(rules, matched()) == "Rule 7", "asks for nothing, so it is for all")
        #expect(Desk.rules(rules).all.map(\.id) == [6, 8, 9, 7, 1, 2, 3, 4])
        #expect(Desk.rules(rules).active.map(\.id) == [8, 9, 7, 1, 2, 3, 4])
        #expect(first([rule(6, at: 10, active: false)], matched()) == "normal", "what is out of use fits nothing")
    }

    /// A rule that asks for one field, a case that fits it, and one that does not.
    static let conditions: [(PolicyMatch, MatchedCase, MatchedCase)] = [
        (
            PolicyMatch(severity: WordSet([.high, .critical])), MatchedCase(CaseFields(severity: .critical), nil),
            MatchedCase(CaseFields(severity: .low), nil)
        ),
        (
            PolicyMatch(mood: WordSet([.angry])), MatchedCase(CaseFields(mood: .angry), nil),
            MatchedCase(CaseFields(mood: .abusive), nil)
        ),
        (
            PolicyMatch(category: ["Water", "STRASSE"]), MatchedCase(CaseFields(category: "Straße"), nil),
            MatchedCase(CaseFields(), nil)
        ),
        (
            PolicyMatch(channel: WordSet([.letter])), MatchedCase(CaseFields(channel: .letter), nil),
            MatchedCase(CaseFields(channel: .email), nil)
        ),
        (
            PolicyMatch(team: ["North  side"]), MatchedCase(CaseFields(team: "north side"), nil),
            MatchedCase(CaseFields(team: "North"), nil)
        ),
        (
            PolicyMatch(relationship: WordSet([.end])), MatchedCase(CaseFields(), .end),
            MatchedCase(CaseFields(), nil)
        ),
        (
            PolicyMatch(regime: ["LGSCO"]), MatchedCase(CaseFields(regime: "lgsco"), nil),
            MatchedCase(CaseFields(regime: "fca-disp"), nil)
        ),
    ]

    @Test("each condition is held against the case's own field, names without case", arguments: conditions.indices)
    func condition(_ index: Int) throws {
        let (match, fitting, other) = Self.conditions[index]
        #expect(Self.conditions.count == PolicyCondition.all.count, "each has its row")
        #expect(first([rule(5, at: 1, match)], fitting) == "Rule 5")
        #expect(first([rule(5, at: 1, match)], other) == other.severity.rawValue)
        let verdict = try #require(Desk.rules([rule(5, at: 1, match)]).verdicts(on: other).first)
        let condition = PolicyCondition.all[index]
        #expect(verdict.checks.map(\.field) == [condition.name] && !verdict.fits)
        #expect(verdict.reason.lowercased().contains(condition.name), "\(verdict.reason)")
    }

    @Test("all conditions of a rule have to fit")
    func several() {
        let match = PolicyMatch(severity: WordSet([.high]), category: ["Water"])
        for (fields, name) in [
            (CaseFields(category: "Water", severity: .high), "Rule 5"), (CaseFields(severity: .high), "high"),
            (CaseFields(category: "Water"), "normal"),
        ] {
            #expect(first([rule(5, at: 1, match)], matched(fields)) == name)
        }
    }

    @Test("whoever asks is told of each rule why")
    func reasons() {
        let water = PolicyMatch(mood: WordSet([.angry, .abusive]), category: ["Water"])
        let rules = Desk.rules([
            rule(5, at: 1, active: false), rule(6, at: 2, water), rule(7, at: 3), rule(8, at: 4, water),
        ])
        let verdicts = rules.verdicts(on: matched(CaseFields(category: "water")))
        #expect(
            verdicts.map(\.reason) == [
                "It is out of use.", "Mood is calm, and not angry or abusive.", "The first that fits: it is for all.",
                "Mood is calm, and not angry or abusive.", "Severity is normal, and not low.",
                "It fits too (severity is normal), but comes after Rule 7.", "Severity is normal, and not high.",
                "Severity is normal, and not critical.",
            ])
        #expect(verdicts.filter(\.isFirst).map(\.policy.id) == [7])
    }
}

@Suite("A change of a policy")
struct PolicyChangeTests {
    private let billing = PolicyRuleEdit { $0.name == "match_category" ? .some(.texts(["Billing"])) : nil }

    private func making(
        _ name: String, _ change: PolicyChange = PolicyChange(isWhole: true), among rules: PolicyRules, id: Int64 = 9
    ) throws(Refusal) -> ChangedPolicy {
        try rules.making(name, id: id, Incoming(change), at: Desk.morning)
    }

    private func rules(at positions: Int64...) -> PolicyRules {
        Desk.rules(
            positions.enumerated().map { index, position in
                Policy(
                    id: Int64(index) + 5, name: "Rule \(index)", rule: PolicyRule(position: position),
                    acknowledgeIn: .days(1), warnAhead: .hours(1), maxSpan: .days(90), updatedAt: .earliest, version: 1)
            })
    }

    @Test("a new one comes right before those of the severities, with room between")
    func last() throws {
        #expect(try making("A", among: rules()).policy.rule.position == 1000)
        #expect(try making("A", among: rules(at: 1000, 2000)).policy.rule.position == 3000)
        let made = try making("A", PolicyChange(rule: billing, isWhole: true), among: rules())
        #expect(made.policy.rule.match.category == ["Billing"] && made.policy.rule.active && made.moved.isEmpty)
        #expect(made.policy.version == 1 && made.policy.updatedAt == Desk.morning && made.policy.id == 9)
    }

    @Test("one comes right before another one that is named, between both; where there is no room those behind it move")
    func before() throws {
        var change = PolicyChange(before: "rule 1", isWhole: true)
        #expect(try making("A", change, among: rules(at: 1000, 2000)).policy.rule.position == 1500)
        let tight = try making("A", change, among: rules(at: 4, 5, 6, 9))
        #expect(tight.policy.rule.position == 5)
        #expect(tight.moved.map(\.rule.position) == [6, 7] && tight.moved.map(\.name) == ["Rule 1", "Rule 2"])
        #expect(tight.moved.allSatisfy { $0.version == 2 && $0.updatedAt == Desk.morning })
        let tie = try making("A", change, among: rules(at: 4, 4))
        #expect(tie.policy.rule.position == 5 && tie.moved.map(\.rule.position) == [6], "after the first of the tie")
        change.before = "low"
        #expect(try making("A", change, among: rules(at: 10)).policy.rule.position == 1010)
    }

    @Test("a place that is there already is left, and one that is not is found")
    func moving() throws {
        let rules = rules(at: 10, 20, 30)
        let third = try #require(rules.all.first { $0.name == "Rule 2" })
        let change = Incoming(PolicyChange(before: "Rule 0"))
        let moved = try #require(try rules.editing(third, change, at: Desk.morning))
        #expect(moved.policy.rule.position == 5 && moved.policy.version == 2)
        let stays = Incoming(PolicyChange(before: "normal"))
        #expect(try rules.editing(third, stays, at: Desk.morning) == nil, "it is there")
        let issues = refusal {
            _ = try rules.editing(third, Incoming(PolicyChange(before: "rule 2")), at: Desk.morning)
        }
        #expect(issues?.issues == ["#/before invalid_value"])
        let nobody = refusal {
            _ = try rules.editing(third, Incoming(PolicyChange(before: "Rule 7")), at: Desk.morning)
        }
        #expect(nobody?.issues == ["#/before invalid_value"])
    }

    @Test("there is always room: where there is none behind, those before move")
    func full() throws {
        let top = Limits.position.upperBound
        let last = try making("A", among: rules(at: top))
        #expect(last.policy.rule.position == top && last.moved.map(\.rule.position) == [top - 1])
        let change = PolicyChange(before: "Rule 1", isWhole: true)
        let second = try making("A", change, among: rules(at: top - 1, top))
        #expect(second.policy.rule.position == top - 1 && second.moved.map(\.name) == ["Rule 0"])
        #expect(second.moved.map(\.rule.position) == [top - 2])
        #expect(try making("A", change, among: rules(at: top - 2, top - 1)).policy.rule.position == top - 1)
        let full = try making("A", among: rules(at: 3, top - 2, top - 1, top))
        #expect(full.policy.rule.position == top && full.moved.map(\.rule.position) == [top - 1, top - 2, top - 3])
        #expect(full.moved.map(\.name) == ["Rule 3", "Rule 2", "Rule 1"])
        let between = try making("A", change, among: rules(at: 4, top, top))
        #expect(between.policy.rule.position == 1004 && between.moved.isEmpty)
    }

    @Test("of the policies of the severities place, match and use stay, and all else is theirs to change")
    func fixed() throws {
        let rules = rules(at: 10)
        let edit = PolicyRuleEdit { field in
            switch field.name {
            case "position": .some(.integer(3))
            case "active": .some(.flag(false))
            case "match_mood": .some(.texts(["angry"]))
            default: nil
            }
        }
        let change = Incoming(PolicyChange(rule: edit, before: "Rule 0"))
        let refused = refusal { _ = try rules.editing(Desk.policy, change, at: Desk.morning) }
        #expect(
            refused?.issues == [
                "#/position read_only_field", "#/active read_only_field", "#/match/mood read_only_field",
                "#/before read_only_field",
            ])
        var terms = PolicyEdit()
        terms.acknowledgeIn = .hours(1)
        let whole = Incoming(PolicyChange(terms: terms, isWhole: true))
        let changed = try #require(try rules.editing(Desk.policy, whole, at: Desk.morning)?.policy)
        #expect(
            changed.rule == Desk.policy.rule && changed.acknowledgeIn == .hours(1) && changed.warnAhead == .hours(8))
    }

    @Test("a whole one has the defaults of whatever is left out, but for its place")
    func whole() throws {
        var rules = rules(at: 10)
        var terms = PolicyEdit()
        (terms.loadCap, terms.supervisor) = (3, .some("Sue"))
        let policy = try #require(rules.all.first)
        let edited = try #require(
            try rules.editing(policy, Incoming(PolicyChange(terms: terms, rule: billing)), at: Desk.morning)?.policy)
        #expect(edited.loadCap == 3 && edited.supervisor == "Sue" && edited.acknowledgeIn == .days(1))
        rules = Desk.rules([edited])
        let again = try #require(try rules.editing(edited, Incoming(PolicyChange(isWhole: true)), at: Desk.due)?.policy)
        #expect(again.loadCap == 10 && again.supervisor == nil && again.acknowledgeIn == .days(2))
        #expect(again.rule == PolicyRule(position: 10) && again.version == 3 && again.id == edited.id)
    }

    @Test("there are not more rules than can be looked at with every case")
    func most() throws {
        let rules = Desk.rules(
            (0..<Limits.rules).map { index in
                Policy(
                    id: Int64(index) + 5, name: "Rule \(index)", rule: PolicyRule(position: Int64(index) + 1),
                    acknowledgeIn: .days(1), warnAhead: .hours(1), maxSpan: .days(90), updatedAt: .earliest, version: 1)
            })
        #expect(refusal { _ = try making("A", among: rules, id: 5000) }?.issues == ["# out_of_range"])
    }
}
