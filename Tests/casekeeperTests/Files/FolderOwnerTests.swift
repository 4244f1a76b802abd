import CaseStore
import Foundation
import Testing

@testable import casekeeper

/// Root at work in the folder of the service's user.
@Suite("What root makes of a database is its folder's owner's", .serialized)
struct FolderOwnerTests {
    let folder = try! TemporaryFolder()
    let outside = try! TemporaryFolder()

    private func give(_ path: String) throws { try #require(chown(path, OtherUser.id, OtherUser.id) == 0) }

    private func owner(_ path: String) -> uid_t? { FileStatus(path, followsLink: false)?.owner.user }

    /// The names of what is in the folder that is not its owner's, but for the test's own.
    private var foreign: [String] {
        BackupFolder.names(in: folder.url.path).filter { name in
            !name.hasSuffix(".out") && !name.hasSuffix(".err") && !["in.csv", "in.rejects.csv"].contains(name)
                && owner(folder.path(name)) != OtherUser.id
        }
    }

    @Test("by every command that makes one, with its lock; and its user can serve it")
    func everyCommand() throws {
        guard geteuid() == 0 else { return }
        try folder.write("words,name\nIt drips.,Ann\n", to: "in.csv")
        try give(folder.url.path)
        for command in FilePermissionsTests.commands {
            _ = try Binary.run(command.arguments, in: folder)
            #expect(foreign == [], "\(command.arguments)")
        }
        for name in ["casekeeper.db", "r.db", "i.db", "t.db"] {
            #expect(folder.has(name))
            let server = try RunningServer(
                Binary.start(
                    ["serve", "--listen", "127.0.0.1:0", "--no-create", "--database", name],
                    launcher: OtherUser.launcher, in: folder))
            server.process.signal(SIGTERM)
            #expect(try server.process.wait().exitCode == 0, "\(server.process.errors)")
        }
        #expect(foreign == [])
    }

    @Test("but not a backup that root makes elsewhere, nor what is where another user's folder is")
    func elsewhere() throws {
        guard geteuid() == 0 else { return }
        #expect(try Binary.run(["migrate"], in: folder).exitCode == 0)
        try give(outside.url.path)
        #expect(try Binary.run(["backup", outside.path("a.db")], in: folder).exitCode == 0)
        #expect(owner(outside.path("a.db")) == 0, "nobody gets to read what they could not before")
        let there = try Binary.run(["restore", outside.path("a.db"), "--database", outside.path("b.db")], in: folder)
        #expect(there.exitCode == 0 && owner(outside.path("b.db")) == OtherUser.id)
        #expect(chown(outside.path("b.db"), 1, 1) == 0)
        let over = ["restore", outside.path("a.db"), "--database", outside.path("b.db"), "--force"]
        #expect(try Binary.run(over, in: folder).exitCode == 0)
        #expect(owner(outside.path("b.db")) == 1, "what is replaced keeps its owner")
    }

    @Test("and nothing else is given away, whatever is planted in its place")
    func planted() throws {
        guard geteuid() == 0 else { return }
        #expect(try Binary.run(["migrate", "--database", "a.db"], in: outside).exitCode == 0)
        #expect(try Binary.run(["backup", "b.db", "--database", "a.db"], in: outside).exitCode == 0)
        let secret = try outside.write("root's own", to: "secret")
        try give(folder.url.path)
        let backup = outside.path("b.db")
        for (link, command) in [
            ("casekeeper.db", ["restore", backup, "--force"]), ("casekeeper.db", ["migrate"]),
            ("casekeeper.db-lock", ["migrate"]), ("casekeeper.db-lock", ["restore", backup, "--force"]),
        ] {
            #expect(symlink(secret, folder.path(link)) == 0)
            let result = try Binary.run(command, in: folder)
            #expect(result.exitCode != 0, "\(command): \(result)")
            #expect(owner(secret) == 0, "\(command)")
            #expect(try outside.read("secret") == "root's own", "\(command)")
            for name in BackupFolder.names(in: folder.url.path) where name.hasPrefix("casekeeper") {
                try FileManager.default.removeItem(atPath: folder.path(name))
            }
        }
    }
}
