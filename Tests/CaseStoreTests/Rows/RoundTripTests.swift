import CaseStore
import Complaints
import Testing

@Suite("What is written is read back as it was")
struct RoundTripTests {
    static let text = "Line one\nline two\t\"quoted\" \\ 'single' \u{301} é e\u{301} 🙂 \u{1} \u{2028} Ende "

    private func check(_ desk: Desk, _ file: CaseFile) throws {
        try #require(try desk.file(file.record.id) == file)
        let fresh = try desk.store.makeReader()
        try #require(try fresh.read { try $0.caseFile(file.record.id) } == file)
        for promise in file.promises {
            let row = try desk.reader.read { try $0.promise(promise.id) }
            try #require(row == PromiseRow(promise: promise, summary: file.record.summary))
        }
    }

    @Test("a case with every field")
    func fullCase() throws {
        let desk = try Desk()
        let fields = CaseFields(
            externalID: "K-1 \(Self.text)", subject: Self.text, channel: .inPerson, category: Self.text,
            tags: ["a", Self.text, "a, b"], severity: .critical, mood: .abusive, desiredOutcome: Self.text,
            estimate: Estimate(from: .after(.days(2)), to: .after(.days(5))), owner: "Zoë", team: Self.text,
            supervisor: "Marta", hardDeadline: TestClock.start + .days(9))
        let request = CaseRequest(
            fields: fields, complaint: Self.text,
            customer: .keyed(
                externalID: "C-1", CustomerFields(name: Self.text, email: "ida@kern.example", phone: "+49 30 1234")),
            receivedAt: PastInstant(Instant(milliseconds: TestClock.start.milliseconds - 12_345)),
            promise: PromiseRequest(
                kind: .checkIn, what: Self.text, due: .after(ElapsedTime(milliseconds: 98_765_432)), owner: "Bo",
                channel: .letter, nextStep: Self.text,
                customerNotified: NoticeRequest(
                    channel: .social, outcome: .messageLeft, at: PastInstant(TestClock.start))))
        let file = try desk.open(request)
        #expect(file.record.fields == fields && file.record.complaint == Self.text)
        try check(desk, file)

        var edit = CaseEdit()
        (edit.subject, edit.category, edit.tags, edit.team) = (.some(nil), .some(nil), [], .some(nil))
        (edit.owner, edit.hardDeadline, edit.desiredOutcome) = (.some(nil), .some(nil), .some(nil))
        edit.estimate = .some(Estimate(from: .at(TestClock.start), to: .at(TestClock.start + .days(1))))
        try check(
            desk,
            try desk.change(1) { file, policy, now in
                try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: now)
            })
        edit.estimate = .some(nil)
        edit.supervisor = .some(nil)
        edit.externalID = .some(nil)
        try check(
            desk,
            try desk.change(1) { file, policy, now in
                try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: now)
            })
    }

    @Test("a case with what it can't do without")
    func plainCase() throws {
        let desk = try Desk()
        try check(desk, try desk.open())
    }

    @Test("a case after each of many random changes", arguments: 11...14)
    func randomChanges(seed: Int) throws {
        var history = RandomHistory(try Desk(), seed: UInt64(seed))
        for _ in 0..<40 {
            try history.work()
            for file in history.now { try check(history.desk, file) }
        }
        #expect(history.counts.made > 40)
    }

    @Test("words of every vocabulary")
    func vocabularies() throws {
        let desk = try Desk()
        for severity in Severity.allCases {
            for mood in Mood.allCases {
                let fields = CaseFields(channel: .web, severity: severity, mood: mood)
                try check(desk, try desk.open(.plain(fields: fields)))
            }
        }
        for (channel, kind) in Channel.allCases.flatMap({ channel in PromiseKind.allCases.map { (channel, $0) } }) {
            let promise = PromiseRequest(kind: kind, what: "Call", due: .after(.days(1)), channel: channel)
            let request = CaseRequest(
                fields: CaseFields(channel: channel), complaint: "It drips.", customer: .known(id: 1), promise: promise)
            try check(desk, try desk.open(request))
        }
    }

    @Test("each way to withdraw")
    func releases() throws {
        let desk = try Desk()
        for release in [Release.customerAgreed, .ended] + Release.Cause.allCases.map(Release.without) {
            let file = try desk.open()
            let promise = file.promises[0]
            let changed = try desk.change(file.record.id) { file, policy, now in
                let request = SettleAndContinue(
                    WithdrawRequest(reason: Self.text, release: release, customerNotified: .reached),
                    then: .promise(.plain(nextStep: "Look into it")))
                try file.withdraw(promise.id, Incoming(request), under: policy, by: Desk.agent, at: now)
            }
            #expect(changed.promises[0].settlement?.outcome.at == changed.record.updatedAt)
            try check(desk, changed)
        }
    }

    @Test("a log entry with every field")
    func logEntry() throws {
        let desk = try Desk()
        let token = try desk.store.write {
            try $0.createToken(name: "board", role: .agent, secret: TokenSecret(), expiresAt: nil)
        }
        let actor = Actor(name: Self.text, tokenID: token.id, tokenName: token.name, role: .agent)
        let file = try desk.open(by: actor)
        let at = file.record.openedAt
        desk.clock.advance(by: .hours(1))
        let notice = LogRequest.customerNotified(
            NoticeRequest(channel: .phone, outcome: .reached, at: PastInstant(at)), promiseID: 1, text: Self.text)
        let changed = try desk.change(1, by: actor) { file, policy, now in
            try file.write(Incoming(notice), under: policy, by: actor, at: now)
        }
        try check(desk, changed)
        let entry = try desk.reader.read { try $0.logEntry(ofCase: 1, seq: 3) }
        #expect(
            entry
                == LogEntry(
                    subject: .case(1), seq: 3, kind: .customerNotified, at: at, recordedAt: changed.record.updatedAt,
                    actor: Self.text, tokenName: "board", promiseID: 1,
                    facts: [Fact("channel", .text("phone")), Fact("outcome", .text("reached"))],
                    texts: [Fact("text", .text(Self.text))], imported: false))
        #expect(changed.promises[0].told == Promise.Told(at: at, recordedAt: changed.record.updatedAt))
    }

    @Test("customers and policies, and what an edit makes of them")
    func others() throws {
        let desk = try Desk()
        let customer = try desk.open().record.customer
        #expect(try desk.reader.read { try $0.customer(1) } == customer)
        var edit = CustomerEdit()
        (edit.name, edit.email, edit.phone, edit.externalID) = (Self.text, .some("i@k.example"), .some("1"), .some("C"))
        let edited = try desk.store.write { transaction in
            try transaction.perform(.edit(customer: 1, Incoming(edit))).customer
        }
        #expect(edited.version == 2 && edited.fields.name == Self.text)
        #expect(try desk.reader.read { try $0.customer(1) } == edited)

        var policyEdit = PolicyEdit()
        (policyEdit.acknowledgeIn, policyEdit.maxSpan) = (.minutes(90), .days(7))
        let policy = try desk.store.write { transaction in
            let command = PolicyCommand.edit(.high, policyEdit)
            return try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
        }
        #expect(policy.acknowledgeIn == .minutes(90) && policy.maxSpan == .days(7) && policy.version == 2)
        #expect(try desk.reader.read { try $0.policies() }.map(\.severity) == Severity.allCases)
        #expect(try desk.reader.read { try $0.policy(.high) } == policy)
    }
}
