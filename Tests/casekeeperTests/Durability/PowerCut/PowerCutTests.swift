import Foundation
import TestSupport
import Testing

@testable import casekeeper

/// What a power cut leaves: the files as a disk holds them that has only what was synced. `make durability` cuts more
/// often; `CASEKEEPER_CUT_SEED` repeats a run.
@Suite("A power cut", .serialized)
struct PowerCutTests {
    static let variants = ProcessInfo.processInfo.environment["CASEKEEPER_CUT_VARIANTS"].flatMap { Int($0) } ?? 1
    static let seed =
        ProcessInfo.processInfo.environment["CASEKEEPER_CUT_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...999_999)

    let folder = try! TemporaryFolder()

    /// The server that stands beside the tests, with SQLite's synchronous level of choice.
    private static let variable = URL(filePath: Binary.path).deletingLastPathComponent()
        .appending(path: "power-cut-server").path

    private func cut(_ recording: Recording, _ acknowledged: [AcknowledgedChange]) throws -> PowerCuts {
        var random = SeededRandom(Self.seed)
        let cuts = try PowerCuts(
            recording.trace, of: recording, acknowledged: acknowledged, variants: Self.variants,
            others: 20 + 10 * Self.variants, random: &random)
        #expect(cuts.answers == acknowledged.count, "every answer has its moment")
        #expect(cuts.cuts > acknowledged.count)
        return cuts
    }

    @Test("takes nothing from the service that it has acknowledged, from a new database on")
    func serve() throws {
        let recording = try Recording(in: folder)
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--database", recording.database]
        var acknowledged: [AcknowledgedChange] = []
        // A new database, one that was closed well, and one that was killed.
        for (seed, signal) in [(1, SIGTERM), (2, SIGKILL), (3, SIGKILL)] {
            acknowledged += try recording.serve(
                Binary.path, arguments, clients: 4, changes: 12, seed: UInt64(seed), endedBy: signal)
        }
        let cuts = try cut(recording, acknowledged)
        #expect(cuts.lost.isEmpty, "seed \(Self.seed)")
        #expect(cuts.damaged.isEmpty, "seed \(Self.seed)")
        print("power cut: seed \(Self.seed), \(acknowledged.count) acknowledged changes, \(cuts.cuts) cuts, none lost")
    }

    @Test("takes nothing while checkpoints go on, and does take something when SQLite syncs less: so this would show")
    func levels() throws {
        for level in ["full", "normal"] {
            let folder = try TemporaryFolder()
            let recording = try Recording(in: folder)
            let acknowledged = try recording.serve(
                Self.variable, [recording.database, level], clients: 4, changes: 30, seed: 4, endedBy: SIGKILL)
            let cuts = try cut(recording, acknowledged)
            let truncations = recording.trace.calls.count { $0.name == "pwrite64" && $0.path(0) == recording.database }
            #expect(truncations > 100, "there were checkpoints")
            #expect(cuts.lost.isEmpty == (level == "full"), "seed \(Self.seed), \(level)")
            #expect(cuts.damaged.isEmpty, "seed \(Self.seed), \(level)")
            print(
                "power cut: synchronous \(level), seed \(Self.seed), \(acknowledged.count) acknowledged changes, "
                    + "\(cuts.cuts) cuts, \(cuts.lost.count) with something lost")
        }
    }
}
