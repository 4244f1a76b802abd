import CaseStore
import Complaints
import Foundation
import GRDB
import TestSupport
import Testing

@testable import casekeeper

@Suite("A file of the database that loses its name under the service", .serialized)
struct LostFileTests {
    struct Loss: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// How many cases a restart finds; nil where there is nothing to start with.
        let after: Int?
        let happen: @Sendable (FaultScene) throws -> Void
    }

    static let losses = [
        Loss(testDescription: "the database is deleted", after: nil) { scene in
            try FileManager.default.removeItem(atPath: scene.path())
        },
        Loss(testDescription: "another database is put in its place", after: 1) { scene in
            let other = scene.folder.path("other.db")
            try CaseStore(path: other).write { transaction in
                let request = CaseRequest(
                    fields: CaseFields(), complaint: "Another one.", customer: .new(CustomerFields(name: "Bo")))
                _ = try transaction.openCase(Incoming(request), by: Actor(name: "test", role: .agent))
            }
            guard rename(other, scene.path()) == 0 else { throw POSIXError(.EIO) }
        },
        Loss(testDescription: "its write-ahead log is deleted", after: 3) { scene in
            try FileManager.default.removeItem(atPath: scene.path("-wal"))
        },
    ]

    @Test("is noticed before anything is written into it, and all that was answered can be copied", arguments: losses)
    func lost(_ loss: Loss) throws {
        let scene = try FaultScene()
        for _ in 0..<3 { #expect(try scene.write().status == 201) }
        try loss.happen(scene)

        let ready = try scene.get("/readyz")
        #expect(ready.status == 503, "though nobody has written since")
        #expect(ready["reason"] == "file_lost")
        let refused = try scene.write()
        #expect(refused.status == 503 && refused.code == "read_only")
        #expect(refused.retryAfter == "60")
        #expect(try scene.get("/v1/cases/3").status == 200)
        #expect(scene.logged("error nothing is written until the service is restarted") == 1)

        #expect(try copied(by: scene.server, in: scene.folder).cases().count == 3)

        #expect(try scene.end().exitCode == 74)
        let rescued = scene.path(".rescued")
        if loss.after == 3 {
            #expect(!FileManager.default.fileExists(atPath: rescued), "the database is where it was")
        } else {
            #expect(try Database(path: rescued).cases().count == 3)
        }
        if loss.after == nil {
            let refused = try scene.run("serve")
            #expect(refused.exitCode == 78 && refused.errors.contains(rescued), "\(refused.errors)")
            #expect(try scene.run("restore", rescued, "--force").exitCode == 0)
        }
        try scene.start()
        #expect(try scene.get("/readyz").status == 200)
        _ = try scene.end()
        #expect(try Database(path: scene.path()).cases().count == loss.after ?? 3)
        let verified = try scene.run("verify")
        #expect(verified.exitCode == 0, "the log of the old file is not taken for the new one's: \(verified.output)")
    }

    /// What the commands make that the log names.
    private func copied(by server: RunningServer, in folder: TemporaryFolder) throws -> Database {
        let commands = try #require(server.process.errors.firstMatch(of: /rescue="(cp [^"]+)"/)).1
        let shell = try RunningProcess(
            path: "/bin/sh", ["-c", String(commands)], environment: [:], in: folder
        ).wait()
        #expect(shell.exitCode == 0, "\(shell.errors)")
        return Database(path: folder.path("SAVED.db"))
    }

    @Test(
        "with its folder is copied whole while the service runs, whoever still reads an older state, and where it outlasts it",
        arguments: ["RUNTIME_DIRECTORY", "TMPDIR"])
    func folderLost(variable: String) throws {
        let folder = try TemporaryFolder()
        let (data, lasting) = (folder.url.appending(path: "data"), folder.url.appending(path: "lasting"))
        for url in [data, lasting] {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }
        let path = data.appending(path: "casekeeper.db").path
        let server = try RunningServer(["--database", path], environment: [variable: lasting.path], in: folder)
        func openCase() throws -> Int {
            let body = #"{"complaint": "It leaks.", "customer": {"name": "Ann"}}"#
            return try ServiceAnswer("POST", "/v1/cases", body: body, port: server.port).status
        }
        #expect(try openCase() == 201)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let reader = try DatabaseQueue(path: path, configuration: configuration)
        try reader.inDatabase { db in
            try db.execute(sql: "BEGIN")
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM complaint_case") == 1)
        }
        for _ in 0..<2 { #expect(try openCase() == 201) }

        try FileManager.default.removeItem(at: data)
        #expect(try ServiceAnswer("GET", "/readyz", port: server.port)["reason"] == "file_lost")
        #expect(try copied(by: server, in: folder).cases().count == 3)
        server.process.signal(SIGTERM)
        let ended = try server.process.wait()
        let copy = lasting.appending(path: "casekeeper.db.rescued").path
        #expect(ended.exitCode == 74 && ended.errors.contains("restore \(copy) --force"), "\(ended.errors)")
        #expect(try Database(path: copy).cases().count == 3)
        try reader.close()
    }

    @Test("is noticed before an answer when it happens during the commit")
    func duringCommit() throws {
        let scene = try FaultScene()
        #expect(try scene.write().status == 201)
        let calls = try scene.holdSync()
        let write = scene.beginWrite()
        #expect(eventually { calls.hasBeenMade })
        try FileManager.default.removeItem(atPath: scene.path())
        try calls.end()
        let unknown = try write.end()
        #expect(unknown.status == 503 && unknown.code == "outcome_unknown", "\(unknown.status) \(unknown.body)")
        #expect(try scene.get("/readyz")["reason"] == "file_lost")
        #expect(try scene.end().exitCode == 74)
    }
}
