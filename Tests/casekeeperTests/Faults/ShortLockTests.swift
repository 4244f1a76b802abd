import Foundation
import Testing

@Suite("A database that another process holds for a moment", .serialized)
struct ShortLockTests {
    @Test("the change waits for it, and is kept")
    func waits() throws {
        let scene = try FaultScene(["--busy-timeout", "PT10M"])
        #expect(try scene.write().status == 201)
        let other = try OtherProcess(path: scene.path())
        try other.execute("BEGIN IMMEDIATE")
        let write = scene.beginWrite()
        // Some that wait with it show that it was taken up; reads do not wait.
        for _ in 0..<20 { #expect(try scene.get("/v1/cases/1").status == 200) }
        try other.execute("ROLLBACK")
        #expect(try write.end().status == 201)
        #expect(scene.logged("changes fail") == 0)
        #expect(try scene.get("/v1/cases/2").status == 200)
        try scene.settle()
    }
}
