import Complaints
import Testing

@Suite("Taking back a promise entered by mistake")
struct VoidTests {
    static let quarter = Desk.morning + .minutes(15)
    static let afterQuarter = Desk.morning + ElapsedTime(milliseconds: 900_001)
    static let namesake = Actor(name: "Ann", tokenID: 9, tokenName: "other", role: .agent)
    static let sharesToken = Actor(name: "Abe", tokenID: 1, tokenName: "desk", role: .agent)
    static let admin = Actor(name: "root", tokenID: 4, tokenName: "root", role: .admin)

    @Test(
        "its maker may for 15 minutes, a manager always, nobody else ever",
        arguments: [
            (Desk.ann, Desk.morning, true), (Desk.ann, quarter, true), (Desk.ann, afterQuarter, false),
            (Desk.bea, Desk.morning, false), (namesake, Desk.morning, false), (sharesToken, Desk.morning, false),
            (Desk.manager, Desk.morning, true), (Desk.manager, Desk.late + .days(9), true), (admin, afterQuarter, true),
        ])
    func permission(_ actor: Actor, _ now: Instant, _ isAllowed: Bool) {
        var file = Desk.change(promises: [Desk.promise(), Desk.promise(2)])
        let refused = refusal {
            try file.void(
                1, Incoming(SettleAndContinue(VoidRequest(reason: "Wrong case"))), under: Desk.policy, by: actor,
                at: now)
        }
        #expect((refused == nil) == isAllowed)
        #expect((refused?.isForbidden == true) == !isAllowed)
        #expect(file.promise(1)?.state(at: now) == (isAllowed ? .void : .open))
    }

    @Test("the policy's promise is taken back only by a manager")
    func policys() throws {
        let open = try CaseChange.open(
            Incoming(CaseRequest(complaint: "It broke.", customer: .known(id: 5))), customer: Desk.customer, id: 7,
            promiseID: 1, policy: Desk.policy, by: Desk.ann, at: Desk.morning)
        for (actor, isAllowed) in [(Desk.ann, false), (Desk.manager, true)] {
            var file = open
            let refused = refusal {
                try file.void(
                    1,
                    Incoming(
                        SettleAndContinue(VoidRequest(reason: "Twice"), then: .promise(Desk.request()))),
                    under: Desk.policy, by: actor, at: Desk.morning)
            }
            #expect((refused?.isForbidden == true) == !isAllowed)
        }
    }

    @Test("it is counted apart, and never hidden")
    func stays() throws {
        var file = Desk.change(promises: [Desk.promise(), Desk.promise(2)])
        try PromiseAction.void.apply(to: 1, of: &file, at: Desk.inTime)
        #expect(file.promises.count == 2)
        #expect(file.file.timeline(at: Desk.inTime).counts[.void] == 1)
        #expect(file.promise(1)?.settlement?.reason == "Wrong case")
    }
}
