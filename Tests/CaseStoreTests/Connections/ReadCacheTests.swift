import Complaints
import Testing

@testable import CaseStore

@Suite("What reads came to")
struct ReadCacheTests {
    /// Reads under a key, and whether that was read anew.
    private func isReadAnew(_ key: String = "list", in desk: Desk, by reader: Reader? = nil, asOf: Instant? = nil)
        throws -> Bool
    {
        var isAnew = false
        _ = try (reader ?? desk.reader).read(asOf: asOf) { transaction in
            try transaction.cached(key, size: { _ in 100 }) {
                isAnew = true
                return 1
            }
        }
        return isAnew
    }

    @Test("what is asked for again is remembered until something is changed")
    func changed() throws {
        let desk = try Desk()
        try desk.open()
        let anew = try (0..<5).map { _ in try isReadAnew(in: desk) }
        #expect(anew == [true, true, false, false, false])
        #expect(try isReadAnew("other", in: desk))
        try desk.note(1, "A note")
        let afterwards = try (0..<3).map { _ in try isReadAnew(in: desk) }
        #expect(afterwards == [true, true, false])
    }

    @Test("so many bytes of it are kept and no more, and nothing that is long alone")
    func bounded() throws {
        let desk = try Desk()
        try desk.open()
        func held(_ key: String, bytes: Int) throws -> Int {
            try desk.reader.read { transaction in
                for _ in 0..<2 { _ = try transaction.cached(key, size: { _ in bytes }) { 1 } }
                return transaction.cache?.bytes ?? 0
            }
        }
        var most = 0
        for number in 0..<40 {
            let held = try held("list \(number)", bytes: 900_000)
            #expect(held <= ReadCache.bytesLimit)
            most = max(most, held)
        }
        #expect(most > ReadCache.bytesLimit / 2)
        let before = try held("list 39", bytes: 900_000)
        #expect(try held("long", bytes: 1 << 21) == before)
    }

    @Test("a change by another process is a change")
    func otherProcess() throws {
        let desk = try Desk()
        let other = try desk.opened(clock: desk.clock)
        for _ in 0..<3 { _ = try isReadAnew(in: desk) }
        try other.open()
        #expect(try isReadAnew(in: desk))
    }

    @Test("nothing is remembered past the instant that a promise is due at, and up to it everything")
    func fallsDue() throws {
        let desk = try Desk()
        var promise = PromiseRequest.plain(due: .hours(2))
        promise.customerNotified = .reached
        let due = try desk.open(
            CaseRequest(complaint: "It drips.", customer: .new(CustomerFields(name: "Ida")), promise: promise)
        ).promises[0].dueAt
        for _ in 0..<2 { _ = try isReadAnew(in: desk) }
        desk.clock.set(to: due)
        #expect(try !isReadAnew(in: desk), "now it is still open")
        #expect(try isReadAnew(in: desk), "now, a millisecond later, it is overdue")
        for _ in 0..<2 { _ = try isReadAnew(in: desk) }
        desk.clock.advance(by: .hours(2))
        #expect(try !isReadAnew(in: desk), "nothing else falls due")
        desk.clock.advance(by: .days(300))
        #expect(try isReadAnew(in: desk), "examples go by another day")
    }

    @Test("a list and a case that are read again and again are always what they would be if read anew")
    func overdueList() throws {
        let desk = try Desk()
        var history = RandomHistory(desk, seed: 11)
        var sizes: Set<Int> = []
        for step in 0..<60 {
            if step % 3 == 0 { try history.work() }
            desk.clock.advance(by: .hours(Int64(step % 7)))
            func list(_ transaction: ReadTransaction) throws -> [Int64] {
                try transaction.promises(.overdue, PageRequest(limit: 50)).items.map(\.promise.id)
            }
            for _ in 0..<3 {
                let (remembered, anew) = try desk.reader.read { transaction in
                    (
                        try transaction.cached("overdue", size: \.count) { try list(transaction) },
                        try list(transaction)
                    )
                }
                #expect(remembered == anew)
                sizes.insert(anew.count)
            }
        }
        #expect(sizes.count > 2)
    }

    @Test("when the clock is set back, what was read later is not what was so earlier")
    func clockSetBack() throws {
        let desk = try Desk()
        try desk.open(
            CaseRequest(complaint: "It drips.", customer: .new(CustomerFields(name: "Ida")), promise: .plain()))
        desk.clock.advance(by: .days(2))
        for _ in 0..<3 { _ = try isReadAnew(in: desk) }
        desk.clock.advance(by: .days(-1))
        #expect(try isReadAnew(in: desk))
    }

    @Test("an instant of its own is always read anew")
    func historical() throws {
        let desk = try Desk()
        try desk.open()
        let now = try desk.reader.read(\.asOf)
        for _ in 0..<3 { #expect(try isReadAnew(in: desk, asOf: now)) }
    }

    @Test("it keeps no more than its share, and nothing that is too large")
    func bounds() throws {
        let cache = ReadCache()
        func keep(_ key: String, bytes: Int) {
            for _ in 0..<2 { cache.keep(key, key, bytes: bytes, asOf: TestClock.start) { .latest } }
        }
        func isKept(_ key: String) -> Bool {
            cache.value(key, asOf: TestClock.start, changed: .earliest, as: String.self) == key
        }
        keep("large", bytes: 2 << 20)
        keep(String(repeating: "x", count: 2000), bytes: 10)
        #expect(!isKept("large") && !isKept(String(repeating: "x", count: 2000)))
        for number in 0..<100 {
            keep("\(number)", bytes: 1 << 19)
            #expect(isKept("\(number)"))
        }
        #expect((0..<100).count { isKept("\($0)") } <= 8)
    }
}
