import Complaints
import TestSupport
import Testing

@testable import CaseStore

extension Desk {
    /// A desk that has done everything there is to do.
    static func busy() throws -> Desk {
        var history = RandomHistory(try Desk(), seed: 17)
        for _ in 0..<70 { try history.work() }
        let desk = history.desk
        _ = try desk.store.write { transaction in
            let token = try transaction.createToken(name: "a", role: .agent, secret: TokenSecret(), expiresAt: nil)
            _ = try transaction.createToken(
                name: "b", role: .reader, secret: TokenSecret(), expiresAt: transaction.now + .days(9), by: Desk.manager
            )
            _ = try transaction.createToken(
                name: "c", role: .agent, secret: TokenSecret(), expiresAt: nil, owner: "Anna", by: Desk.manager)
            let other = OwnerRequest(name: "Bo", fields: OwnerFields().filled(1))
            _ = try transaction.createOwner(Incoming(other), by: Desk.manager)
            let key = IdempotencyKey("k", tokenID: nil, method: "POST", path: "/", content: [])
            let answer = StoredAnswer(status: 201, location: "/v1/cases/1", entityTag: "\"1\"", body: [1])
            try transaction.store(answer, of: .none, for: key)
            return try transaction.revokeToken(token.id)
        }
        desk.clock.advance(by: .hours(1))
        for number in [2, 1] {
            _ = try desk.store.write { transaction in
                let command = OwnerCommand.edit(owner: "Anna", Incoming(OwnerEdit { .some($0.type.sample(number)) }))
                guard let subject = try transaction.subject(of: command) else { throw NotThere() }
                return try transaction.perform(command, on: subject, by: Desk.manager)
            }
            desk.clock.advance(by: .hours(1))
        }
        try keepCalendars(desk)
        try keepRegimes(desk)
        try desk.keepWebhooks()
        try keepCasesOfRegimes(desk)
        for number in [1, 2] {
            for name in ["First", "Second"] {
                try desk.perform(.put(policy: name, Incoming(.filled(number))))
                desk.clock.advance(by: .hours(1))
            }
        }
        try meetAgain(desk)
        try share(desk)
        try climb(desk)
        for epoch in [2, 3] as [Int64] {
            guard try desk.store.promote() == epoch else { throw NotThere() }
            desk.clock.advance(by: .hours(1))
        }
        return desk
    }

    /// A case is shared with its customer, that is taken back, and it is shared anew.
    private static func share(_ desk: Desk) throws {
        let id = try desk.open(.plain("It creaks.", customer: "Ursula")).record.id
        for command in [
            CaseCommand.share(case: id, Incoming(ShareRequest(life: .days(9)))),
            .unshare(case: id, Incoming("Astray.")),
            .share(case: id, Incoming(ShareRequest())),
        ] {
            _ = try desk.store.write { transaction in
                guard let file = try transaction.subject(of: command) else { throw NotThere() }
                return try transaction.perform(command, on: file, by: Desk.agent, sharing: ShareSecret())
            }
            desk.clock.advance(by: .hours(1))
        }
    }

    /// What is not kept comes up the ladder, and two customers hear nothing for too long; of two promises one is kept then.
    private static func climb(_ desk: Desk) throws {
        var edit = PolicyEdit()
        edit.ladder = ["-PT1H owner", "PT0S manager"]
        edit.updateEvery = .some(.hours(30))
        try desk.perform(.edit(.normal, edit))
        _ = try desk.open(.plain("It drips.", customer: "Udo"))
        let kept = try desk.open(.plain("It rattles.", customer: "Uma"))
        desk.clock.advance(by: .days(3))
        while try desk.store.write({ try $0.announce(limit: 100) }).done == 100 {}
        try desk.keep(kept.promises[0].id, ofCase: kept.record.id)
        desk.clock.advance(by: .hours(1))
    }

    /// Who was let go comes back, as themselves and as somebody else, is merged with them and taken for somebody else; cases are
    /// resolved to nobody's content; and there is a concession that was refused, and decided again.
    private static func meetAgain(_ desk: Desk) throws {
        func log(_ id: Int64, _ request: LogRequest, by actor: Actor = agent) throws {
            try desk.change(id, by: actor) { file, policy, now in
                try file.write(Incoming(request), under: policy, by: actor, at: now)
            }
            desk.clock.advance(by: .hours(1))
        }
        func settled(_ file: CaseChange) -> [SettleRequest] {
            file.promises.filter { $0.isUnsettled && $0.isToCustomer }.map {
                SettleRequest(promiseID: $0.id, action: .keep(KeepRequest(evidence: "A letter")))
            }
        }
        func resolve(_ id: Int64, accepted: Bool) throws {
            try desk.change(id) { file, policy, now in
                let request = ResolveRequest(
                    summary: "Done", customerAccepted: accepted, settle: settled(file))
                try file.resolve(Incoming(request), under: policy, by: agent, at: now)
            }
            desk.clock.advance(by: .hours(1))
        }
        func perform(_ command: CustomerCommand) throws {
            _ = try desk.store.write { try $0.perform(command, by: manager) }
            desk.clock.advance(by: .hours(1))
        }
        let first = try desk.open(.plain("It broke.", customer: "Eva")).record
        try desk.change(first.id, by: manager) { file, policy, now in
            let settle = settled(file)
            let request = RelationshipRequest(decision: .end, reason: "Never again", settle: settle)
            try file.decide(Incoming(request), under: policy, by: manager, at: now)
        }
        desk.clock.advance(by: .hours(1))
        let (eva, other) = (first.customer.id, try desk.open(.plain("It sings.", customer: "Ida")).record)
        let back = try desk.open(CaseRequest(complaint: "Again.", customer: .known(id: eva))).record
        try perform(.merge(customer: other.customer.id, Incoming(MergeRequest(into: eva, reason: "The same"))))
        let merged = try desk.open(CaseRequest(complaint: "Me again.", customer: .known(id: other.customer.id))).record
        try perform(.unmerge(customer: other.customer.id, Incoming(UnmergeRequest())))
        try perform(.merge(customer: other.customer.id, Incoming(MergeRequest(into: eva, reason: "The same"))))
        try log(back.id, .threat(.safety, stake: nil, text: "I know where you live."))
        let threat = try #require(try desk.file(back.id)?.matters.last { $0.kind == .threat }).seq
        try log(back.id, .threatAssessment(AssessmentRequest(of: threat, verdict: .credible, reason: "They do.")))
        for amount: Int64 in [100, 9_000_000] {
            try log(back.id, .concession(what: "A voucher", Money(amount: amount, currency: .usDollar)))
        }
        let asked = try #require(try desk.file(back.id)?.matters.last { $0.kind == .concession }).seq
        for approved in [false, true] {
            try log(
                back.id, .concessionDecision(ConcessionDecisionRequest(of: asked, approved: approved, reason: "Once.")),
                by: manager)
        }
        for id in [other.id, merged.id] { try resolve(id, accepted: false) }
        try desk.change(other.id, by: manager) { file, policy, now in
            try file.reopen(Incoming(ReopenRequest(reason: "They rang.")), under: policy, by: manager, at: now)
        }
        desk.clock.advance(by: .hours(1))
    }

    /// A case that comes under a regime, under another, and to its second stage.
    private static func keepCasesOfRegimes(_ desk: Desk) throws {
        let request = CaseRequest(
            fields: CaseFields(regime: "housing-ombudsman"), complaint: "It drips.",
            customer: .new(CustomerFields(name: "Ida Kern")))
        let file = try desk.store.write { try $0.openCase(Incoming(request), by: Desk.manager).file }
        let id = file.record.id
        func edit(_ regime: String?) -> CaseCommand {
            var edit = CaseEdit()
            edit.regime = .some(regime)
            return .edit(case: id, Incoming(edit))
        }
        let keep = SettleAndContinue(KeepRequest(evidence: "By phone"))
        let stage = StageRequest(stage: "stage 2", reason: "They do not agree.")
        for command in [
            .keep(promise: try #require(file.promises.first).id, Incoming(keep)), edit("fca-disp"), edit(nil),
            edit("housing-ombudsman"), .stage(case: id, Incoming(stage)),
        ] {
            desk.clock.advance(by: .hours(1))
            _ = try desk.store.write { transaction in
                guard let file = try transaction.subject(of: command) else { throw NotThere() }
                return try transaction.perform(command, on: file, by: Desk.manager)
            }
        }
        // Of the last one, whose values are changed, nobody has edited anything.
        let plain = CaseRequest(complaint: "It drips.", customer: .new(CustomerFields(name: "Ida Kern")))
        _ = try desk.store.write { try $0.openCase(Incoming(plain), by: Desk.manager) }
        desk.clock.advance(by: .hours(1))
    }

    private static func keepRegimes(_ desk: Desk) throws {
        var other = RegimeRequest.twoStages
        (other.title, other.authority, other.source) = ("Other", "Others", "9.9")
        (other.calendar, other.receivedClosed) = ("default", .same)
        other.period = RegimePeriod(from: CalendarRequest.date("2026-01-01"), until: CalendarRequest.date("2026-12-31"))
        other.stages[0].clocks.removeLast()
        for (name, request) in [("ours", .twoStages), ("ours", other), ("theirs", other)] {
            _ = try desk.store.write { transaction in
                let command = RegimeCommand.put(name: name, Incoming(request))
                return try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
            }
            desk.clock.advance(by: .hours(1))
        }
    }

    private static func keepCalendars(_ desk: Desk) throws {
        var (longer, planned) = (CalendarRequest.office, CalendarRequest.office)
        longer.weekly[.sat] = [CalendarRequest.hours("09:00", "12:00")]
        (planned.specialDays, planned.effectiveFrom) = ([], CalendarRequest.date("2030-01-01"))
        for (name, request) in [("default", .office), ("default", longer), ("default", planned), ("Nights", longer)] {
            _ = try desk.store.write { transaction in
                let command = CalendarCommand.put(name: name, Incoming(request))
                return try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
            }
            desk.clock.advance(by: .hours(1))
        }
    }
}
