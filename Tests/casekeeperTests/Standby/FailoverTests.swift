import CaseStore
import Complaints
import Foundation
import TestSupport
import Testing

@testable import casekeeper

/// The drill of docs/operating.md: a machine is lost, and what Litestream had replicated goes on elsewhere.
@Suite("A machine that is lost", .serialized)
struct FailoverTests {
    private let folder = try! TemporaryFolder()

    private func casekeeper(_ words: String...) throws -> RunResult { try Binary.run(words, in: folder) }

    /// The end of a service's log, as `--head` takes it.
    private func head(of server: RunningServer) throws -> String {
        let answer = try ServiceAnswer("GET", "/v1/log/head", port: server.port)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
        return "\(try #require(json["id"] as? Int)):\(try #require(json["hash"] as? String))"
    }

    /// Until the clocks of files, whose times Litestream goes by, have gone on.
    private func instantOfItsOwn() -> String {
        usleep(20_000)
        defer { usleep(20_000) }
        return StoreOptions.systemClock().rfc3339
    }

    @Test(
        "is back from its replica with all that was acknowledged up to the last sync, or as of a point in time; and its old self takes no changes"
    )
    func failover() throws {
        let old = try RunningServer(in: folder)
        let litestream = try Litestream(of: "casekeeper.db", in: folder)
        #expect(try ServiceAnswer("GET", "/metrics", port: old.port).body.contains("\ncasekeeper_replicated 1\n"))

        let morning = Load(port: old.port, clients: 4, seed: 1, label: "morning")
        morning.waitForChanges(60)
        morning.stop()
        #expect(morning.unexpected.isEmpty, "\(morning.unexpected)")
        let early = try head(of: old)
        #expect(try litestream.sync().exitCode == 0)
        let noon = instantOfItsOwn()

        let afternoon = Load(port: old.port, clients: 4, seed: 2, label: "afternoon")
        afternoon.waitForChanges(60)
        let (acknowledged, late) = (afternoon.ledger.changes, try head(of: old))
        #expect(try litestream.sync().exitCode == 0)
        afternoon.waitForChanges(acknowledged.count + 20)
        for process in [old.process, litestream.process] {
            process.signal(SIGKILL)
            #expect(try process.wait().exitCode == 128 + SIGKILL)
        }
        afternoon.stop()
        #expect(afternoon.unexpected.isEmpty, "\(afternoon.unexpected)")

        let restored = try litestream.restore(to: "new.db")
        #expect(restored.exitCode == 0, "\(restored.output)\(restored.errors)")
        #expect(try Ledger.missing(morning.ledger.changes + acknowledged, at: folder.path("new.db")).isEmpty)
        let again = try litestream.restore(to: "noon.db", at: noon)
        #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
        let verified = try casekeeper("verify", "--database", "noon.db")
        let (entry, hash) = try #require(early.firstMatch(of: /(\d+):(.+)/).map { ($0.1, $0.2) })
        #expect(verified.output.hasPrefix("log entries: \(entry)\nhead: \(hash) "), "as it was at noon: \(verified)")

        // A copy that does not go on to what was written down is no heir.
        let refused = try casekeeper("promote", "--database", "noon.db", "--head", late)
        #expect(refused.exitCode == 65 && refused.output.contains("log_head: the log ends with entry \(entry), "))
        #expect(try casekeeper("verify", "--database", "noon.db").output == verified.output, "and is as it was")
        let promoted = try casekeeper("promote", "--database", "new.db", "--head", late)
        #expect(promoted.exitCode == 0 && promoted.output.hasPrefix("epoch: 2, after entry "), "\(promoted)")
        let new = try RunningServer(["--database", "new.db"], in: folder)
        #expect(try ServiceAnswer("GET", "/v1/log/head", port: new.port).body.contains(#""epoch":2"#))
        #expect(try ServiceAnswer("GET", "/metrics", port: new.port).body.contains("\ncasekeeper_replicated 0\n"))
        #expect(try open(at: new).status == 201)

        // The old one is back, and nobody has told it.
        let back = try RunningServer(in: folder)
        #expect(try open(at: back).status == 201)
        let told = try casekeeper("verify", "--against", "http://127.0.0.1:\(new.port)")
        #expect(told.exitCode == 65 && told.errors.contains("is of epoch 2, and this database of epoch 1"), "\(told)")
        #expect(try eventually { try ServiceAnswer("GET", "/readyz", port: back.port).status == 503 })
        try expectSuperseded(back)
        #expect(back.process.errors.contains("another service goes on with this record"))
        back.process.signal(SIGTERM)
        #expect(try back.process.wait().exitCode == 0)
        try expectSuperseded(try RunningServer(in: folder))
        #expect(try casekeeper("token", "create", "Ann", "--role", "admin").exitCode == 78)

        let other = try casekeeper("verify", "--database", "new.db", "--against", "http://127.0.0.1:\(new.port)/")
        #expect(other.exitCode == 0 && other.output.contains("ends with the same entry"), "\(other)")
        new.process.signal(SIGTERM)
        #expect(try new.process.wait().exitCode == 0)
        #expect(try casekeeper("verify", "--database", "new.db").exitCode == 0)
    }

    @Test(
        "is whole in its replica each time that the service and Litestream die at once, whichever is back first",
        arguments: [true, false])
    func bothKilled(isServiceFirst: Bool) throws {
        var server = try RunningServer(in: folder)
        let litestream = try Litestream(of: "casekeeper.db", in: folder, interval: "1s")
        func work(_ label: String, _ changes: Int) -> Load {
            let load = Load(port: server.port, clients: 3, seed: 7, label: label)
            load.waitForChanges(changes)
            return load
        }
        var acknowledged: [AcknowledgedChange] = []
        for round in 0..<6 {
            let load = work("\(round)", 90)
            for process in [server.process, litestream.process] { process.signal(SIGKILL) }
            for process in [server.process, litestream.process] {
                #expect(try process.wait().exitCode == 128 + SIGKILL)
            }
            load.stop()
            acknowledged += load.ledger.changes
            if isServiceFirst {
                server = try RunningServer(in: folder)
                // Less than was in the log, whose rest is still there if it began anew in its place.
                let between = work("\(round)-between", 5)
                between.stop()
                acknowledged += between.ledger.changes
                try litestream.start()
            } else {
                try litestream.start(waits: false)
                server = try RunningServer(in: folder)
                try litestream.requireReady()
            }
            let more = work("\(round)-more", 10)
            more.stop()
            acknowledged += more.ledger.changes
            #expect(try litestream.sync().exitCode == 0)
            let name = "copy-\(round).db"
            let restored = try litestream.restore(to: name)
            try #require(restored.exitCode == 0, "\(restored.errors)")
            let verified = try casekeeper("verify", "--database", name)
            try #require(verified.exitCode == 0, "round \(round): \(verified.output)")
            #expect(try Ledger.missing(acknowledged, at: folder.path(name)).isEmpty)
        }
    }

    @Test("an old primary that can be reached is stopped from beside the new database, with an administrator's token")
    func told() throws {
        func secret(_ role: String) throws -> String {
            let made = try casekeeper("token", "create", role, "--role", role)
            return try folder.write(made.output, to: "\(role).token")
        }
        let (reader, admin) = (try secret("reader"), try secret("admin"))
        #expect(try casekeeper("backup", "new.db").exitCode == 0)
        #expect(try casekeeper("promote", "--database", "new.db").exitCode == 0)
        let old = try RunningServer(in: folder)
        let url = "http://127.0.0.1:\(old.port)"
        let words = ["verify", "--database", "new.db", "--against", url, "--token-file"]
        let refused = try Binary.run(words + [reader], in: folder)
        #expect(refused.exitCode == 65 && refused.errors.contains("give an administrator's token"), "\(refused)")
        #expect(try ServiceAnswer("GET", "/readyz", port: old.port).status == 200)
        // Twice, as whoever is not sure asks again.
        for _ in 0..<2 {
            let told = try Binary.run(words + [admin], in: folder)
            #expect(
                told.exitCode == 65 && told.errors.contains("it was told, and keeps no changes any more"), "\(told)")
        }
        let ready = try ServiceAnswer("GET", "/readyz", port: old.port)
        #expect(ready.status == 503 && ready["reason"] == "superseded")
    }

    @Test("a service of another record, by a slip in a URL, neither stops nor is stopped, whatever epochs they are of")
    func foreign() throws {
        let made = try casekeeper("token", "create", "Ann", "--role", "admin", "--database", "here.db")
        let token = try folder.write(made.output, to: "here.token")
        for name in ["there.db", "empty.db"] {
            #expect(try casekeeper("migrate", "--database", name).exitCode == 0)
        }
        #expect(try casekeeper("promote", "--database", "there.db").exitCode == 0)
        let here = try RunningServer(["--database", "here.db"], in: folder)
        let there = try RunningServer(["--database", "there.db"], in: folder)
        let pairs = [("here.db", there), ("there.db", here), ("empty.db", there)]
        for (database, other) in pairs {
            let told = try casekeeper(
                "verify", "--database", database, "--against", "http://127.0.0.1:\(other.port)", "--token-file", token)
            #expect(told.exitCode == 65 && told.errors.contains("has another record"), "\(database): \(told)")
        }
        for server in [here, there] {
            #expect(try ServiceAnswer("GET", "/readyz", port: server.port).status == 200)
        }
    }

    private func open(at server: RunningServer) throws -> ServiceAnswer {
        try ServiceAnswer(
            "POST", "/v1/cases", body: #"{"complaint": "It leaks.", "customer": {"name": "Ann"}}"#, port: server.port)
    }

    /// It can be read, and keeps nothing.
    private func expectSuperseded(_ server: RunningServer) throws {
        let ready = try ServiceAnswer("GET", "/readyz", port: server.port)
        #expect(ready.status == 503 && ready["reason"] == "superseded")
        let refused = try open(at: server)
        #expect(refused.status == 503 && refused.code == "superseded" && refused.retryAfter != nil)
        #expect(try ServiceAnswer("GET", "/v1/cases/1", port: server.port).status == 200)
        #expect(try ServiceAnswer("GET", "/metrics", port: server.port).body.contains("\ncasekeeper_writer_ready 0\n"))
    }
}
