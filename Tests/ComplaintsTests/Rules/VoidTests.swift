import Complaints
import Testing

@Suite("Taking back a promise entered by mistake")
struct VoidTests {
    static let quarter = Desk.morning + .minutes(15)
    static let afterQuarter = Desk.morning + ElapsedTime(milliseconds: 900_001)
    static let namesake = Actor(name: "Ann", tokenID: 9, tokenName: "other", role: .agent)
    static let sharesToken = Actor(name: "Abe", tokenID: 1, tokenName: "desk", role: .agent)
    static let admin = Actor(name: "root", tokenID: 4, tokenName: "root", role: .admin)

    /// Takes back the first of two promises.
    private func void(
        _ promise: Promise = Desk.promise(), by actor: Actor, at now: Instant,
        _ request: VoidRequest = VoidRequest(reason: "Wrong case", customerNotified: Desk.reached),
        then: Continuation = .none
    ) -> (file: CaseChange, refused: Refusal?) {
        var file = Desk.change(promises: [promise, Desk.promise(2)])
        let refused = refusal {
            try file.void(1, Incoming(SettleAndContinue(request, then: then)), under: Desk.policy, by: actor, at: now)
        }
        return (file, refused)
    }

    @Test(
        "its maker may for 15 minutes, a manager always, nobody else ever",
        arguments: [
            (Desk.ann, Desk.morning, true), (Desk.ann, quarter, true), (Desk.ann, afterQuarter, false),
            (Desk.bea, Desk.morning, false), (namesake, Desk.morning, false), (sharesToken, Desk.morning, false),
            (Desk.manager, Desk.morning, true), (Desk.manager, Desk.late + .days(9), true), (admin, afterQuarter, true),
        ])
    func permission(_ actor: Actor, _ now: Instant, _ isAllowed: Bool) {
        let (file, refused) = void(by: actor, at: now)
        #expect((refused == nil) == isAllowed)
        #expect((refused?.isForbidden == true) == !isAllowed)
        #expect((file.promise(1)?.state(at: now) == .void) == isAllowed)
    }

    @Test("its maker may not once it is due, unless it was overdue as it was made")
    func pastDue() {
        let soon = Desk.promise(due: Desk.morning + .minutes(5))
        #expect(void(soon, by: Desk.ann, at: Desk.morning + .minutes(5)).refused == nil)
        #expect(void(soon, by: Desk.ann, at: Desk.morning + .minutes(6)).refused?.isForbidden == true)
        let bornOverdue = Desk.promise(due: Desk.morning + .minutes(-1))
        #expect(void(bornOverdue, by: Desk.ann, at: Desk.morning + .minutes(6)).refused == nil)
    }

    @Test("past due a manager makes no promise of their own go away, made by them or for them")
    func oneself() throws {
        let mine = Desk.promise(owner: "MIA")
        #expect(void(mine, by: Desk.manager, at: Desk.late).refused?.isForbidden == true)
        let maker = Actor(name: "ann", tokenID: 3, tokenName: "mia", role: .manager)
        #expect(void(by: maker, at: Desk.late).refused?.isForbidden == true)
        #expect(void(Desk.promise(owner: "Dan"), by: Desk.manager, at: Desk.late).refused == nil)
        let underAnotherName = Actor(name: "Zed", tokenID: 3, tokenName: "Mia", role: .manager)
        #expect(void(mine, by: underAnotherName, at: Desk.late).refused?.isForbidden == true, "it is her token")
    }

    @Test("a desk of one does it itself, and the log says so")
    func deskOfOne() throws {
        var alone = Desk.manager
        alone.isAlone = true
        let (file, refused) = void(Desk.promise(owner: "Mia"), by: alone, at: Desk.late)
        #expect(refused == nil)
        #expect(file.log[0].facts.contains(Fact("by_oneself", .boolean(true))))
        let other = void(Desk.promise(owner: "Dan"), by: alone, at: Desk.late).file
        #expect(!other.log[0].facts.contains { $0.name == "by_oneself" }, "it was not about themselves")
    }

    @Test("a customer who had been told of it is told that it is none")
    func told() throws {
        let silent = VoidRequest(reason: "Wrong case")
        #expect(
            void(by: Desk.ann, at: Desk.morning, silent).refused?.issues == ["#/customer_notified required"])
        #expect(void(Desk.promise(told: false), by: Desk.ann, at: Desk.morning, silent).refused == nil)
        let (file, _) = void(by: Desk.ann, at: Desk.morning)
        #expect(file.log[0].facts.contains(Fact("notified_outcome", .text("reached"))))
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
                        SettleAndContinue(
                            VoidRequest(reason: "Twice"), then: .promise(Desk.request(.after(.hours(1)))))),
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
