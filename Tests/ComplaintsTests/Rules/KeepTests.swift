import Complaints
import Testing

@Suite("Keeping a promise")
struct KeepTests {
    /// Keeps the only promise of a case, which is then resolved.
    private func keep(_ request: KeepRequest, told: Bool = true, at now: Instant) throws -> Promise {
        var file = Desk.change(promises: [Desk.promise(told: told)])
        try file.keep(
            1, Incoming(SettleAndContinue(request, then: .resolve(Desk.resolution))), under: Desk.policy, by: Desk.ann,
            at: now)
        return try #require(file.promise(1))
    }

    @Test("without kept_at it was kept now, by whoever says so")
    func now() throws {
        let promise = try keep(KeepRequest(evidence: "Letter 4"), at: Desk.inTime)
        #expect(
            promise.settlement
                == Settlement(
                    outcome: .kept(at: Desk.inTime), recordedAt: Desk.inTime, by: "Ann", evidence: "Letter 4"))
        #expect(!promise.isBackdated)
    }

    @Test(
        "kept_at lies from the making up to now; a keep recorded late with kept_at in time needs evidence",
        arguments: [
            (Desk.morning, Desk.inTime, nil, []),
            (Desk.morning, Desk.due, nil, []),
            (Desk.inTime, Desk.inTime, nil, []),
            (Desk.due, Desk.late, nil, ["#/evidence required"]),
            (Desk.due, Desk.late, "Call recording 17", []),
            (Desk.late, Desk.late, nil, []),
            (Desk.late, Desk.due + .days(9), nil, []),
            (Desk.due + .seconds(3), Desk.due, nil, ["#/kept_at in_the_future"]),
            (Desk.morning + ElapsedTime(milliseconds: -1), Desk.due, nil, ["#/kept_at before_made_at"]),
            (Desk.morning + ElapsedTime(milliseconds: -1), Desk.late, nil, ["#/kept_at before_made_at"]),
        ] as [(Instant, Instant, String?, [String])])
    func keptAt(_ keptAt: Instant, _ now: Instant, _ evidence: String?, _ issues: [String]) {
        let refused = refusal { try keep(KeepRequest(keptAt: PastInstant(keptAt), evidence: evidence), at: now) }
        #expect(refused?.issues ?? [] == issues)
        #expect((refused == nil) == issues.isEmpty)
    }

    @Test("a keep says that the customer knows of the promise, if nothing said so before")
    func told() throws {
        let untold = try keep(KeepRequest(keptAt: PastInstant(Desk.morning + .minutes(5))), told: false, at: Desk.due)
        #expect(untold.told == Promise.Told(at: Desk.morning + .minutes(5), recordedAt: Desk.due))
        let told = try keep(KeepRequest(), told: true, at: Desk.due)
        #expect(told.told == Promise.Told(at: Desk.morning, recordedAt: Desk.morning))
    }

    @Test("an imported promise that the desk keeps late by its own word is backdated like any other")
    func imported() {
        let settlement = Settlement(outcome: .kept(at: Desk.inTime), recordedAt: Desk.late, by: "Ann")
        let promise = Promise(
            id: 1, caseID: 7, kind: .answer, what: "Answer", madeBy: "import", madeAt: Desk.morning, dueAt: Desk.due,
            imported: true, settlement: settlement)
        #expect(promise.isBackdated)
    }
}
