import Foundation
import GRDB
import Testing

@Suite("A database that can't be read everywhere", .serialized)
struct UnreadableDatabaseTests {
    @Test("a page that is damaged fails what needs it and nothing else, and nothing is written from then on")
    func damagedPage() throws {
        let scene = try FaultScene()
        for _ in 0..<40 { #expect(try scene.write().status == 201) }
        #expect(try scene.end().exitCode == 0)
        try damage(scene.path())
        try scene.start()
        #expect(try scene.get("/readyz").status == 200, "nobody knows yet")

        let answers = try (1...40).map { try scene.get("/v1/cases/\($0)") }
        let damaged = answers.filter { $0.status == 500 }
        #expect(!damaged.isEmpty && damaged.count < 40)
        #expect(damaged.allSatisfy { $0.code == "database_damaged" })
        #expect(answers.allSatisfy { $0.status == 200 || $0.status == 500 })
        #expect(scene.logged("error a request failed") == damaged.count)

        let refused = try scene.write()
        #expect(refused.status == 503 && refused.code == "read_only")
        #expect(try scene.get("/readyz")["reason"] == "damaged")
        #expect(scene.logged("error nothing is written until the service is restarted") == 1)
        #expect(try scene.end().exitCode == 74)
        #expect(try scene.run("verify").exitCode == 65)
    }

    @Test("a row that somebody else wrote fails what needs it and nothing else, and all else is written as before")
    func foreignRow() throws {
        let scene = try FaultScene()
        for _ in 0..<3 { #expect(try scene.write().status == 201) }
        #expect(try scene.end().exitCode == 0)
        try DatabaseQueue(path: scene.path()).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try db.execute(sql: "UPDATE complaint_case SET channel = 'pigeon' WHERE id = 2")
        }
        try scene.start()
        let failed = try scene.get("/v1/cases/2")
        #expect(failed.status == 500 && failed.code == "database_damaged")
        #expect(scene.logged("error a request failed") == 1)
        #expect(try scene.get("/v1/cases/1").status == 200)
        #expect(try scene.write().status == 201)
        #expect(try scene.get("/readyz").status == 200)
        #expect(try scene.end().exitCode == 0)
        #expect(try scene.run("verify").exitCode == 65)
    }

    /// Makes a leaf of the table of cases, not its last, no page of SQLite's any more.
    private func damage(_ path: String) throws {
        let pages = try DatabaseQueue(path: path).read { db in
            try Int.fetchAll(
                db,
                sql: "SELECT pageno FROM dbstat WHERE name = 'complaint_case' AND pagetype = 'leaf' ORDER BY path")
        }
        try #require(pages.count > 2)
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.seek(toOffset: UInt64((pages[1] - 1) * 4096))
        try file.write(contentsOf: [UInt8](repeating: 0xEE, count: 64))
        try file.close()
    }

    /// SQLite takes a disk that can't be read for one that is damaged, and so does the service.
    @Test("a disk that fails to read fails what needs it; once it reads again only writing waits for a restart")
    func readFails() throws {
        let scene = try FaultScene()
        #expect(try scene.write().status == 201)
        #expect(try scene.end().exitCode == 0)
        try scene.start()
        let calls = try scene.makeBad("pread64", "error=EIO", on: "")
        let failed = try scene.get("/v1/cases/1")
        #expect(failed.status == 500 && failed.code == "database_damaged")
        let ready = try scene.get("/readyz")
        #expect(ready.status == 503 && ready["reason"] == "unreadable")
        #expect(try scene.get("/healthz").status == 200)
        try calls.end()
        #expect(try scene.get("/v1/cases/1").status == 200)
        #expect(try scene.get("/readyz")["reason"] == "damaged")
        let refused = try scene.write()
        #expect(refused.status == 503 && refused.code == "read_only")
        #expect(scene.logged("error nothing is written until the service is restarted") == 1)
        #expect(try scene.end().exitCode == 74)
        try scene.start()
        #expect(try scene.write().status == 201)
        try scene.settle()
    }
}
