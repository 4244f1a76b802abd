import CaseStore
import Complaints
import Foundation
import GRDB
import TestSupport
import Testing

@testable import casekeeper

@Suite("casekeeper backup", .serialized)
struct BackupCommandTests {
    let folder = try! TemporaryFolder()

    /// What is in the folder, but for what tests put there.
    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
            .filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") }.sorted()
    }

    /// What is at `b.db` from before.
    private func makeOldBackup() throws -> Data {
        let result = try Binary.run(["backup", "b.db"], in: folder)
        #expect(result.exitCode == 0, "\(result.errors)")
        return try Data(contentsOf: folder.url.appending(path: "b.db"))
    }

    @Test("a backup made under load is verified, is one moment of the database, and serves")
    func underLoad() throws {
        let server = try RunningServer(in: folder)
        let load = Load(port: server.port, clients: 3, seed: 1)
        load.waitForChanges(30)
        let before = load.ledger.changes
        let result = try Binary.run(["backup", "b.db"], in: folder)
        let during = load.ledger.changes.count - before.count
        #expect(result.exitCode == 0, "\(result.errors)")
        load.waitForChanges(before.count + during + 30)
        load.stop()
        let summary =
            /backed up casekeeper.db to b.db: \d+ cases, \d+ promises, \d+ log entries\nhead: [0-9a-f]{64} \(entry .*\)\n/
        #expect(result.output.wholeMatch(of: summary) != nil, "\(result.output)")
        #expect(result.errors.isEmpty, "progress is for a terminal")
        let missing = try Ledger.missing(before, at: folder.path("b.db"))
        #expect(missing.isEmpty, "what was answered before it began is in it")
        #expect(try Binary.run(["verify", "--database", "b.db"], in: folder).exitCode == 0)
        #expect(
            try files() == ["b.db", "casekeeper.db", "casekeeper.db-lock", "casekeeper.db-shm", "casekeeper.db-wal"])
        let other = try RunningServer(["--database", "b.db"], in: folder)
        other.process.signal(SIGTERM)
        #expect(try other.process.wait().exitCode == 0)
    }

    @Test("shows how far it has come where somebody looks on, and leaves no trace of that")
    func progress() throws {
        _ = try Binary.run(["import", Repository.sample] + CFPB.options, in: folder)
        // script(1) gives it a terminal.
        let shown = try RunningProcess(
            path: "/usr/bin/script", ["-qec", "\(Binary.path) backup b.db", "screen"],
            environment: ["PATH": "/usr/bin:/bin"], in: folder
        ).wait()
        #expect(shown.exitCode == 0)
        let screen = try folder.read("screen")
        let bar = try #require(screen.firstMatch(of: /\[#{30}\] (\d+) of (\d+) pages/), "\(screen)")
        #expect(bar.1 == bar.2)
        let clear = "\r\u{1B}[K"
        #expect(screen.contains(clear + "\rverifying ...\u{1B}[K\r\u{1B}[Kbacked up casekeeper.db to b.db: 60 cases"))
    }

    @Test("leaves nothing behind when it is interrupted", arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) throws {
        _ = try Binary.run(["migrate"], in: folder)
        let old = try makeOldBackup()
        // Another process that holds the database keeps it waiting, with its file already made.
        let holder = try DatabaseQueue(path: folder.path("casekeeper.db"))
        try holder.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            try db.execute(sql: "UPDATE clock SET stamp = stamp")
        }
        let process = try Binary.start(["backup", "b.db", "--force"], in: folder)
        while try !files().contains(where: { $0.hasPrefix("b.db.partial-") }), !process.hasEnded { usleep(500) }
        process.signal(signal)
        let result = try process.wait()
        #expect(result.exitCode == 130, "\(result.output)")
        #expect(result.errors.contains("interrupted; nothing was changed"))
        #expect(try files().filter { $0.hasPrefix("b.db") } == ["b.db"])
        #expect(try Data(contentsOf: folder.url.appending(path: "b.db")) == old)
    }

    @Test("says what it replaced: how many cases, and the head that was written down")
    func replaced() throws {
        _ = try Binary.run(["import", Repository.sample] + CFPB.options, in: folder)
        let first = try Binary.run(["backup", "b.db"], in: folder)
        #expect(!first.output.contains("replaced"))
        let head = try #require(first.output.firstMatch(of: /head: (.*)\n/)).1
        _ = try Binary.run(["migrate", "--database", "new.db"], in: folder)
        let second = try Binary.run(["backup", "b.db", "--force", "--database", "new.db"], in: folder)
        #expect(second.output.hasSuffix("\nit replaced one of 60 cases that ended with \(head)\n"), "\(second)")
        let third = try Binary.run(["restore", "b.db", "--force", "--database", "casekeeper.db"], in: folder)
        #expect(third.output.hasSuffix("\nit replaced one of 60 cases that ended with \(head)\n"), "\(third)")
    }

    @Test("of a database that was tampered with there is no backup, and the old one stays")
    func tampered() throws {
        _ = try Binary.run(["import", Repository.sample] + CFPB.options, in: folder)
        let old = try makeOldBackup()
        let queue = try DatabaseQueue(path: folder.path("casekeeper.db"))
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "DROP TRIGGER complaint_case_keeps_the_complaint")
            try db.execute(sql: "UPDATE complaint_case SET complaint = 'All is well.' WHERE id = 7")
        }
        try queue.close()
        let result = try Binary.run(["backup", "b.db", "--force"], in: folder)
        #expect(result.exitCode == 65)
        #expect(result.output.hasPrefix("log_chain: "))
        #expect(
            result.errors == "casekeeper: casekeeper.db is not as it was written; nothing was changed\n")
        #expect(try Data(contentsOf: folder.url.appending(path: "b.db")) == old)
        #expect(try files().filter { $0.hasPrefix("b.db") } == ["b.db"])
    }

    @Test("a database of an older version is backed up as it is, whatever words its search was made of, and comes back")
    func older() throws {
        let fixture = Repository.root.appending(path: "Tests/CaseStoreTests/Fixtures/V010.db.gz")
        let bytes = try gunzip(Array(Data(contentsOf: fixture)))
        try folder.write(bytes, to: "casekeeper.db")
        let result = try Binary.run(["backup", "b.db"], in: folder)
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
        #expect(
            try Binary.run(["token", "list", "--database", "b.db"], in: folder).exitCode == 78, "it is of that version")
        let restored = try Binary.run(["restore", "b.db", "--database", "c.db"], in: folder)
        #expect(restored.exitCode == 0, "\(restored.output)\(restored.errors)")
        #expect(try Binary.run(["migrate", "--database", "c.db"], in: folder).exitCode == 0)
        #expect(try Binary.run(["verify", "--database", "c.db"], in: folder).exitCode == 0)
    }

    @Test("says what stands in its way")
    func refusals() throws {
        #expect(try Binary.run(["backup", "b.db"], in: folder).exitCode == 66, "there is no database")
        _ = try Binary.run(["migrate"], in: folder)
        #expect(
            try Binary.run(["backup", "--force"], in: folder).exitCode == 64, "of what it names itself it replaces none"
        )
        let elsewhere = try Binary.run(["backup", "--backups", "usb"], in: folder)
        #expect(elsewhere.exitCode == 74 && elsewhere.errors.contains("no folder usb: mount"), "\(elsewhere)")
        #expect(!folder.has("usb"))
        #expect(try Binary.run(["backup", "nowhere/b.db"], in: folder).exitCode == 74)
        #expect(try Binary.run(["backup", ".", "--force"], in: folder).exitCode == 73)
        #expect(try Binary.run(["backup", "casekeeper.db", "--force"], in: folder).exitCode == 64)
        let old = try makeOldBackup()
        let refused = try Binary.run(["backup", "b.db"], in: folder)
        #expect(refused.exitCode == 73)
        #expect(refused.errors == "casekeeper: b.db is there already; --force replaces it\n")
        #expect(try Data(contentsOf: folder.url.appending(path: "b.db")) == old)
        #expect(try Binary.run(["backup", "b.db", "--force"], in: folder).exitCode == 0)
        for redirection in ["> f", "> c.db"] {
            let place = redirection == "> f" ? "/dev/stdout" : "c.db"
            let streamed = try Binary.run(
                ["backup", place], launcher: ["/bin/sh", "-c", "exec \"$0\" \"$@\" \(redirection)"], in: folder)
            #expect(streamed.exitCode == 64)
            #expect(streamed.errors.contains("standard output leads into \(place)"), "\(streamed.errors)")
        }
        try folder.write("a,b\n", to: "list.csv")
        for force in [[], ["--force"]] {
            let foreign = try Binary.run(["backup", "list.csv"] + force, in: folder)
            #expect(foreign.exitCode == 73)
            #expect(foreign.errors.contains("list.csv is there already, and is no database of casekeeper"))
        }
        #expect(try folder.read("list.csv") == "a,b\n")
    }

    @Test("without a file it makes its own folder, and deletes the oldest of those that it has named itself")
    func dated() throws {
        _ = try Binary.run(["migrate"], in: folder)
        let first = try Binary.run(["backup"], in: folder)
        #expect(first.exitCode == 0, "\(first)")
        func names() -> [String] { BackupFolder.names(in: folder.path("backups")) }
        let made = try #require(names().first)
        #expect(made.wholeMatch(of: /casekeeper-\d{8}T\d{6}Z\.db/) != nil && names().count == 1)
        #expect(FileStatus(folder.path("backups"))?.permissions == 0o700)
        // Of others, what is not a backup of its naming, or none at all, is nobody's to delete.
        let others = [
            "casekeeper-20200101T000000Z-from-0.1.0.db", "mine.db", "casekeeper-20200101T000001Z.txt",
            "casekeeper-20200102T000000Z.db.partial-x",
        ]
        let old = (1...4).map { "casekeeper-2020010\($0)T000000Z.db" }
        for name in others + old {
            try FileManager.default.copyItem(
                atPath: folder.path("backups/\(made)"), toPath: folder.path("backups/\(name)"))
        }
        try folder.write("a letter", to: "backups/casekeeper-20190101T000000Z.db")
        usleep(1_100_000)
        let second = try Binary.run(["backup", "--keep-backups", "3"], in: folder)
        #expect(second.exitCode == 0, "\(second)")
        let now = Set(names())
        #expect(now.isSuperset(of: others + [made, "casekeeper-20190101T000000Z.db", old[3]]), "\(now)")
        #expect(now.isDisjoint(with: old[..<3]), "\(now)")
        #expect(now.count == others.count + 4)
        #expect(old[..<3].allSatisfy { second.output.contains("deleted \(folder.path("backups/\($0)"))") }, "\(second)")
        // What could not be made deletes nothing.
        #expect(truncate(folder.path("casekeeper.db"), 9000) == 0)
        #expect(try Binary.run(["backup", "--keep-backups", "1"], in: folder).exitCode != 0)
        #expect(Set(names()) == now)
    }

    @Test("of more than are to stay the one that was just made does, whatever the clock was when others were")
    func aheadOfTheClock() throws {
        _ = try Binary.run(["migrate"], in: folder)
        _ = try Binary.run(["backup"], in: folder)
        let made = try #require(BackupFolder.names(in: folder.path("backups")).first)
        let later = "casekeeper-22000101T000000Z.db"
        try FileManager.default.moveItem(
            atPath: folder.path("backups/\(made)"), toPath: folder.path("backups/\(later)"))
        #expect(try Binary.run(["backup", "--keep-backups", "1"], in: folder).exitCode == 0)
        let left = BackupFolder.names(in: folder.path("backups"))
        #expect(left.count == 1 && left != [later], "\(left)")
        #expect(try Binary.run(["backup", "--keep-backups", "0"], in: folder).exitCode != 64)
    }

    @Test("root makes the folder, and what is in it, the database's folder's owner's")
    func ofRoot() throws {
        guard geteuid() == 0 else { return }
        _ = try Binary.run(["migrate"], in: folder)
        for path in [folder.url.path] + ["", "-lock"].map({ folder.path("casekeeper.db") + $0 }) {
            #expect(chown(path, OtherUser.id, OtherUser.id) == 0)
        }
        #expect(try Binary.run(["backup"], in: folder).exitCode == 0)
        let all =
            [folder.path("backups")]
            + BackupFolder.names(in: folder.path("backups")).map { folder.path("backups/\($0)") }
        #expect(all.count == 2)
        for path in all { #expect(FileStatus(path)?.owner.user == OtherUser.id, "\(path)") }
    }

    @Test("the service's figures have when the newest was made, whoever made it")
    func figure() throws {
        let server = try RunningServer(in: folder)
        func figure() throws -> Int? {
            let answer = try #require(LoadConnection(port: server.port).get("/metrics"))
            return String(decoding: answer.body, as: UTF8.self)
                .firstMatch(of: /\ncasekeeper_last_backup_timestamp_seconds (\d+)\n/).flatMap { Int($0.1) }
        }
        #expect(try eventually { try figure() == 0 }, "there is no backup")
        server.process.signal(SIGTERM)
        _ = try server.process.wait()
        #expect(try Binary.run(["backup"], in: folder).exitCode == 0)
        let name = try #require(BackupFolder.names(in: folder.path("backups")).first)
        try folder.write("", to: "backups/z.db")
        try folder.write("newer, and no backup", to: "backups/z.txt")
        var times = [timeval(tv_sec: 1_700_000_000, tv_usec: 0), timeval(tv_sec: 1_700_000_000, tv_usec: 0)]
        #expect(utimes(folder.path("backups/\(name)"), &times) == 0)
        let again = try RunningServer(in: folder)
        #expect(
            try eventually {
                let answer = try #require(LoadConnection(port: again.port).get("/metrics"))
                return String(decoding: answer.body, as: UTF8.self)
                    .contains("\ncasekeeper_last_backup_timestamp_seconds 1700000000\n")
            })
    }

    @Test("a folder in which something may not be read has a newest that nobody knows")
    func unreadable() throws {
        _ = try Binary.run(["migrate"], in: folder)
        _ = try Binary.run(["backup"], in: folder)
        let name = try #require(BackupFolder.names(in: folder.path("backups")).first)
        guard geteuid() == 0 else { return }
        let path = folder.path("backups")
        for closed in [path, "\(path)/\(name)"] {
            chmod(closed, 0)
            let other = ServiceUser(OtherUser.id)
            chmod(folder.url.path, 0o755)
            #expect(other.acting { BackupFolder(path).newest } == .unknown, "\(closed)")
            chmod(closed, 0o755)
        }
    }
}
