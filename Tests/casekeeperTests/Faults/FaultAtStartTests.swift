import Foundation
import Testing

@Suite("A service that can't start", .serialized)
struct FaultAtStartTests {
    @Test("says that the disk can only be read (78)")
    func readOnlyDisk() throws {
        let scene = try FaultScene(["--min-free-space", "0"], diskBytes: 8 << 20)
        #expect(try scene.write().status == 201)
        #expect(try scene.end().exitCode == 0)
        try #require(scene.disk).makeReadOnly()
        let result = try serve(scene)
        #expect(result.exitCode == 78)
        #expect(result.errors.contains("can't be locked: "))
        #expect(result.errors.contains("is on a file system that is read-only"))
    }

    @Test("says that the disk is full (74), and starts once it is not")
    func fullDisk() throws {
        let scene = try FaultScene(["--min-free-space", "0"], diskBytes: 8 << 20)
        #expect(try scene.end().exitCode == 0)
        for suffix in ["", "-wal", "-shm"] { unlink(scene.path(suffix)) }
        let end = try #require(scene.disk).fill()
        let result = try serve(scene)
        #expect(result.exitCode == 74)
        #expect(result.errors.contains("casekeeper: the disk is full"))
        try end()
        try scene.start()
        #expect(try scene.write().status == 201)
        try scene.settle()
    }

    @Test("says that another process holds the database (75)")
    func locked() throws {
        let scene = try FaultScene()
        #expect(try scene.end().exitCode == 0)
        let other = try OtherProcess(path: scene.path())
        try other.execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        let result = try serve(scene)
        #expect(result.exitCode == 75)
        #expect(result.errors.contains("another process holds the database"))
        try other.execute("ROLLBACK")
    }

    private func serve(_ scene: FaultScene) throws -> RunResult {
        try scene.run("serve", "--listen", "127.0.0.1:0", "--busy-timeout", "PT0.1S")
    }
}
