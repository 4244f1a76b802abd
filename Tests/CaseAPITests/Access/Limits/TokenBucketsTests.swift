import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Token buckets")
struct TokenBucketsTests {
    private static let second: Int64 = 1_000_000_000

    @Test("let a burst through, then one an interval")
    func burst() {
        let buckets = TokenBuckets(RateLimit(2, perSeconds: 1, burst: 3))
        var now = Self.second
        for _ in 0..<3 { #expect(buckets.take(7, at: now) == nil) }
        #expect(buckets.take(7, at: now) == Self.second / 2)
        #expect(buckets.take(7, at: now) == Self.second / 2, "who is refused is not put off further")
        now += Self.second / 2 - 1
        #expect(buckets.take(7, at: now) == 1)
        now += 1
        #expect(buckets.take(7, at: now) == nil)
        #expect(buckets.take(7, at: now) == Self.second / 2)
        now += 100 * Self.second
        for _ in 0..<3 { #expect(buckets.take(7, at: now) == nil) }
        #expect(buckets.take(7, at: now) != nil, "silence saves up no more than a burst")
    }

    @Test("are everybody's own")
    func keys() {
        let buckets = TokenBuckets(RateLimit(1, perSeconds: 60, burst: 1))
        for key in UInt64(0)..<100 { #expect(buckets.take(key, at: 5) == nil, "\(key)") }
        for key in UInt64(0)..<100 { #expect(buckets.take(key, at: 5) != nil, "\(key)") }
    }

    @Test("hold anybody to the rate, at whatever times they come")
    func rate() {
        var random = SeededRandom(11)
        for _ in 0..<50 {
            let (requests, seconds, burst) = (
                Int.random(in: 1...50, using: &random), Int.random(in: 1...60, using: &random),
                Int.random(in: 1...20, using: &random)
            )
            let buckets = TokenBuckets(RateLimit(requests, perSeconds: seconds, burst: burst))
            let interval = Int64(seconds) * Self.second / Int64(requests)
            var now = Self.second
            var taken: [Int64] = []
            for _ in 0..<400 {
                now += Int64.random(in: 0...interval, using: &random)
                guard let wait = buckets.take(1, at: now) else {
                    taken.append(now)
                    continue
                }
                #expect(wait > 0 && wait <= interval)
            }
            // In any window there are no more than the burst and what came in meanwhile.
            for (index, start) in taken.enumerated() {
                for (later, end) in taken.enumerated().dropFirst(index) {
                    #expect(Int64(later - index + 1) <= Int64(burst) + (end - start) / interval)
                }
            }
        }
    }

    @Test("a flood of strangers makes them forgetful, not larger, and leaves hardly anybody out of the count")
    func flood() {
        let buckets = TokenBuckets(RateLimit(1, perSeconds: 3600, burst: 1))
        for key in 0..<UInt64(TokenBuckets.capacity * 20) { #expect(buckets.take(key, at: 5) == nil) }
        let half = UInt64(TokenBuckets.capacity / 2)
        let few = TokenBuckets(RateLimit(1, perSeconds: 3600, burst: 1))
        for key in 0..<half { #expect(few.take(key &* 0x1_0001, at: 5) == nil) }
        let remembered = (0..<half).count { few.take($0 &* 0x1_0001, at: 6) != nil }
        #expect(remembered > Int(half) * 8 / 10)
    }

    @Test("give no more than there is to many threads at once")
    func threads() {
        let buckets = TokenBuckets(RateLimit(1, perSeconds: 3600, burst: 1000))
        let taken = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<1000 where buckets.take(3, at: 5) == nil { taken.add(1, ordering: .relaxed) }
        }
        #expect(taken.load(ordering: .relaxed) == 1000)
    }
}
