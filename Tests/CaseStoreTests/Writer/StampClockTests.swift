import Complaints
import Testing

@testable import CaseStore

@Suite("The clock of stamps and reads")
struct StampClockTests {
    let time = TestClock()

    private func clock(committed: Instant = .earliest) -> StampClock {
        let time = time
        return StampClock(committed: committed, wallClock: { time.now })
    }

    @Test("a stamp lies after every stamp and every read before it")
    func increasing() throws {
        let clock = clock()
        var last = Instant.earliest
        for _ in 0..<50 {
            let read = clock.startRead().now
            #expect(read >= last)
            let stamp = try clock.beginBatch(after: last)
            #expect(stamp > max(read, last))
            clock.endBatch()
            last = stamp
        }
    }

    @Test("stamps go on from where they were when the clock is set back")
    func setBack() throws {
        let clock = clock()
        let first = try clock.beginBatch(after: .earliest)
        clock.endBatch()
        time.advance(by: .minutes(-4))
        let second = try clock.beginBatch(after: first)
        clock.endBatch()
        #expect(second == first + ElapsedTime(milliseconds: 1))
    }

    @Test("a batch gets its stamp however many reads there are, and even when the clock stands still")
    func standingClock() throws {
        let clock = StampClock(committed: .earliest, wallClock: { TestClock.start })
        for count in 1...3 {
            for _ in 0..<100 { _ = clock.startRead().now }
            let stamp = try clock.beginBatch(after: .earliest)
            #expect(stamp == TestClock.start + ElapsedTime(milliseconds: Int64(count)))
            #expect(clock.startRead().now < stamp)
            clock.endBatch()
        }
    }

    @Test("a stamp follows what is on record, even by another process's clock")
    func afterCommitted() throws {
        let ahead = TestClock.start + .minutes(4)
        #expect(try clock().beginBatch(after: ahead) == ahead + ElapsedTime(milliseconds: 1))
        #expect(try clock(committed: ahead).beginBatch(after: .earliest) == ahead + ElapsedTime(milliseconds: 1))
    }

    @Test("a stamp can lie ahead, and then its time is waited for before the commit")
    func ahead() throws {
        // A clock that goes on only when it was looked at often enough.
        let looks = Shared(0)
        let clock = StampClock(
            committed: .earliest,
            wallClock: {
                looks.change { $0 += 1 }
                return TestClock.start + ElapsedTime(milliseconds: looks.value > 10 ? 1 : 0)
            })
        #expect(clock.hasCome)
        let first = try clock.beginBatch(after: .earliest)
        #expect(first == TestClock.start)
        #expect(clock.hasCome)
        clock.endBatch()
        let second = try clock.beginBatch(after: first)
        #expect(second == TestClock.start + ElapsedTime(milliseconds: 1))
        #expect(!clock.hasCome)
        clock.waitOut(second)
        #expect(looks.value == 11)
        #expect(clock.hasCome)
    }

    @Test("a clock that was set back is not waited for")
    func notWaitedFor() throws {
        let clock = clock(committed: TestClock.start + .minutes(4))
        let stamp = try clock.beginBatch(after: .earliest)
        clock.waitOut(stamp)
        #expect(!clock.hasCome)
        clock.endBatch()
        #expect(clock.hasCome)
    }

    @Test("who asks for the instant of a batch that is being committed can have it right after that batch")
    func notYetClosed() throws {
        let clock = clock()
        let first = try clock.beginBatch(after: .earliest)
        time.advance(by: ElapsedTime(milliseconds: 5))
        let asked = time.now
        #expect(throws: StoreError.self) { try clock.read(asOf: asked) }
        clock.endBatch()
        // In the very millisecond that was asked for.
        #expect(try clock.beginBatch(after: first) > asked)
        try clock.read(asOf: asked)
        clock.endBatch()
    }

    @Test("while a batch is being committed, now lies before its stamp")
    func inFlight() throws {
        let clock = clock()
        let stamp = try clock.beginBatch(after: .earliest)
        time.advance(by: .hours(1))
        #expect(clock.startRead().now == Instant(milliseconds: stamp.milliseconds - 1))
        #expect(throws: Never.self) { try clock.read(asOf: Instant(milliseconds: stamp.milliseconds - 1)) }
        for instant in [stamp, stamp + .minutes(1)] {
            #expect(refusal { try clock.read(asOf: instant) } == "not yet closed")
        }
        clock.endBatch()
        #expect(throws: Never.self) { try clock.read(asOf: stamp + .minutes(1)) }
        #expect(clock.startRead().now > stamp)
    }

    @Test("a read that answers nobody has the same now, and no stamp has to lie after it")
    func peek() throws {
        let clock = StampClock(committed: .earliest, wallClock: { TestClock.start })
        #expect(clock.peekNow() == TestClock.start)
        #expect(try clock.beginBatch(after: .earliest) == TestClock.start)
        #expect(clock.peekNow() < TestClock.start, "while that batch is being committed")
        clock.endBatch()
        #expect(clock.startRead().now == TestClock.start)
        #expect(try clock.beginBatch(after: .earliest) > TestClock.start)
    }

    @Test("the future is refused, and what is on record is never the future")
    func future() {
        let clock = clock(committed: TestClock.start + .days(1))
        #expect(throws: Never.self) { try clock.read(asOf: TestClock.start + .days(1)) }
        #expect(refusal { try clock.read(asOf: TestClock.start + .days(2)) } == "in the future")
    }

    private func refusal(_ read: () throws -> Void) -> String {
        do {
            try read()
            return "admitted"
        } catch StoreError.notYetClosed {
            return "not yet closed"
        } catch StoreError.inTheFuture {
            return "in the future"
        } catch {
            return "\(error)"
        }
    }

    @Test("with readers on every side, no stamp is given at or before an instant that was read without it")
    func stress() async throws {
        let clock = clock()
        let record = Shared<[Instant]>([])
        let reads = Shared<[(asOf: Instant, seen: Int)]>([])
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var last = Instant.earliest
                for _ in 0..<2000 {
                    last = (try? clock.beginBatch(after: last)) ?? .latest
                    let stamp = last
                    record.change { $0.append(stamp) }
                    clock.endBatch()
                }
            }
            for reader in 0..<4 {
                group.addTask {
                    for _ in 0..<2000 {
                        let earliest = clock.startRead().now
                        let snapshot = record.value
                        let asOf = max(earliest, snapshot.last ?? .earliest)
                        if reader == 0 { guard (try? clock.read(asOf: asOf)) != nil else { continue } }
                        reads.change { $0.append((asOf, snapshot.count)) }
                    }
                }
            }
        }
        let stamps = record.value
        #expect(zip(stamps, stamps.dropFirst()).allSatisfy { $0 < $1 })
        for (asOf, seen) in reads.value where seen < stamps.count {
            guard stamps[seen] > asOf else {
                Issue.record("a batch stamped \(stamps[seen].rfc3339) came after a read as of \(asOf.rfc3339)")
                return
            }
        }
    }
}
