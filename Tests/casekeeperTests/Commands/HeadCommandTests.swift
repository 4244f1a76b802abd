import CaseStore
import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("casekeeper head", .serialized)
struct HeadCommandTests {
    let folder = try! TemporaryFolder()

    private func head(_ words: String...) throws -> RunResult { try Binary.run(["head"] + words, in: folder) }

    private func addToken(_ name: String) throws {
        #expect(try Binary.run(["token", "create", name, "--role", "reader"], in: folder).exitCode == 0)
    }

    @Test("says where the log ends, as verify takes it, beside a service or without one, and leaves no file behind")
    func said() throws {
        #expect(try head().exitCode == 66)
        try addToken("Ann")
        let before = try FolderSnapshot(of: folder)
        let alone = try head()
        #expect(alone.exitCode == 0 && alone.output.wholeMatch(of: /\d+:[0-9a-f]{64}\n/) != nil, "\(alone)")
        #expect(before.difference(to: try FolderSnapshot(of: folder)) == [])
        let server = try RunningServer(in: folder)
        let served = try head()
        let line = String(try #require(served.output.split(separator: "\n").first))
        server.process.signal(SIGTERM)
        _ = try server.process.wait()
        #expect(try Binary.run(["verify", "--head", line], in: folder).exitCode == 0)
        // A number that is another entry's was not written down with that hash.
        let parts = line.split(separator: ":")
        for number in [try #require(Int(parts[0])) - 1, 99] where number > 0 {
            for command in ["verify", "promote"] {
                let before = try Binary.run(["verify"], in: folder).output
                let refused = try Binary.run([command, "--head", "\(number):\(parts[1])"], in: folder)
                #expect(refused.exitCode == 65 && refused.errors.contains("entry \(number) "), "\(refused)")
                #expect(try Binary.run(["verify"], in: folder).output == before)
            }
        }
        #expect(try Binary.run(["promote", "--head", line], in: folder).exitCode == 0)
    }

    @Test("writes it down over one that the log goes on from, and over nothing else")
    func written() throws {
        try addToken("Ann")
        let first = try head("--head-file", "head")
        #expect(try first.exitCode == 0 && folder.read("head") == first.output)
        #expect(FileStatus(folder.path("head"))?.permissions == 0o600)
        try addToken("Bo")
        let second = try head("--head-file", "head")
        #expect(try second.output != first.output && folder.read("head") == second.output)
        try folder.write("", to: "empty")
        #expect(try head("--head-file", "empty").exitCode == 0)
        // The log is as it was before the second head.
        try folder.write("2:\(String(repeating: "a", count: 64))\n", to: "other")
        try folder.write("99:\(String(repeating: "a", count: 64))\n", to: "longer")
        try folder.write("Dear Ann,\n", to: "letter")
        try folder.write(String(second.output.drop { $0 != ":" }.dropFirst()), to: "bare")
        #expect(mkdir(folder.path("folder"), 0o700) == 0)
        #expect(symlink("letter", folder.path("link")) == 0)
        for (file, status, words) in [
            ("other", 65, "it has another hash there"), ("longer", 65, "it ends with entry 2"),
            ("letter", 73, "no head"),
            ("bare", 73, "no head"), ("folder", 73, "no ordinary file"), ("link", 73, "symbolic link"),
            ("casekeeper.db", 64, "what this command reads"), ("casekeeper.db-lock", 64, "what this command reads"),
            ("no/such/head", 74, "can't be made"),
        ] {
            let before = try FolderSnapshot(of: folder)
            let result = try head("--head-file", file)
            #expect(result.exitCode == status && result.errors.contains(words), "\(file): \(result)")
            #expect(result.output.isEmpty)
            #expect(before.difference(to: try FolderSnapshot(of: folder)) == [], "\(file)")
        }
    }

    @Test("whatever fails, the head that was written before stays")
    func kept() throws {
        try addToken("Ann")
        let before = try head("--head-file", "head").output
        try addToken("Bo")
        let full = try Binary.run(
            ["head", "--head-file", "head"], launcher: ["/usr/bin/prlimit", "--fsize=8"], in: folder)
        #expect(try full.exitCode != 0 && folder.read("head") == before, "\(full)")
        #expect(BackupFolder.names(in: folder.url.path).allSatisfy { !BackupFolder.isPartial($0) })
        for suffix in ["", "-lock"] {
            #expect(rename(folder.path("casekeeper.db\(suffix)"), folder.path("moved.db\(suffix)")) == 0)
        }
        #expect(try head("--head-file", "head").exitCode == 66)
        #expect(try folder.read("head") == before)
    }
}
