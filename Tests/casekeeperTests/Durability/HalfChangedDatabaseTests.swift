import Foundation
import Testing

@testable import casekeeper

@Suite("A database whose change was killed in the middle", .serialized)
struct HalfChangedDatabaseTests {
    let folder = try! TemporaryFolder()

    /// A backup that promote was killed over as it took its rollback journal away.
    private func make() throws {
        for name in ["", "-journal", "-wal", "-shm", "-lock"].map({ "c.db\($0)" }) + ["new.db"] {
            unlink(folder.path(name))
        }
        try FileManager.default.copyItem(atPath: folder.path("b.db"), toPath: folder.path("c.db"))
        let result = try SystemCalls(names: "unlink").run(
            ["promote", "--database", "c.db"], "signal=KILL", at: 1, in: folder)
        try #require(result.exitCode != 0 && folder.has("c.db-journal"), "\(result)")
    }

    @Test("is taken back by whatever reads it, and doctor says so and changes nothing")
    func reading() throws {
        #expect(try Binary.run(["migrate"], in: folder).exitCode == 0)
        #expect(try Binary.run(["backup", "b.db"], in: folder).exitCode == 0)
        for words in [
            ["verify"], ["export", "cases"], ["token", "list"], ["backup", "new.db"], ["clock"], ["migrate"],
            ["promote"],
        ] {
            try make()
            let result = try Binary.run(words + ["--database", "c.db"], in: folder)
            #expect(result.exitCode == 0, "\(words): \(result)")
            #expect(!folder.has("c.db-journal"), "\(words)")
        }
        try make()
        let before = try FolderSnapshot(of: folder)
        let doctor = try Binary.run(["doctor", "--database", "c.db"], in: folder)
        #expect(doctor.output.contains("c.db-journal is beside the database"), "\(doctor)")
        #expect(try before.difference(to: FolderSnapshot(of: folder)) == [])
        #expect(try Binary.run(["restore", "c.db", "--database", "r.db"], in: folder).exitCode == 0)
        #expect(try Binary.run(["verify", "--database", "r.db"], in: folder).exitCode == 0)
    }
}
