import Foundation
import GRDB
import TestSupport
import Testing

@testable import casekeeper

/// `kill -9` under load. A few rounds by themselves; `make durability` sets `CASEKEEPER_KILL_ROUNDS`, and
/// `CASEKEEPER_KILL_SEED` repeats a run.
@Suite("kill -9", .serialized)
struct KillTests {
    static let rounds = ProcessInfo.processInfo.environment["CASEKEEPER_KILL_ROUNDS"].flatMap { Int($0) } ?? 3
    static let seed =
        ProcessInfo.processInfo.environment["CASEKEEPER_KILL_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...999_999)

    /// A database is killed so often and then left, so that checking it does not come to take all the time.
    static let roundsPerDatabase = 20

    @Test("loses nothing that was acknowledged and leaves nothing half done, however often")
    func kill() throws {
        var random = SeededRandom(Self.seed)
        var restarts: [Duration] = []
        var total = 0
        var unanswered = 0
        var round = 0
        while round < Self.rounds {
            let folder = try TemporaryFolder()
            var acknowledged: [AcknowledgedChange] = []
            var server = try RunningServer(in: folder)
            for _ in 0..<min(Self.roundsPerDatabase, Self.rounds - round) {
                round += 1
                let load = Load(
                    port: server.port, clients: Int.random(in: 1...16, using: &random),
                    seed: UInt64.random(in: 0...1_000_000, using: &random), label: "r\(round)")
                load.waitForChanges(1)
                usleep(UInt32.random(in: 0...400_000, using: &random))
                server.process.signal(SIGKILL)
                #expect(try server.process.wait().exitCode == 128 + SIGKILL)
                load.stop()
                #expect(load.unexpected.isEmpty, "\(load.unexpected)")
                acknowledged += load.ledger.changes

                let (next, time) = try restart(in: folder)
                server = next
                restarts.append(time)
                let place = Comment("seed \(Self.seed), round \(round)")
                #expect(try Ledger.missing(acknowledged, at: folder.path("casekeeper.db")).isEmpty, place)
                try expectWhole(in: folder, place)
                unanswered += try settle(load.unanswered, at: server.port, place)
            }
            server.process.signal(SIGTERM)
            #expect(try server.process.wait().exitCode == 0)
            total += acknowledged.count
        }
        #expect(total >= Self.rounds)
        let times = restarts.sorted(by: >)
        print(
            "kill -9: seed \(Self.seed), \(restarts.count) rounds, \(total) acknowledged changes, none lost, "
                + "\(unanswered) unanswered ones sent again; "
                + "from start to the first 200 of /readyz: median \(times[times.count / 2]), longest \(times.prefix(5))"
        )
    }

    /// Starts the server again, and times it from its start to its first 200 of /readyz.
    private func restart(in folder: TemporaryFolder) throws -> (RunningServer, Duration) {
        let clock = ContinuousClock()
        let start = clock.now
        let server = try RunningServer(in: folder)
        let connection = try LoadConnection(port: server.port)
        while true {
            let answer = try #require(connection.get("/readyz"))
            if answer.status == 200 { return (server, start.duration(to: clock.now)) }
            usleep(1000)
        }
    }

    /// Sends what was not answered once more: done before or not, it is done once now. Without its key a change that
    /// had been done would be refused, as a second case of that external id or as a promise settled before.
    private func settle(_ requests: [LoadRequest], at port: Int, _ place: Comment) throws -> Int {
        let connection = try LoadConnection(port: port)
        for request in requests {
            let answer = try #require(connection.post(request))
            let words = String(decoding: answer.body, as: UTF8.self)
            #expect([200, 201].contains(answer.status), "\(place): \(request) \(words)")
        }
        return requests.count
    }

    private func expectWhole(in folder: TemporaryFolder, _ place: Comment) throws {
        let queue = try DatabaseQueue(path: folder.path("casekeeper.db"))
        defer { try? queue.close() }
        try queue.read { db in
            #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"], place)
            let half = try Int64.fetchAll(
                db,
                sql: """
                    SELECT c.id FROM complaint_case c
                    WHERE NOT EXISTS (SELECT 1 FROM promise p WHERE p.case_id = c.id)
                        OR NOT EXISTS (SELECT 1 FROM case_log l WHERE l.case_id = c.id AND l.kind = 'case_opened')
                        OR (SELECT max(seq) <> count(*) OR min(seq) <> 1 FROM case_log l WHERE l.case_id = c.id)
                    """)
            #expect(half.isEmpty, place)
        }
        let verified = try Binary.run(["verify"], in: folder)
        #expect(verified.exitCode == 0, "\(place): \(verified.output)")
    }
}
