import Complaints
import TestSupport

/// Promises to the customer with random dates and endings, each with the case's fields and the owner when it was due.
struct RandomPromises {
    struct Row: Sendable {
        var promise: Promise
        var fields: CaseFields
        var owner: String?
        /// What was found of the case.
        var outcome: CaseOutcome? {
            promise.id.isMultiple(of: 3) ? nil : CaseOutcome.allCases[Int(promise.id) % CaseOutcome.allCases.count]
        }
    }

    /// Every promise lies within some weeks around this instant.
    static let middle = instant("2026-03-29T00:00:00Z")

    private var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed)
    }

    mutating func rows(_ count: Int) -> [Row] {
        (0..<count).map { row(Int64($0) + 1) }
    }

    private mutating func row(_ id: Int64) -> Row {
        let madeAt = Self.middle + .minutes(.random(in: -60_000...60_000, using: &random))
        let dueAt = madeAt + .minutes(.random(in: -60...20_000, using: &random))
        let slips = random.once(in: 3)
        let originalDueAt = slips ? dueAt + .minutes(.random(in: -9000...500, using: &random)) : dueAt
        var promise = Promise(
            id: id, caseID: 7, kind: random.pick(PromiseKind.allCases), what: "Call back",
            madeBy: random.pick(["Ann", "ann", "Bea", "policy"]), madeAt: madeAt, dueAt: dueAt,
            originalDueAt: originalDueAt, slips: slips ? 1 : 0, supersedes: slips ? id + 1_000_000 : nil,
            told: random.once(in: 4) ? nil : Promise.Told(at: madeAt, recordedAt: madeAt),
            settlement: settlement(around: dueAt, after: madeAt))
        promise.upheld = upheld(promise)
        let fields = CaseFields(
            channel: random.pick(Channel.allCases),
            category: random.once(in: 5) ? nil : random.pick(["Pumps", "pumps", "Öl", "ÖL"]),
            severity: random.pick(Severity.allCases),
            team: random.once(in: 5) ? nil : random.pick(["Repairs", "REPAIRS", "Desk"]))
        return Row(
            promise: promise, fields: fields,
            owner: random.once(in: 5) ? nil : random.pick(["Dan", "dan", "DAN", "Eve"]))
    }

    private mutating func settlement(around dueAt: Instant, after madeAt: Instant) -> Settlement? {
        // On the very instant now and then: that is where the states part.
        let offset = random.once(in: 6) ? 0 : Int64.random(in: -600_000_000...600_000_000, using: &random)
        // Just after the making now and then: nobody waited for that.
        let at =
            random.once(in: 5)
            ? madeAt + ElapsedTime(milliseconds: random.pick([0, 60_000, 60_001]))
            : max(madeAt, dueAt + ElapsedTime(milliseconds: offset))
        let recordedAt =
            at + ElapsedTime(milliseconds: random.once(in: 2) ? 0 : .random(in: 0...90_000_000, using: &random))
        let outcome: Settlement.Outcome
        switch Int.random(in: 0..<10, using: &random) {
        case 8: outcome = .transferred(at: at, to: 9)
        case 0, 1, 2: outcome = .kept(at: at)
        case 3: outcome = .superseded(at: at, by: 9)
        case 4: outcome = .withdrawn(at: at, release: .customerAgreed)
        case 5: outcome = .withdrawn(at: at, release: .without(.impossible))
        case 6: outcome = .void(at: at)
        case 7: outcome = .withdrawn(at: at, release: .ended)
        default: return nil
        }
        return Settlement(
            outcome: outcome, recordedAt: recordedAt, by: "Ann", evidence: random.once(in: 2) ? "A recording" : nil,
            successor: outcome.transferredTo == nil && random.once(in: 4) ? 9 : nil)
    }

    /// That it was found not to have been kept, now and then.
    private mutating func upheld(_ promise: Promise) -> Promise.Upheld? {
        guard let settlement = promise.settlement, case .kept = settlement.outcome, random.once(in: 5) else {
            return nil
        }
        return Promise.Upheld(
            recordedAt: settlement.recordedAt + .hours(1), successor: random.once(in: 2) ? 9 : nil)
    }
}
