import Complaints
import Testing

@testable import CaseStore

/// A wall clock and a boot clock that a test sets, each for itself.
final class TwoClocks: Sendable {
    private let times = Shared((wall: TestClock.start, uptime: ElapsedTime.hours(5)))
    let told = Shared<[String]>([])

    /// Time passes by both.
    func pass(_ span: ElapsedTime) {
        times.change { $0 = ($0.wall + span, ElapsedTime(milliseconds: $0.uptime.milliseconds + span.milliseconds)) }
    }

    /// Somebody sets the wall clock.
    func set(by span: ElapsedTime) {
        times.change { $0.wall = $0.wall + span }
    }

    var wall: Instant { times.value.wall }
    /// When the machine was booted, as the wall clock has it.
    var booted: Instant { wall - times.value.uptime }

    func stampClock(committed: Instant = .earliest) -> StampClock {
        StampClock(
            committed: committed, wallClock: { self.times.value.wall }, bootClock: { self.times.value.uptime },
            observe: { trouble in self.told.change { $0.append(trouble?.word ?? "believed") } })
    }
}

@Suite("Leaps of the wall clock")
struct LeapTests {
    let clocks = TwoClocks()

    /// A batch that has its stamp at once; what stands against it, if so.
    private func refusal(_ clock: StampClock, after committed: Instant = .earliest) -> String? {
        do {
            _ = try clock.beginBatch(after: committed)
            clock.endBatch()
            return nil
        } catch StoreError.clock(let trouble) {
            return trouble.word
        } catch {
            return "\(error)"
        }
    }

    static let steps: [(ElapsedTime, String?)] = [
        (.days(40), "clock_jumped"), (.days(-40), "clock_jumped"), (.seconds(301), "clock_jumped"),
        (.seconds(-301), "clock_jumped"), (.minutes(5), nil), (.minutes(-5), nil), (.seconds(1), nil), (.zero, nil),
    ]

    @Test(
        "a leap of more than five minutes keeps batches out, before any look at the clock; less does not",
        arguments: steps)
    func leap(_ step: ElapsedTime, _ trouble: String?) {
        let clock = clocks.stampClock()
        #expect(refusal(clock) == nil)
        clocks.pass(.seconds(1))
        clocks.set(by: step)
        #expect(refusal(clock) == trouble)
        #expect(clock.check().trouble?.word == trouble)
        #expect(clocks.told.value == (trouble.map { [$0] } ?? []), "once")
    }

    @Test("time that passes is no leap, however long nobody looks: a suspended machine's boot clock goes on")
    func suspended() {
        let clock = clocks.stampClock()
        clocks.pass(.days(30))
        #expect(refusal(clock) == nil)
        #expect(clock.startRead().now == clocks.wall)
    }

    @Test("steps that are small each are taken, whatever they come to")
    func drift() {
        let clock = clocks.stampClock()
        for _ in 0..<20 {
            clocks.pass(.seconds(1))
            clocks.set(by: .minutes(4))
            #expect(refusal(clock) == nil)
        }
        #expect(clock.check().now == clocks.wall)
    }

    @Test("while it has leapt, reads go by the time it should be, and push no stamp ahead", arguments: [40, -40])
    func reads(_ days: Int64) throws {
        let clock = clocks.stampClock()
        let right = clocks.wall
        clocks.set(by: .days(days))
        clocks.pass(.seconds(7))
        #expect(clock.startRead().now == right + .seconds(7))
        #expect(clock.peekNow() == right + .seconds(7))
        #expect(throws: StoreError.self) { try clock.read(asOf: right + .days(1)) }
        try clock.read(asOf: right + .seconds(7))
        clocks.set(by: .days(-days))
        clocks.pass(.seconds(1))
        let stamp = try clock.beginBatch(after: .earliest)
        #expect(stamp == right + .seconds(8))
    }

    @Test("once it is back, it goes on by itself")
    func back() {
        let clock = clocks.stampClock()
        clocks.set(by: .days(40))
        #expect(refusal(clock) == "clock_jumped")
        clocks.pass(.seconds(30))
        clocks.set(by: .days(-40))
        #expect(refusal(clock) == nil)
        #expect(clocks.told.value == ["clock_jumped", "believed"])
    }

    @Test("an operator's word ends it, ahead or back, and time goes on from the wall clock", arguments: [40, -40])
    func accepted(_ days: Int64) throws {
        let clock = clocks.stampClock()
        _ = clock.startRead().now
        clocks.set(by: .days(days))
        #expect(refusal(clock) == "clock_jumped")
        #expect(clock.accept(booted: clocks.booted) == nil)
        clocks.pass(.seconds(1))
        #expect(try clock.beginBatch(after: .earliest) == clocks.wall)
        clock.endBatch()
        #expect(clocks.told.value == ["clock_jumped", "believed"])
    }

    @Test("an operator's word about another leap, or about none, is not taken")
    func notAccepted() {
        let clock = clocks.stampClock()
        #expect(clock.accept(booted: clocks.booted) == .noLeap)
        clocks.set(by: .days(40))
        let seen = clocks.booted
        clocks.set(by: .days(1))
        #expect(clock.accept(booted: seen) == .anotherLeap)
        #expect(refusal(clock) == "clock_jumped")
    }

    @Test("a clock behind the last stamp on record can't be accepted, and stays out until it has come up to it")
    func behindAfterLeap() throws {
        let clock = clocks.stampClock()
        let stamp = try clock.beginBatch(after: .earliest)
        clock.endBatch()
        #expect(refusal(clock, after: stamp) == nil)
        clocks.set(by: .hours(-1))
        #expect(refusal(clock, after: stamp) == "clock_jumped")
        guard case .behind = clock.accept(booted: clocks.booted) else {
            Issue.record("it was accepted")
            return
        }
        clocks.set(by: .hours(1))
        #expect(refusal(clock, after: stamp) == nil)
    }

    @Test(
        "at the start a clock far behind the record keeps batches out until it is nearly there; a little is as before")
    func behindAtStart() throws {
        let clock = clocks.stampClock(committed: clocks.wall + .minutes(30))
        #expect(clock.check().trouble?.word == "clock_behind")
        #expect(refusal(clock) == "clock_behind")
        clocks.pass(.minutes(25))
        #expect(refusal(clock) == nil)
        #expect(clocks.told.value == ["clock_behind", "believed"])
        let near = clocks.stampClock(committed: clocks.wall + .minutes(4))
        #expect(try near.beginBatch(after: .earliest) == clocks.wall + .minutes(4) + ElapsedTime(milliseconds: 1))
    }

    @Test("a clock that is behind at the start is set right by a leap, without anybody's word")
    func setRight() throws {
        let clock = clocks.stampClock(committed: clocks.wall)
        clocks.set(by: .days(-20_000))
        let late = clocks.stampClock(committed: clocks.wall + .days(20_000))
        #expect(refusal(late) == "clock_behind")
        clocks.set(by: .days(20_000))
        #expect(refusal(late) == nil)
        clocks.set(by: .days(-1))
        #expect(refusal(late) == "clock_jumped", "from then on it is believed, and held to it")
        #expect(refusal(clock) == "clock_jumped")
    }

    @Test("to accept the wall clock is advised where it would be accepted, and nowhere else")
    func advice() throws {
        let clock = clocks.stampClock()
        let stamp = try clock.beginBatch(after: .earliest)
        clock.saw(record: stamp)
        clock.endBatch()
        for (leap, canBeAccepted) in [
            (ElapsedTime.days(40), true), (.days(-40), false), (.hours(1), true), (.hours(-1), false),
        ] {
            clocks.set(by: leap)
            let trouble = try #require(clock.check().trouble)
            #expect(trouble.word == "clock_jumped")
            #expect(trouble.remedy.contains("--accept") == canBeAccepted, "\(trouble.remedy)")
            #expect(trouble.remedy.contains(stamp.rfc3339) != canBeAccepted)
            clocks.set(by: ElapsedTime(milliseconds: -leap.milliseconds))
            #expect(clock.check().trouble == nil)
        }
        // Behind the record at first, and then past it: what helps is another thing, and is told of.
        clocks.told.change { $0 = [] }
        clocks.set(by: .hours(-1))
        #expect(clock.check().trouble?.canBeAccepted == false)
        clocks.pass(.hours(2))
        #expect(clock.check().trouble?.canBeAccepted == true)
        #expect(clocks.told.value == ["clock_jumped", "clock_jumped"])
        #expect(clock.accept(booted: clocks.booted) == nil)
        let late = clocks.stampClock(committed: clocks.wall + .days(1))
        #expect(late.check().trouble?.remedy.contains("--accept") == false)
    }

    @Test("a service that was down for long starts with the clock as it is")
    func longDown() {
        #expect(refusal(clocks.stampClock(committed: clocks.wall - .days(900))) == nil)
    }

    @Test("a stamp that another process put on record by a clock far ahead keeps batches out too")
    func otherProcess() {
        let clock = clocks.stampClock()
        #expect(refusal(clock, after: clocks.wall + .days(40)) == "clock_behind")
        let other = clocks.stampClock()
        other.saw(record: clocks.wall + .days(40))
        #expect(other.check().trouble?.word == "clock_behind")
    }
}
