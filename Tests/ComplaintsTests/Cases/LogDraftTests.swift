import Complaints
import Testing

@Suite("Every action writes down what it did")
struct LogDraftTests {
    private func notice(_ channel: Channel, _ outcome: ContactOutcome, at instant: Instant) -> [Fact] {
        [
            Fact("notified_channel", .text(channel.rawValue)), Fact("notified_outcome", .text(outcome.rawValue)),
            Fact("notified_at", .instant(instant)),
        ]
    }

    /// The entries about promise 1 that an action writes, with free text left out.
    private func facts(_ action: PromiseAction, at now: Instant) throws -> [LogDraft] {
        var file = Desk.change(promises: [Desk.promise(), Desk.promise(2)])
        try action.apply(to: 1, of: &file, at: now)
        return file.log
    }

    @Test("a settlement's entry has what happened, when, and the state it led to")
    func settlements() throws {
        let keptAt = Desk.morning + .minutes(1)
        let expected: [(PromiseAction, Instant, LogDraft)] = [
            (
                .keep, Desk.late,
                LogDraft(
                    .promiseKept, at: Desk.late, promiseID: 1,
                    facts: [Fact("kept_at", .instant(Desk.late)), Fact("state", .text("kept_late"))])
            ),
            (
                .keepBackdated, Desk.late,
                LogDraft(
                    .promiseKept, at: keptAt, promiseID: 1,
                    facts: [
                        Fact("kept_at", .instant(keptAt)), Fact("backdated", .boolean(true)),
                        Fact("state", .text("kept")),
                    ], texts: [Fact("evidence", .text("Call recording 17"))])
            ),
            (
                .withdrawReleased, Desk.due,
                LogDraft(
                    .promiseWithdrawn, at: Desk.due, promiseID: 1,
                    facts: [Fact("customer_agreed", .boolean(true)), Fact("state", .text("withdrawn"))]
                        + notice(.phone, .reached, at: Desk.due),
                    texts: [Fact("reason", .text("No longer wanted"))])
            ),
            (
                .withdrawUnreleased, Desk.due,
                LogDraft(
                    .promiseWithdrawn, at: Desk.due, promiseID: 1,
                    facts: [
                        Fact("customer_agreed", .boolean(false)), Fact("cause", .text("unreachable")),
                        Fact("state", .text("broken")),
                    ] + notice(.letter, .messageLeft, at: Desk.due), texts: [Fact("reason", .text("Nobody answers"))])
            ),
            (
                .void, Desk.due,
                LogDraft(
                    .promiseVoided, at: Desk.due, promiseID: 1,
                    facts: [Fact("state", .text("void"))] + notice(.phone, .reached, at: Desk.due),
                    texts: [Fact("reason", .text("Wrong case"))])
            ),
        ]
        for (action, now, draft) in expected {
            #expect(try facts(action, at: now) == [draft], "\(action.rawValue)")
        }
    }

    @Test(
        "a new date writes the old promise's end and the new one's making",
        arguments: [
            (PromiseAction.renegotiate, Desk.due, LogKind.promiseRenegotiated, "renegotiated"),
            (.recover, Desk.late, .promiseRecovered, "broken"),
        ])
    func renewals(_ action: PromiseAction, _ now: Instant, _ kind: LogKind, _ state: String) throws {
        let log = try facts(action, at: now)
        #expect(
            log == [
                LogDraft(
                    kind, at: now, promiseID: 1,
                    facts: [Fact("superseded_by", .integer(100)), Fact("state", .text(state))],
                    texts: [Fact("reason", .text("The part is late"))]),
                LogDraft(
                    .promiseMade, at: now, promiseID: 100,
                    facts: [
                        Fact("promise_kind", .text("callback")), Fact("by", .text("desk")),
                        Fact("to", .text("customer")), Fact("due_at", .instant(now + .days(1))),
                        Fact("supersedes", .integer(1)),
                        Fact("notified_channel", .text("phone")), Fact("notified_outcome", .text("reached")),
                        Fact("notified_at", .instant(now)),
                    ],
                    texts: [
                        Fact("what", .text("Call back")), Fact("made_by", .text("Mia")),
                        Fact("next_step", .text("Fit the part")),
                    ]),
            ])
    }

    @Test("a new owner's entry names both")
    func reassign() throws {
        var file = Desk.change(promises: [Desk.promise(owner: "Eve")])
        try file.reassign(
            1, Incoming(ReassignRequest(owner: "Dan", reason: "Holidays")), by: Desk.ann, at: Desk.due)
        #expect(
            file.log == [
                LogDraft(
                    .promiseReassigned, at: Desk.due, promiseID: 1,
                    texts: [
                        Fact("owner", .text("Dan")), Fact("owner_before", .text("Eve")),
                        Fact("reason", .text("Holidays")),
                    ])
            ])
    }

    @Test("opening, resolving, closing and reopening write theirs")
    func cases() throws {
        let opened = try CaseChange.open(
            Incoming(CaseRequest(complaint: "It broke.", customer: .known(id: 5))), customer: Desk.customer, id: 7,
            promiseID: 1, policy: Desk.policy, by: Desk.ann, at: Desk.morning)
        #expect(
            opened.log.first
                == LogDraft(
                    .caseOpened, at: Desk.morning,
                    facts: [
                        Fact("customer_id", .integer(5)), Fact("received_at", .instant(Desk.morning)),
                        Fact("channel", .text("other")), Fact("severity", .text("normal")),
                        Fact("mood", .text("calm")),
                    ]))

        var file = Desk.change(promises: [])
        try file.resolve(Incoming(Desk.resolution), under: Desk.policy, by: Desk.ann, at: Desk.inTime)
        try file.close(Incoming("Nothing more to do"), by: Desk.ann, at: Desk.due)
        try file.reopen(
            Incoming(ReopenRequest(reason: "It broke again")), under: Desk.policy, by: Desk.ann, at: Desk.late)
        #expect(
            file.log.dropLast() == [
                LogDraft(
                    .caseResolved, at: Desk.inTime, facts: [Fact("customer_accepted", .boolean(true))],
                    texts: [Fact("summary", .text("Replaced"))]),
                LogDraft(.caseClosed, at: Desk.due, texts: [Fact("reason", .text("Nothing more to do"))]),
                LogDraft(.caseReopened, at: Desk.late, texts: [Fact("reason", .text("It broke again"))]),
            ])
        #expect(file.log.last?.kind == .promiseMade)
    }

    @Test("a committed file counts the entries written")
    func committed() throws {
        var file = Desk.change()
        #expect(file.committed(at: Desk.due) == Desk.file())
        try PromiseAction.renegotiate.apply(to: 1, of: &file, at: Desk.due)
        let committed = file.committed(at: Desk.due)
        #expect(committed.record.version == file.record.version + 2)
        #expect(committed.record.updatedAt == Desk.due)
        #expect(committed.promises == file.promises)
    }
}
