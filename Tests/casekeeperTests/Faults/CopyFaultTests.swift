import Foundation
import Testing

@testable import casekeeper

@Suite("A copy that the disk fails", .serialized)
struct CopyFaultTests {
    let folder = try! TemporaryFolder()

    private static let calls = SystemCalls(names: "fsync,rename")

    @Test(
        "says whether what was there was replaced, at whichever system call the disk fails",
        arguments: [["backup", "old.db"], ["restore", "b.db", "--database", "old.db"]])
    func eachCall(words: [String]) throws {
        #expect(try Binary.run(["migrate", "--database", "old.db"], in: folder).exitCode == 0)
        let old = try Data(contentsOf: folder.url.appending(path: "old.db"))
        try FileManager.default.copyItem(atPath: folder.path("old.db"), toPath: folder.path("kept.db"))
        #expect(try Binary.run(["token", "create", "Ann", "--role", "admin"], in: folder).exitCode == 0)
        #expect(try Binary.run(["backup", "b.db"], in: folder).exitCode == 0)
        func tokens() throws -> String { try Binary.run(["token", "list", "--database", "old.db"], in: folder).output }
        var replaced: [Int] = []
        var number = 0
        while true {
            number += 1
            try old.write(to: folder.url.appending(path: "old.db"))
            let result = try Self.calls.run(words + ["--force"], "error=EIO", at: number, in: folder)
            let isReplaced = try tokens().contains("Ann")
            if result.exitCode == 0 {
                #expect(isReplaced)
                break
            }
            #expect(result.exitCode == 74, "\(number): \(result)")
            #expect(result.errors.contains("old.db is whole and in its place") == isReplaced, "\(number): \(result)")
            #expect(!result.errors.contains("nothing was changed") || !isReplaced, "\(number): \(result)")
            #expect(!(try FolderSnapshot(of: folder).names.contains { $0.contains(".partial-") }), "\(number)")
            if isReplaced { replaced.append(number) }
            try #require(number < 30)
        }
        // The last of them alone is of the name that is there.
        #expect(replaced == [number - 1])
    }
}
