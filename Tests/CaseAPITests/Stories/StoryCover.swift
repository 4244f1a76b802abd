import Complaints
import Testing

/// The twelve stories, and the tactics that are followed in each.
enum StoryCover: String, CaseIterable {
    case guestAtTheTables, salesperson, nineteenDollars, vulgarities
    case lateParcel, refundAboveTheLimit, oldLetter, threatToSafety
    case thirdHotCall, thereIsMoreToIt, talkThatGoesNowhere, backAgain

    /// At least these.
    var tactics: Set<Tactic> {
        switch self {
        case .guestAtTheTables: [.acknowledge, .letVent, .apologise, .debrief, .learn]
        case .salesperson: [.acknowledge, .letVent, .promiseWithCare, .restate]
        case .nineteenDollars: [.assessThreats, .concede, .agree]
        case .vulgarities: [.takeNoAbuse, .supervisor, .relationship, .letVent]
        case .lateParcel: [.keepPromises, .tellOfDelays, .apologise, .learn]
        case .refundAboveTheLimit: [.concede, .agree, .keepPromises]
        case .oldLetter: [.writeItDown, .listen, .timeline, .followUp]
        case .threatToSafety: [.assessThreats, .acknowledge]
        case .thirdHotCall: [.handOver, .debrief]
        case .thereIsMoreToIt: [.listen, .restate, .apologise]
        case .talkThatGoesNowhere: [.coolOff, .keepPromises, .letVent]
        case .backAgain: [.relationship, .timeline]
        }
    }

    func expect(_ story: FollowedCase) {
        #expect(tactics.isSubset(of: story.done), "\(rawValue) lacks \(tactics.subtracting(story.done))")
    }
}

@Suite("Twelve stories")
struct TwelveStoriesTests {
    @Test("follow every tactic somewhere")
    func all() {
        #expect(StoryCover.allCases.count == 12)
        let followed = StoryCover.allCases.reduce(into: Set<Tactic>()) { $0.formUnion($1.tactics) }
        #expect(Set(Tactic.allCases).subtracting(followed) == [])
    }
}
