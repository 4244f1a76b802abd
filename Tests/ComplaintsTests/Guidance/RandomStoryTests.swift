import Complaints
import TestSupport
import Testing

/// Random complaints that are handled by guidance, and now and then against it.
@Suite("Guidance on random cases")
struct RandomStoryTests {
    @Test("every call that it gives is taken, in whatever state a case is", arguments: 1...12 as ClosedRange<UInt64>)
    func taken(seed: UInt64) throws {
        var random = SeededRandom(seed)
        var story = try Story(
            mood: random.pick(Mood.allCases), promise: random.once(in: 2) ? Desk.request() : nil,
            owner: random.once(in: 3) ? nil : "Ann")
        for _ in 0..<30 {
            story.hotInARow = Int.random(in: 0...4, using: &random)
            let items = story.guidance.items
            #expect(items.filter { $0.state == .now }.count <= 2)
            for item in items {
                guard let call = item.call else { continue }
                var copy = story
                let refused = refusal { try copy.make(call) }
                #expect(refused == nil, "\(item.tactic) of seed \(seed): \(call)")
                #expect(copy.guidance != story.guidance, "\(item.tactic) of seed \(seed) does nothing")
            }
            story.wait(random.pick([ElapsedTime.minutes(1), .hours(1), .hours(23), .days(3)]))
            try disturb(&story, &random)
        }
    }

    private func disturb(_ story: inout Story, _ random: inout SeededRandom) throws {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: try story.write(.mood(random.pick(Mood.allCases), why: nil))
        case 1: try story.write(.threat(.publicity, stake: nil, text: nil))
        case 2:
            try story.write(
                .concession(
                    what: "A voucher", Money(amount: random.pick([100, 100_000]), currency: .usDollar)))
        case 3:
            try story.write(
                .lesson(LessonRequest(cause: "No stock", process: random.pick(["A", "B"]), noReview: "Not now")))
        case 4 where story.file.record.status != .open:
            let isEnded = story.file.record.customer.relationship?.decision == .end
            let actor = isEnded ? Desk.manager : Desk.ann
            try story.change(by: actor) { file, policy, now in
                try file.reopen(Incoming(ReopenRequest(reason: "Again")), under: policy, by: actor, at: now)
            }
        default:
            let calls = story.guidance.items.compactMap(\.call)
            if !calls.isEmpty { try story.make(random.pick(calls)) }
        }
    }

    @Test(
        "who does what is to be done now comes to an end of it", arguments: Mood.allCases,
        1...5 as ClosedRange<UInt64>)
    func ends(mood: Mood, seed: UInt64) throws {
        var random = SeededRandom(seed)
        var story = try Story(mood: mood)
        if random.once(in: 2) { try story.write(.threat(.legal, stake: nil, text: nil)) }
        if random.once(in: 2) {
            try story.write(.concession(what: "All", Money(amount: 1_000_000, currency: .usDollar)))
        }
        var steps = 0
        while let call = story.guidance.items.first(where: { $0.state == .now })?.call, steps < 60 {
            try story.make(call)
            // Until something is due: the callback of a talk that rests.
            for _ in 0..<40 where story.toDo.isEmpty && story.file.record.status == .open { story.wait(.hours(3)) }
            steps += 1
        }
        #expect(story.toDo == [], "after \(steps) steps")
        #expect(story.file.record.status != .open)
    }
}
