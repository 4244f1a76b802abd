import ArgumentParser
import Foundation
import Testing

@testable import casekeeper

@Suite("Whatever a command makes is its owner's alone", .serialized)
struct FilePermissionsTests {
    let folder = try! TemporaryFolder()

    /// Every command that ends by itself, each after those before it.
    static let commands: [(name: String, arguments: [String])] = [
        ("migrate", ["migrate"]),
        ("import", ["import", "in.csv", "--map", "complaint=words", "--map", "customer.name=name"]),
        (
            "import",
            [
                "import", "in.csv", "--map", "complaint=words", "--set", "customer.name=x", "--database",
                "i.db",
            ]
        ),
        ("token create", ["token", "create", "Ann", "--role", "admin", "--database", "t.db"]),
        ("token create", ["token", "create", "Ann", "--role", "admin"]),
        ("token list", ["token", "list"]),
        ("token revoke", ["token", "revoke", "1"]), ("verify", ["verify"]),
        ("export", ["export", "cases"]),
        ("backup", ["backup", "b.db"]), ("backup", ["backup", "b.db", "--force"]),
        ("restore", ["restore", "b.db", "--database", "r.db"]),
        ("restore", ["restore", "b.db", "--database", "r.db", "--force"]), ("openapi", ["openapi"]),
        ("clock", ["clock"]), ("head", ["head"]), ("doctor", ["doctor"]),
        ("promote", ["promote", "--database", "casekeeper.db"]),
        (
            "due",
            [
                "due", "--calendar", "default", "--from", "2026-03-02T09:00:00Z", "--in", "PT1H", "--database",
                "casekeeper.db",
            ]
        ),
    ]

    /// Whether a command only looks at the database it is given.
    static func isReader(_ arguments: [String]) -> Bool {
        ["verify", "export", "list", "backup", "clock", "head", "doctor", "due"].contains {
            arguments.prefix(2).contains($0)
        }
    }

    private static func launcher(_ umask: String) -> [String] {
        ["/bin/sh", "-c", "umask \(umask) && exec \"$0\" \"$@\""]
    }

    /// The names of files, but for the test's own, that others can read or write, or their owner can't.
    private func wrongFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { name in
            guard name != "in.csv", !name.hasSuffix(".out"), !name.hasSuffix(".err") else { return false }
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
            return attributes[.posixPermissions] as? Int != 0o600
        }
    }

    @Test("by every command, whatever the umask", arguments: ["000", "022", "777"])
    func everyCommand(umask: String) throws {
        try folder.write("words,name\nIt drips.,Ann\nIt leaks.,\n", to: "in.csv")
        for command in Self.commands {
            _ = try Binary.run(command.arguments, launcher: Self.launcher(umask), in: folder)
            #expect(try wrongFiles() == [], "\(command.arguments)")
        }
        for name in [
            "casekeeper.db", "casekeeper.db-lock", "in.rejects.csv", "b.db", "r.db", "i.db", "t.db",
        ] {
            #expect(folder.has(name), "\(name)")
        }
        let server = try RunningServer(
            ["--database", "s.db", "--bootstrap-token-file", "secret"], launcher: Self.launcher(umask),
            in: folder)
        for name in ["s.db", "s.db-wal", "s.db-shm", "s.db-lock", "secret"] {
            #expect(folder.has(name), "\(name)")
        }
        #expect(try wrongFiles() == [])
        #expect(!server.process.errors.contains("others on this machine"))
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        #expect(try wrongFiles() == [])
    }

    @Test("and no command is left out here")
    func complete() {
        func names(_ command: any ParsableCommand.Type, _ path: String = "") -> [String] {
            let subcommands = command.configuration.subcommands
            return subcommands.isEmpty
                ? [path]
                : subcommands.flatMap { names($0, path + " " + ($0.configuration.commandName ?? "")) }
        }
        let all = Set(names(Casekeeper.self).map { $0.trimmingCharacters(in: .whitespaces) })
        #expect(all.subtracting(Self.commands.map(\.name)) == ["serve", "config"], "which makes nothing")
    }

    @Test("a restored database too, however wide the one that it takes the place of was open")
    func restored() throws {
        _ = try Binary.run(["migrate"], in: folder)
        _ = try Binary.run(["backup", "b.db"], in: folder)
        for path in ["casekeeper.db", "b.db"] {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: folder.path(path))
        }
        #expect(try Binary.run(["restore", "b.db", "--force"], in: folder).exitCode == 0)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("casekeeper.db"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("files that others can read from before are named at start, and left as they are")
    func broader() throws {
        _ = try Binary.run(["migrate"], in: folder)
        let database = folder.path("casekeeper.db")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: database)
        let server = try RunningServer(in: folder)
        let warning = "others on this machine can read or write files of the database"
        #expect(server.process.errors.contains(warning))
        #expect(server.process.errors.contains("chmod go= "))
        #expect(
            try FileManager.default.attributesOfItem(atPath: database)[.posixPermissions] as? Int == 0o640
        )
    }
}
