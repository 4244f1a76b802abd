import Complaints
import Testing

@Suite("What is wrong with the meaning of a request, field by field")
struct FieldIssueTests {
    private static let future = Desk.due + .seconds(3)
    private static let beforeMaking = Desk.morning + .seconds(-1)
    private static let everything = Desk.request(
        .at(Desk.due), by: .customer, to: .customer,
        notified: NoticeRequest(channel: .phone, outcome: .reached, at: PastInstant(future)))

    /// All the issues that `everything` has at 11:00, under a prefix.
    private static func allOf(_ prefix: String, isToCustomer: Bool = false) -> [String] {
        [
            "#\(prefix)/due_at in_the_past",
            isToCustomer ? "#\(prefix)/by invalid_value" : "#\(prefix)/to conflicting_fields",
            "#\(prefix)/customer_notified/at in_the_future",
        ]
    }

    static let dueDates: [(DueRequest, String?)] = [
        (.at(Desk.due + ElapsedTime(milliseconds: 1)), nil),
        (.at(Desk.due), "#/due_at in_the_past"),
        (.at(Desk.morning), "#/due_at in_the_past"),
        (.at(Desk.due + .days(90)), nil),
        (.at(Desk.due + .days(90) + ElapsedTime(milliseconds: 1)), "#/due_at out_of_range"),
        (.at(.latest), "#/due_at out_of_range"),
        (.after(.seconds(1)), nil),
        (.after(ElapsedTime(milliseconds: 999)), "#/due_in out_of_range"),
        (.after(.zero), "#/due_in out_of_range"),
        (.after(.days(90)), nil),
        (.after(ElapsedTime(milliseconds: 7_776_000_001)), "#/due_in out_of_range"),
        (.business(.after(BusinessSpan(days: 2))), "#/due_in_business calendar_missing"),
        (.business(.on(CivilDate(daysSince1970: 20_000))), "#/due_on calendar_missing"),
    ]

    @Test("a due date lies after now, within max_span, and in business time on a calendar", arguments: dueDates)
    func due(_ due: DueRequest, _ issue: String?) {
        var added = Desk.change()
        let adding = refusal {
            try added.add(
                Incoming(AddPromiseRequest(Desk.request(due))), under: Desk.policy, by: Desk.ann, at: Desk.due)
        }
        var renewed = Desk.change()
        let renewing = refusal {
            try renewed.renew(1, .renegotiate, Desk.renewal(due), under: Desk.policy, by: Desk.ann, at: Desk.due)
        }
        for refused in [adding, renewing] {
            #expect(refused?.issues ?? [] == (issue.map { [$0] } ?? []))
            #expect((refused == nil) == (issue == nil))
        }
    }

    @Test("what could not be read has its issue already, and is not looked at again")
    func unreadable() {
        let form = FieldIssue("due_at", .missingOffset, "must carry an offset.")
        var file = Desk.change()
        let refused = refusal {
            try file.add(
                Incoming(AddPromiseRequest(Desk.request(.unreadable)), issues: [form]), under: Desk.policy,
                by: Desk.ann, at: Desk.due)
        }
        #expect(refused == .invalid([form]))
    }

    @Test("all issues are told at once, those of the form first")
    func allAtOnce() {
        let form = FieldIssue("what", .required, "must be given.")
        var file = Desk.change()
        let refused = refusal {
            try file.add(
                Incoming(AddPromiseRequest(Self.everything, keeps: 42), issues: [form]), under: Desk.policy,
                by: Desk.ann, at: Desk.due)
        }
        #expect(refused?.issues == ["#/what required"] + Self.allOf("") + ["#/keeps invalid_value"])
    }

    @Test("a create's are found in the promise and beside it")
    func create() {
        let request = CaseRequest(
            complaint: "It broke.", customer: .known(id: 5), receivedAt: PastInstant(Self.future),
            promise: Self.everything)
        let refused = refusal {
            try CaseChange.open(
                Incoming(request), customer: Desk.customer, id: 7, promiseID: 1, policy: Desk.policy, by: Desk.ann,
                at: Desk.due)
        }
        #expect(refused?.issues == ["#/received_at in_the_future"] + Self.allOf("/promise"))
    }

    @Test("a keep's, with those of what goes on after it")
    func keep() {
        let settle = [
            SettleRequest(promiseID: 1, action: .keep(KeepRequest())),
            SettleRequest(promiseID: 42, action: .withdraw(Desk.released)),
            SettleRequest(promiseID: 2, action: .keep(KeepRequest(keptAt: PastInstant(Self.beforeMaking)))),
            SettleRequest(promiseID: 2, action: .withdraw(Desk.released)),
        ]
        let resolution = ResolveRequest(
            summary: "Done", customerAccepted: true, settle: settle, followUp: Self.everything)
        let ofSettle = [
            "#/resolve/settle/0/promise_id conflicting_fields", "#/resolve/settle/1/promise_id invalid_value",
            "#/resolve/settle/2/kept_at before_made_at", "#/resolve/settle/3/promise_id conflicting_fields",
        ]
        let expected: [(Continuation, [String])] = [
            (.none, []), (.promise(Self.everything), Self.allOf("/next_promise")),
            (.resolve(resolution), ofSettle + Self.allOf("/resolve/follow_up", isToCustomer: true)),
        ]
        for (then, issues) in expected {
            var file = Desk.change(promises: [Desk.promise(), Desk.promise(2)])
            let refused = refusal {
                try file.keep(
                    1, Incoming(SettleAndContinue(KeepRequest(keptAt: PastInstant(Self.future)), then: then)),
                    under: Desk.policy,
                    by: Desk.ann, at: Desk.due)
            }
            #expect(refused?.issues == ["#/kept_at in_the_future"] + issues)
        }
    }

    @Test("a withdrawal's and a void's are those of what goes on after them")
    func continuations() {
        for action in [PromiseAction.withdrawReleased, .void] {
            var file = Desk.change()
            let refused = refusal {
                try action.apply(to: 1, of: &file, at: Desk.due, then: .promise(Self.everything))
            }
            #expect(refused?.issues == Self.allOf("/next_promise"))
        }
    }

    @Test("a resolution's and a reopening's")
    func resolution() {
        var open = Desk.change()
        let request = ResolveRequest(
            summary: "Done", customerAccepted: true,
            settle: [SettleRequest(promiseID: 1, action: .keep(KeepRequest(keptAt: PastInstant(Self.beforeMaking))))],
            followUp: Self.everything)
        #expect(
            refusal { try open.resolve(Incoming(request), under: Desk.policy, by: Desk.ann, at: Desk.due) }?.issues
                == ["#/settle/0/kept_at before_made_at"] + Self.allOf("/follow_up", isToCustomer: true))
        var resolved = Desk.change(.resolved, promises: [])
        #expect(
            refusal {
                try resolved.reopen(
                    Incoming(ReopenRequest(reason: "Again", promise: Self.everything)), under: Desk.policy,
                    by: Desk.ann, at: Desk.due)
            }?.issues == Self.allOf("/promise"))
    }

    @Test(
        "of a new date the customer was told between the making and now",
        arguments: [
            (beforeMaking, ["#/customer_notified/at before_made_at"]),
            (future, ["#/customer_notified/at in_the_future"]),
            (Desk.morning, []), (Desk.due, []),
        ])
    func notice(_ at: Instant, _ issues: [String]) {
        var file = Desk.change()
        let refused = refusal {
            try file.renew(1, .renegotiate, Desk.renewal(at: at), under: Desk.policy, by: Desk.ann, at: Desk.due)
        }
        #expect(refused?.issues ?? [] == issues)
    }

    @Test("a log entry's")
    func log() {
        var file = Desk.change()
        let notice = NoticeRequest(channel: .phone, outcome: .reached, at: PastInstant(Self.future))
        let refused = refusal {
            try file.write(
                Incoming(.customerNotified(notice, promiseID: 42, text: nil)), under: Desk.policy,
                by: Desk.ann, at: Desk.due)
        }
        #expect(refused?.issues == ["#/at in_the_future", "#/promise_id invalid_value"])
    }

    static let spans: [(ElapsedTime?, ElapsedTime?, [String])] = [
        (.hours(1), nil, []), (nil, .days(365), []), (.days(90), nil, []), (.seconds(1), .seconds(1), []),
        (.days(3650), .days(3650), []),
        (.days(91), nil, ["#/acknowledge_in out_of_range"]),
        (nil, .days(1), ["#/max_span out_of_range"]),
        (.days(2), .days(1), ["#/acknowledge_in out_of_range"]),
        (.zero, nil, ["#/acknowledge_in out_of_range"]),
        (ElapsedTime(milliseconds: 999), .zero, ["#/acknowledge_in out_of_range", "#/max_span out_of_range"]),
        (nil, .days(3651), ["#/max_span out_of_range"]),
    ]

    @Test("a policy's spans lie between a second and ten years, the first within the second", arguments: spans)
    func policy(_ acknowledgeIn: ElapsedTime?, _ maxSpan: ElapsedTime?, _ issues: [String]) throws {
        var edit = PolicyEdit()
        edit.acknowledgeIn = acknowledgeIn
        edit.maxSpan = maxSpan
        var edited: Policy?
        let change = Incoming(PolicyChange(terms: edit))
        let refused = refusal { edited = try Desk.rules().editing(Desk.policy, change, at: Desk.due)?.policy }
        #expect(refused?.issues ?? [] == issues)
        #expect((edited == nil) == !issues.isEmpty)
        if let edited {
            #expect(edited.version == 2)
            #expect(edited.updatedAt == Desk.due)
            #expect(try Desk.rules().editing(edited, change, at: Desk.late) == nil, "the same again changes nothing")
        }
    }

    @Test(
        "a pointer is a URI fragment of RFC 6901",
        arguments: [
            (FieldPath.body, "#"), ("due_at", "#/due_at"), ("settle" / "0" / "kept_at", "#/settle/0/kept_at"),
            ("a/b" / "m~n", "#/a~1b/m~0n"),
        ])
    func pointer(_ path: FieldPath, _ pointer: String) {
        #expect(path.pointer == pointer)
    }
}
