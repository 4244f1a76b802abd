import Foundation
import TestSupport
import Testing

@testable import Complaints

@Suite("A zone's file")
struct TZifFileTests {
    private static let names = [
        "Europe/Dublin", "Pacific/Apia", "Africa/Casablanca", "Etc/GMT+5", "Asia/Kolkata", "America/Nuuk",
    ]

    private func bytes(_ name: String) throws -> [UInt8] {
        Array(try #require(FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)")))
    }

    /// A file of version 2 with one block of each kind.
    private func file(
        times: [Int64] = [0], types: [(offset: Int32, isSummer: UInt8, name: UInt8)] = [(0, 0, 0), (3600, 1, 0)],
        indexes: [UInt8] = [1], leaps: Int = 0, footer: String = "\n\n", counts: [UInt32]? = nil, version: String = "2"
    ) -> [UInt8] {
        func header(_ counts: [UInt32]) -> [UInt8] {
            Array("TZif\(version)".utf8) + [UInt8](repeating: 0, count: 15)
                + counts.flatMap { count in stride(from: 24, through: 0, by: -8).map { UInt8(count >> $0 & 255) } }
        }
        var body: [UInt8] = times.flatMap { time in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: time >> $0) }
        }
        body += indexes
        for type in types {
            body += stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: type.offset >> $0) }
            body += [type.isSummer, type.name]
        }
        body += Array("UTC\0".utf8) + [UInt8](repeating: 0, count: leaps * 12)
        let own = counts ?? [0, 0, UInt32(leaps), UInt32(times.count), UInt32(types.count), 4]
        return header([0, 0, 0, 0, 0, 0]) + header(own) + body + Array(footer.utf8)
    }

    @Test("of the system is read, with the rule for the years after")
    func system() throws {
        for name in Self.names {
            let file = try TZifFile(try bytes(name))
            #expect(file.times.count == file.offsets.count && file.footer != nil, "\(name)")
        }
        #expect(try TZifFile(try bytes("Europe/Dublin")).footer?.daylight?.offset == 0)
    }

    @Test("shows what it says: before the first change, after it, and by its rule after the last")
    func made() throws {
        let rules = ZoneRules(try TZifFile(file(times: [0, 100], indexes: [1, 0], footer: "\nUTC0\n")))
        #expect([-1, 0, 99, 100, 1 << 40].map { rules.offset(at: $0) } == [0, 3600, 3600, 0, 0])
        let unruled = ZoneRules(try TZifFile(file()))
        #expect([-1, 0, 1 << 40].map { unruled.offset(at: $0) } == [0, 3600, 3600])
        #expect(unruled.span(at: 5) == OffsetSpan(offset: 3600, from: 0, until: .max))
        // Without changes the rule is for all times.
        let ruled = ZoneRules(try TZifFile(file(times: [], indexes: [], footer: "\nAAA-5\n")))
        #expect(ruled.offset(at: -1 << 40) == 18_000)
    }

    @Test("that is damaged is refused, with what is wrong")
    func damaged() {
        let cases: [(TZifFile.Fault, [UInt8])] = [
            (.notTZif, []), (.notTZif, Array("TZi".utf8)), (.notTZif, Array(repeating: 0, count: 100)),
            (.tooOld, file(version: "\0")), (.cutOff, Array(file().prefix(60))), (.cutOff, Array(file().prefix(100))),
            (.leapSeconds, file(leaps: 1)), (.counts, file(types: [])), (.counts, file(counts: [1, 0, 0, 1, 2, 4])),
            (.counts, file(counts: [0, 0, 0, 1, 2, 0])), (.cutOff, file(counts: [0, 0, 0, .max, 2, 4])),
            (.counts, file(counts: [.max, .max, 0, .max, .max, .max])),
            (.order, file(times: [5, 5], indexes: [1, 0])),
            (.order, file(times: [5, 4], indexes: [1, 0])), (.order, file(times: [.max])),
            (.order, file(times: [.min])),
            (.unknownType, file(indexes: [2])), (.localTimeType, file(types: [(0, 2, 0), (0, 0, 0)])),
            (.localTimeType, file(types: [(100_000, 0, 0), (0, 0, 0)])),
            (.localTimeType, file(types: [(.min, 0, 0), (0, 0, 0)])),
            (.localTimeType, file(types: [(0, 0, 4), (0, 0, 0)])), (.footer, file(footer: "")),
            (.footer, file(footer: "\nCET-1CEST\n")), (.footer, file(footer: "\nUTC0")),
            (.tooLong, [UInt8](repeating: 0, count: TZifFile.longest + 1)),
        ]
        for (number, (fault, bytes)) in cases.enumerated() {
            #expect(throws: fault, "case \(number)") { try TZifFile(bytes) }
        }
    }

    @Test("of whatever bytes is read or refused, and what is read answers at all times")
    func random() throws {
        var random = SeededRandom(1)
        for name in Self.names {
            let whole = try bytes(name)
            for _ in 0..<400 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                if random.once(in: 4) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
                guard let file = try? TZifFile(bytes) else { continue }
                let rules = ZoneRules(file)
                for time in [Instant.earliest, Instant(milliseconds: 0), .latest].map({ $0.milliseconds / 1000 }) {
                    let span = rules.span(at: time)
                    #expect(span.from <= time && time < span.until && span.offset == rules.offset(at: time))
                    #expect(abs(rules.time(showing: time, .first) - time) < 200_000)
                    #expect(abs(rules.time(showing: time, .second) - time) < 200_000)
                }
            }
        }
    }
}
