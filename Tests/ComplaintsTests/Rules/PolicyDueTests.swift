import Complaints
import Testing

@Suite("When something is due by a policy")
struct PolicyDueTests {
    /// Friday at 16:30 in Berlin.
    private let friday = instant("2026-04-10T14:30:00Z")

    private func policy(_ calendar: BusinessCalendar?, _ change: (inout Policy) -> Void = { _ in }) -> Policy {
        var policy = Desk.policy
        policy.acknowledgeInBusiness = BusinessSpan(time: .hours(4))
        policy.calendar = calendar.map { DeskCalendar([$0]) }
        change(&policy)
        return policy
    }

    @Test("is in business time where it has some, told as it was counted")
    func business() throws {
        let due = policy(try CalendarSamples.calendar("Europe/Berlin")).acknowledgeDue(from: friday)
        #expect(due.instant == instant("2026-04-13T10:00:00Z") && due.span.field == "acknowledge_in_business")
        let explained = try #require(due.explained)
        #expect(
            explained.hasPrefix("Fri 16:30-17:30 1 h; Sat, Sun closed; Mon 09:00-12:00 3 h (calendar desk, version 1,"))
        #expect(
            due.reason.hasPrefix("acknowledge_in_business is PT4H, counted by calendar desk, version 1, Europe/Berlin"))
    }

    @Test("is in elapsed time where it has nothing else, whatever the calendar")
    func elapsed() throws {
        let policy = policy(try CalendarSamples.calendar("Europe/Berlin")) { $0.acknowledgeInBusiness = nil }
        let due = policy.acknowledgeDue(from: friday)
        #expect(due.instant == friday + .days(2) && due.span.field == "acknowledge_in" && due.explained == nil)
        #expect(due.reason == "acknowledge_in is P2D, and there is no acknowledge_in_business.")
        #expect(!policy.usesBusinessTime)
    }

    @Test("is in elapsed time where business time can't be counted, and says why")
    func fallback() throws {
        let open = try CalendarSamples.calendar("Europe/Berlin")
        let closed = try CalendarSamples.calendar("Europe/Berlin", "")
        let lost = try CalendarSamples.calendar("Europe/Nowhere")
        let policies: [(Policy, String)] = [
            (
                policy(nil),
                "acknowledge_in is P2D: for acknowledge_in_business, PT4H, the case's team has no calendar, and none is called "
                    + "default."
            ),
            (
                policy(closed),
                "acknowledge_in is P2D: for acknowledge_in_business, PT4H, the calendar desk has too little open time."
            ),
            (
                policy(lost),
                "acknowledge_in is P2D: for acknowledge_in_business, PT4H, the calendar desk has a time zone that is not on "
                    + "this system."
            ),
            (
                policy(open) { $0.maxSpan = .days(2) },
                "acknowledge_in is P2D: by acknowledge_in_business, PT4H, on the calendar desk it would be due after max_span, "
                    + "P2D."
            ),
        ]
        for (policy, reason) in policies {
            let due = policy.acknowledgeDue(from: friday)
            #expect(due.instant == friday + .days(2) && due.explained == nil)
            #expect(due.reason == reason)
        }
    }

    @Test("each kind by its own field, and a follow-up only where there is one")
    func kinds() throws {
        let policy = policy(try CalendarSamples.calendar("Europe/Berlin")) {
            $0.updateInBusiness = BusinessSpan(days: 1)
            $0.remedyInBusiness = BusinessSpan(days: 2)
        }
        #expect(policy.latest(.update, from: friday)?.instant == instant("2026-04-13T15:30:00Z"))
        #expect(policy.latest(.remedy, from: friday)?.instant == instant("2026-04-14T15:30:00Z"))
        #expect(policy.latest(.acknowledge, from: friday)?.instant == instant("2026-04-13T10:00:00Z"))
        #expect(policy.latest(.followUp, from: friday) == nil && policy.ownDue(of: .followUp, from: friday) == nil)
        #expect(policy.ownDue(of: .callback, from: friday)?.span.field == "acknowledge_in_business")
    }

    @Test("what is further off than business time has it for its kind is warned about, and not at its very end")
    func farOff() throws {
        let policy = policy(try CalendarSamples.calendar("Europe/Berlin")) {
            $0.updateInBusiness = BusinessSpan(days: 1)
        }
        func warnings(_ due: Instant) -> [PromiseWarning] {
            let promise = Promise(
                id: 1, caseID: 7, kind: .update, what: "x", owner: "Ann", madeBy: "Ann", madeAt: friday, dueAt: due)
            return Desk.file(promises: [promise]).advice(on: promise, load: nil, under: policy, at: friday).warnings
        }
        let latest = instant("2026-04-13T15:30:00Z")
        #expect(warnings(latest).isEmpty)
        let beyond = warnings(latest + ElapsedTime(milliseconds: 1))
        // The desk closes at that instant: a millisecond on it is beyond its hours as well.
        #expect(beyond.map(\.code.rawValue) == ["far_off", "outside_hours"])
        #expect(beyond[0].detail.contains("more than P1D of business time from now, the policy's update_in_business"))
        // Given to somebody once it is past due, it opens next when that has passed too.
        let late = Promise(
            id: 1, caseID: 7, kind: .update, what: "x", owner: "Ann", madeBy: "Ann", madeAt: friday,
            dueAt: latest + .seconds(1))
        let told = Desk.file(promises: [late]).advice(on: late, load: nil, under: policy, at: late.dueAt + .days(1))
        #expect(told.warnings.isEmpty)
    }

    @Test("history that says of no promise is promised as the policy has it, from its receipt on")
    func imported() throws {
        let change = try CaseChange.imported(
            Incoming(
                ImportRequest(
                    fields: CaseFields(), complaint: "It broke.", customer: .known(id: 5),
                    receivedAt: PastInstant(friday), promise: ImportedPromiseRequest())),
            customer: Desk.customer, id: 7, promiseID: 1, policy: policy(try CalendarSamples.calendar("Europe/Berlin")),
            by: Desk.ann, at: friday + .days(30))
        #expect(change.promises.map(\.dueAt) == [instant("2026-04-13T10:00:00Z")])
        #expect(change.promises[0].dueExplained?.hasPrefix("Fri 16:30-17:30 1 h") == true)
    }

    private static let wrongEdits: [(edit: @Sendable (inout PolicyEdit) -> Void, issues: [String])] = [
        ({ $0.followUpInBusiness = .some(BusinessSpan(days: 2)) }, ["follow_up_in_business conflicting_fields"]),
        ({ $0.acknowledgeInBusiness = .some(BusinessSpan(days: 91)) }, ["acknowledge_in_business out_of_range"]),
        ({ $0.updateInBusiness = .some(BusinessSpan(days: .max)) }, ["update_in_business out_of_range"]),
        (
            { $0.remedyInBusiness = .some(BusinessSpan(time: ElapsedTime(milliseconds: 1))) },
            ["remedy_in_business out_of_range"]
        ),
        (
            {
                $0.maxSpan = .hours(1)
                $0.followUpIn = .some(.days(1))
                $0.followUpInBusiness = .some(BusinessSpan(days: 1))
            },
            [
                "max_span out_of_range", "follow_up_in out_of_range", "follow_up_in_business out_of_range",
            ]
        ),
    ]

    @Test("what goes not together is told, all of it", arguments: wrongEdits.indices)
    func refused(index: Int) throws {
        let (change, expected) = Self.wrongEdits[index]
        var edit = PolicyEdit()
        change(&edit)
        let refused = refusal {
            try Desk.rules().editing(Desk.policy, Incoming(PolicyChange(terms: edit)), at: Desk.morning)
        }
        #expect(refused?.issues == expected.map { "#/\($0)" })
    }

    @Test("what holds without a calendar is not taken away from under business time")
    func takenAway() throws {
        var policy = Desk.policy
        policy.followUpIn = .days(3)
        policy.followUpInBusiness = BusinessSpan(days: 2)
        var edit = PolicyEdit()
        edit.followUpIn = .some(nil)
        let refused = refusal {
            try Desk.rules().editing(policy, Incoming(PolicyChange(terms: edit)), at: Desk.morning)
        }
        #expect(refused?.issues == ["#/follow_up_in conflicting_fields"])
        edit.followUpInBusiness = .some(nil)
        let edited = try Desk.rules().editing(policy, Incoming(PolicyChange(terms: edit)), at: Desk.morning)
        #expect(edited?.policy.followUpIn == nil && edited?.policy.followUpInBusiness == nil)
    }
}
