import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("A write-ahead log that readers stand in the way of", .serialized)
struct LogLimitTests {
    private static let limit = 1 << 19

    @Test("while a reader of another process stays, changes go on and reports wait; then the log is emptied")
    func readerStays() throws {
        let scene = try FaultScene(["--wal-limit", "\(Self.limit)"])
        let port = scene.server.port
        #expect(try scene.write().status == 201)
        let reader = try OtherProcess(path: scene.path())
        try reader.execute("BEGIN; SELECT count(*) FROM complaint_case")
        while try #require(try scene.figure("casekeeper_wal_bytes")) <= Self.limit {
            #expect(try scene.write().status == 201)
        }
        let report = Meanwhile { try ServiceAnswer("GET", "/v1/reports/promises", port: port) }
        #expect(try eventually { try scene.figure("casekeeper_reports_waiting") == 1 })
        for _ in 0..<5 {
            #expect(try scene.write().status == 201)
            #expect(try scene.get("/v1/cases/1").status == 200)
            #expect(try scene.figure("casekeeper_reports_waiting") == 1)
        }
        #expect(try scene.get("/readyz").status == 200)
        #expect(try scene.logSize() > Self.limit)

        try reader.execute("COMMIT")
        #expect(try report.value().status == 200, "without anybody writing")
        #expect(try scene.figure("casekeeper_wal_bytes") == 0)
        #expect(try scene.logSize() == 0)
        #expect(scene.server.process.errors.contains("error") == false)
        try scene.settle()
    }

    @Test("under a steady load with reports and lists going on all the time it stays near its limit")
    func steadyLoad() throws {
        let scene = try FaultScene(["--wal-limit", "\(Self.limit)", "--loops", "2"])
        let port = scene.server.port
        let isOver = Mutex(false)
        let readers = ["/v1/reports/promises", "/v1/reports/promises?group_by=owner", "/v1/cases?limit=500"].map {
            path in
            Meanwhile {
                while !isOver.withLock(\.self) {
                    let status = try ServiceAnswer("GET", path, port: port).status
                    if status != 200 { throw FaultToolFailure(description: "\(path) answers \(status)") }
                }
            }
        }
        var longest = 0
        for _ in 0..<200 {
            #expect(try scene.write().status == 201)
            let size = try #require(try scene.figure("casekeeper_wal_bytes"))
            longest = max(longest, size)
        }
        isOver.withLock { $0 = true }
        for reader in readers { try reader.value() }
        // Every case takes some 100 kB of the log, so without a bound it would be 20 MB by now.
        #expect(longest <= 8 * Self.limit)
        #expect(try #require(try scene.figure("casekeeper_checkpoints_total{outcome=\"complete\"}")) > 10)
        try scene.settle()
    }
}
