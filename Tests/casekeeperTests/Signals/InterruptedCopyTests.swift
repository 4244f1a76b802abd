import Foundation
import Testing

@testable import casekeeper

@Suite("A copy that is interrupted", .serialized)
struct InterruptedCopyTests {
    let folder = try! TemporaryFolder()

    /// Whatever makes, takes away or renames a file.
    private static let calls = SystemCalls(names: "openat,unlink,rename,link,fsync")

    private func names() throws -> [String] {
        try FolderSnapshot(of: folder).names
    }

    @Test(
        "leaves nothing behind, at whichever system call the signal comes: what it has taken away is not made anew",
        arguments: [["backup", "new.db"], ["restore", "b.db", "--database", "new.db"]])
    func eachCall(words: [String]) throws {
        #expect(try Binary.run(["migrate"], in: folder).exitCode == 0)
        #expect(try Binary.run(["backup", "b.db"], in: folder).exitCode == 0)
        let before = try names()
        let calls = try Self.calls.made(by: words, in: folder)
        for name in Set(try names()).subtracting(before) { unlink(folder.path(name)) }
        let first = try #require(calls.firstIndex { $0.contains(".partial-") })
        var interrupted = 0
        for number in (first + 1)...calls.count {
            // Ending is slow, so that whatever else the process does meanwhile is done.
            let result = try Self.calls.run(
                words, "signal=INT", at: number, more: ["exit_group:delay_enter=100000"], in: folder)
            let left = Set(try names()).subtracting(before)
            switch result.exitCode {
            case 130:
                interrupted += 1
                #expect(result.errors.hasSuffix("interrupted; nothing was changed\n"), "\(number): \(result)")
                #expect(left == [], "\(number): \(calls[number - 1])")
            // It was in its place, or about to be.
            case 0:
                #expect(left.isSubset(of: ["new.db", "new.db-lock"]) && left.contains("new.db"), "\(number): \(left)")
            default: Issue.record("\(number), \(calls[number - 1]): \(result)")
            }
            for name in left { unlink(folder.path(name)) }
        }
        #expect(interrupted > 3, "\(calls.count - first) calls")
    }
}
