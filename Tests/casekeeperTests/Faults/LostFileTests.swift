import CaseStore
import Complaints
import Foundation
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

        let log = scene.server.process.errors
        let rescue = try #require(log.firstMatch(of: /rescue=(\/proc\/\d+\/fd\/\d+)/)).1
        let copy = scene.folder.path("copy.db")
        let isWhole = try eventually {
            try? FileManager.default.removeItem(atPath: copy)
            try Data(contentsOf: URL(filePath: String(rescue))).write(to: URL(filePath: copy))
            return (try? Database(path: copy).cases().count) == 3
        }
        #expect(isWhole)

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
