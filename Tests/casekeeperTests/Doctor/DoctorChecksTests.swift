import ArgumentParser
import CaseStore
import Complaints
import Foundation
import GRDB
import HTTPServer
import TestSupport
import Testing

@testable import casekeeper

/// Each check where all is well, and where it is not.
@Suite("Checks of casekeeper doctor", .serialized)
struct DoctorChecksTests {
    private let folder: TemporaryFolder
    private let database: String

    init() throws {
        folder = try TemporaryFolder()
        database = folder.path("casekeeper.db")
        #expect(chmod(folder.url.path, 0o700) == 0)
        #expect(mkdir(folder.path("backups"), 0o700) == 0)
        #expect(
            try Binary.run(["token", "create", "Ann", "--role", "admin", "--expires-in", "P90D"], in: folder).exitCode
                == 0)
    }

    private func inspect(_ words: String...) throws -> Inspection {
        let command = try Casekeeper.parseAsRoot(
            ["doctor", "--database", database, "--listen", "127.0.0.1:0"] + words)
        return try #require(command as? DoctorCommand).inspect()
    }

    /// What a check found that is not ok, by its level: a part of what it says, and of what to do.
    private func expect(
        _ level: Finding.Level, _ what: String, _ remedy: String, of check: DoctorCheck, _ inspection: Inspection,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let found = check.look(inspection).filter { $0.level != .ok }
        #expect(
            found.contains {
                $0.level == level && $0.what.contains(what) && $0.remedy?.contains(remedy) == true && $0.why != nil
            },
            "\(found)", sourceLocation: location)
    }

    private func expectOK(
        _ check: DoctorCheck, _ inspection: Inspection, _ location: SourceLocation = #_sourceLocation
    ) {
        let found = check.look(inspection)
        #expect(
            !found.isEmpty && found.allSatisfy { $0.level == .ok && $0.why == nil }, "\(found)",
            sourceLocation: location)
    }

    private func execute(_ sql: String) throws {
        let queue = try DatabaseQueue(path: database)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// Gives a file to `nobody`.
    private func giveAway(_ path: String) throws {
        let words = (geteuid() == 0 ? [] : ["/usr/bin/sudo", "-n"]) + ["/usr/bin/chown", "\(OtherUser.id)", path]
        let result = try RunningProcess(path: words[0], Array(words.dropFirst()), environment: [:], in: folder).wait()
        try #require(result.exitCode == 0, "\(result.errors)")
    }

    private func age(_ path: String, by seconds: Int) {
        let then = time(nil) - seconds
        var times = [timeval(tv_sec: then, tv_usec: 0), timeval(tv_sec: then, tv_usec: 0)]
        #expect(utimes(path, &times) == 0)
    }

    @Test("the settings: notes of who may write the file are warnings")
    func settings() throws {
        let command = try #require(try Casekeeper.parseAsRoot(["doctor", "--database", database]) as? DoctorCommand)
        expectOK(.settings, command.inspect())
        let setting = try #require(
            try OptionSources(root: Casekeeper.self, environment: ["CASEKEEPER_DATABASE": "x"], usualFile: "none")
                .completing(["doctor"]).settings.first { $0.source != .usual })
        let told = [[], [setting], [setting, setting]].map {
            DoctorCheck.settings.look(command.inspect(set: $0))[0].what
        }
        for (told, words) in zip(told, ["no setting is given:", " 1 setting is given:", "2 settings are given:"]) {
            #expect(told.contains(words), "\(told)")
        }
        expect(
            .warning, "others may write x", "casekeeper config", of: .settings,
            command.inspect(notes: ["others may write x"]))
    }

    /// With the binary, as for a moment it is the user whose rights it looks at, with all its threads.
    @Test("the settings: a file that root reads and the service's user can't is found")
    func unreadableSettings() throws {
        guard geteuid() == 0 else { return }
        let parent = try TemporaryFolder()
        let file = try parent.write("CASEKEEPER_DATABASE=\(database)\n", to: "casekeeper.conf")
        func look(_ folderMode: mode_t, _ mode: mode_t) throws -> String {
            chmod(parent.url.path, folderMode)
            chmod(file, mode)
            let result = try Binary.run(
                ["doctor", "--config", file, "--listen", "127.0.0.1:0"]
                    + DoctorCheck.all.map(\.name).filter { $0 != "settings" }.flatMap { ["--except", $0] }, in: folder)
            #expect((result.exitCode == 78) == result.output.contains("can't read \(file)"), "\(result)")
            return result.output
        }
        #expect(try !look(0o755, 0o600).contains("can't read"))
        try giveAway(folder.url.path)
        #expect(try look(0o755, 0o600).contains("&& chmod g+r \(file)"))
        #expect(try !look(0o755, 0o644).contains("can't read"))
        #expect(try look(0o700, 0o644).contains("enter its folder"))
    }

    @Test("the files: who may read and write them, and whose they are")
    func files() throws {
        expectOK(.files, try inspect())
        chmod(database, 0o640)
        expect(.warning, "may read or write \(database)", "chmod go= \(database)", of: .files, try inspect())
        chmod(database, 0o600)
        try Binary.run(["backup", "backups/a.db"], in: folder).succeeded()
        chmod(folder.path("backups/a.db"), 0o604)
        expect(.warning, "backups/a.db", "chmod go= ", of: .files, try inspect())
        chmod(folder.path("backups/a.db"), 0o600)
        chmod(folder.url.path, 0o770)
        expect(.error, "may write the folder", "chmod go-w ", of: .files, try inspect())
        chmod(folder.url.path, 0o700)
        try folder.write("", to: "backups/b.db.partial-1x")
        expect(.warning, "b.db.partial-1x is left", "rm ", of: .files, try inspect())
        try FileManager.default.removeItem(atPath: folder.path("backups/b.db.partial-1x"))
        chmod(folder.path("backups"), 0o777)
        expect(.warning, "the folder of backups", "chmod go-w \(folder.path("backups"))", of: .files, try inspect())
        chmod(folder.path("backups"), 0o1777)
        expect(.warning, "the folder of backups", "a folder of their own", of: .files, try inspect())
        chmod(folder.path("backups"), 0o700)
        expectOK(.files, try inspect())
        try giveAway(database + "-lock")
        expect(.error, "casekeeper.db-lock is not", "chown --reference=", of: .files, try inspect())
        try giveAway(database)
        let words = geteuid() == 0 ? "the folder \(folder.url.path) is" : "casekeeper.db is not"
        expect(.error, words, "chown --reference=", of: .files, try inspect())
    }

    @Test("the files: in a folder of the service's user all is to be theirs, and each remedy gives it to them")
    func rightful() throws {
        guard geteuid() == 0 else { return }
        try Binary.run(["backup", "backups/a.db"], in: folder).succeeded()
        let all = [database, database + "-lock", folder.path("backups"), folder.path("backups/a.db")]
        // A backup only reads the database, and leaves an empty log beside it.
        let log = ["-wal", "-shm"].map { database + $0 }.filter(FileManager.default.fileExists(atPath:))
        for path in [folder.url.path] + all + log { try giveAway(path) }
        expectOK(.files, try inspect())
        for path in all {
            #expect(chown(path, 0, 0) == 0)
            let level: Finding.Level = path.contains("backups") ? .warning : .error
            let remedy = "chown --reference=\(folder.url.path) \(path)"
            let words = "\(path) is not \(Inspection.user(OtherUser.id))'s, as the folder is"
            expect(level, words, remedy, of: .files, try inspect())
            // Whoever the service is run as is told what root has to do, and not to be somebody else.
            let own = try Binary.run(
                ["doctor", "--json", "--database", database, "--listen", "127.0.0.1:0"], launcher: OtherUser.launcher,
                in: folder)
            #expect(own.output.contains(remedy), "\(own)")
            #expect(!own.output.contains("run casekeeper doctor as the service's user"), "\(own)")
            try giveAway(path)
        }
        // What one command of root's left is mended by what is told.
        #expect(chown(database, 0, 0) == 0)
        let start = try Binary.run(
            ["serve", "--listen", "127.0.0.1:0", "--database", database], launcher: OtherUser.launcher, in: folder)
        #expect(start.exitCode == 78)
        #expect(start.errors.contains("chown --reference=\(folder.url.path) \(database), as root"), "\(start.errors)")
        let told = try #require(DoctorCheck.files.look(try inspect()).first { $0.level == .error }?.remedy)
        let mended = try RunningProcess(
            path: "/bin/sh", ["-c", told], environment: ["PATH": "/usr/bin:/bin"], in: folder
        ).wait()
        #expect(mended.exitCode == 0, "\(mended)")
        expectOK(.files, try inspect())
    }

    @Test("the files: a database that is not there, or not for whoever asks")
    func missing() throws {
        let other = try #require(
            try Casekeeper.parseAsRoot(["doctor", "--database", folder.path("other.db")]) as? DoctorCommand
        ).inspect()
        expect(.error, "there is no database", "--config", of: .files, other)
        let remedy = try #require(DoctorCheck.files.look(other).first?.remedy)
        let restore = try #require(remedy.firstRange(of: "casekeeper restore BACKUP"))
        let migrate = try #require(remedy.firstRange(of: "only for a new desk make one: casekeeper migrate"))
        #expect(restore.lowerBound < migrate.lowerBound)
        try Binary.run(["backup", "backups/a.db"], in: folder).succeeded()
        expect(.error, "there is no database", "casekeeper restore \(folder.path("backups/a.db")) ", of: .files, other)
        #expect(mkdir(folder.path(".other.db-litestream"), 0o700) == 0)
        expect(.error, "other.db is gone", "from Litestream's replica", of: .files, other)
        #expect(rmdir(folder.path(".other.db-litestream")) == 0)
        #expect(DoctorCheck.files.look(other).first?.status == .noInput)
        for check in DoctorCheck.all { #expect(!check.look(other).isEmpty, "\(check.name)") }
        #expect(!folder.has("other.db"))
        chmod(folder.url.path, 0o711)
        let result = try Binary.run(
            ["doctor", "--database", database, "--listen", "127.0.0.1:0"], launcher: OtherUser.launcher, in: folder)
        #expect(
            result.exitCode == 78 && result.output.contains("run casekeeper doctor as the service's user"), "\(result)")
    }

    @Test("the record: its shape beside this version's")
    func record() throws {
        expectOK(.record, try inspect())
        try execute("INSERT INTO schema_migration VALUES (999, 'V999__later', 'x', 0)")
        expect(.error, "made by a newer casekeeper", "restore BACKUP", of: .record, try inspect())
        let old = Repository.root.appending(path: "Tests/CaseStoreTests/Fixtures/V010.db.gz")
        try folder.write(gunzip(Array(Data(contentsOf: old))), to: "casekeeper.db")
        expect(.warning, "steps to the shape of this version", "casekeeper migrate", of: .record, try inspect())
        try folder.write("no database at all, but long enough to be read as the header of one.", to: "casekeeper.db")
        expect(.error, "is no database of casekeeper", "restore BACKUP", of: .record, try inspect())
        #expect(DoctorCheck.record.look(try inspect()).allSatisfy { $0.remedy?.contains("version") == false })
    }

    @Test("the record: one that is cut short is none, and the newest backup is named")
    func cutShort() throws {
        try Binary.run(["backup", "backups/a.db"], in: folder).succeeded()
        #expect(truncate(database, 9000) == 0)
        let inspection = try inspect()
        expect(
            .error, "is no whole database", "restore \(folder.path("backups/a.db")) --force", of: .record, inspection)
        #expect(DoctorCheck.record.look(inspection).allSatisfy { $0.remedy?.contains("version") == false })
        for check in [DoctorCheck.tokens, .epoch, .clock] {
            expect(.warning, "could not look at", "what is said of the record", of: check, inspection)
        }
        try folder.write("", to: "backups/b.db")
        age(folder.path("backups/b.db"), by: -60)
        expect(.error, "no whole database", "restore \(folder.path("backups/a.db")) ", of: .record, try inspect())
    }

    @Test("the files: nobody is told to change what is no database, nor what a link leads to")
    func somethingElse() throws {
        let other = try folder.write(
            "root:x:0:0:root:/root:/bin/sh, and more of it to be as long as a header is.", to: "passwd")
        chmod(other, 0o644)
        #expect(symlink(other, folder.path("link.db")) == 0)
        #expect(mkdir(folder.path("s.db"), 0o755) == 0)
        for (name, words) in [("link.db", "is no database of casekeeper"), ("s.db", "is no regular file")] {
            let command = try Casekeeper.parseAsRoot(["doctor", "--database", folder.path(name)])
            let inspection = try #require(command as? DoctorCommand).inspect()
            expect(.error, words, "--config", of: .files, inspection)
            for check in DoctorCheck.all {
                let found = check.look(inspection)
                #expect(
                    found.allSatisfy { $0.remedy?.contains("chmod") != true && $0.remedy?.contains("chown") != true },
                    "\(found)")
            }
        }
        for suffix in ["-lock", "-wal"] {
            try? FileManager.default.removeItem(atPath: database + suffix)
            #expect(symlink(other, database + suffix) == 0)
            let found = DoctorCheck.files.look(try inspect())
            #expect(found.allSatisfy { $0.remedy?.contains("ch") != true }, "\(found)")
            expect(.error, "casekeeper.db\(suffix) is a symbolic link", "move it away", of: .files, try inspect())
            try FileManager.default.removeItem(atPath: database + suffix)
            #expect(mkdir(database + suffix, 0o755) == 0)
            expect(.error, "casekeeper.db\(suffix) is a folder", "move it away", of: .files, try inspect())
            try FileManager.default.removeItem(atPath: database + suffix)
        }
        let elsewhere = try TemporaryFolder()
        chmod(elsewhere.url.path, 0o777)
        #expect(symlink(elsewhere.url.path, folder.path("others")) == 0)
        let backups = DoctorCheck.files.look(try inspect("--backups", folder.path("others")))
        #expect(
            backups.contains { $0.what.contains("is a symbolic link to") && $0.remedy?.contains("(--backups)") == true }
                && backups.allSatisfy { $0.remedy?.contains("chmod") != true }, "\(backups)")
    }

    @Test(
        "the record: a database that is gone, or has lost all that was in it, is an error, and no reason to make another"
    )
    func lost() throws {
        try Binary.run(["backup", "backups/a.db"], in: folder).succeeded()
        let server = try RunningServer(in: folder)
        try FileManager.default.removeItem(atPath: database)
        expect(.error, "is gone, and process \(server.process.id) ", "kill -TERM", of: .files, try inspect())
        server.process.signal(SIGTERM)
        _ = try server.process.wait()
        expect(.error, "casekeeper.db.rescued is left of it", "restore", of: .files, try inspect())
        for name in ["casekeeper.db.rescued", "casekeeper.db-wal", "casekeeper.db-shm"] {
            try? FileManager.default.removeItem(atPath: folder.path(name))
        }
        expect(
            .error, "casekeeper.db-lock is left of it", "restore \(folder.path("backups/a.db"))", of: .files,
            try inspect())
        #expect(DoctorCheck.files.look(try inspect()).allSatisfy { $0.remedy?.contains("migrate") == false })
        try folder.write("", to: "casekeeper.db")
        chmod(database, 0o600)
        expect(.error, "casekeeper.db-lock is beside it", "restore ", of: .record, try inspect())
        for check in DoctorCheck.all {
            #expect(check.look(try inspect()).allSatisfy { !$0.what.contains("migrate first") }, "\(check.name)")
        }
        let promoted = try Binary.run(["promote"], in: folder)
        #expect(promoted.exitCode == 65 && promoted.errors.contains("is empty"), "\(promoted)")
        try FileManager.default.removeItem(atPath: database + "-lock")
        expect(.warning, "is an empty file", "only for a new desk make one", of: .record, try inspect())
    }

    @Test("the files: a folder that many share is never to be changed for the database's sake")
    func sticky() throws {
        for isForeign in [false, true] {
            chmod(folder.url.path, 0o1777)
            if isForeign { try giveAway(folder.url.path) }
            expect(.warning, "which many share", "a folder of its own", of: .files, try inspect())
            let found = DoctorCheck.files.look(try inspect())
            #expect(found.allSatisfy { $0.level != .error && $0.remedy?.contains("ch") != true }, "\(found)")
            guard geteuid() == 0 else { break }
        }
    }

    @Test(
        "the files: what is beside the database is looked at as it was before anything is read",
        arguments: ["-wal", "-shm"])
    func besides(_ suffix: String) throws {
        try folder.write("", to: "casekeeper.db" + suffix)
        chmod(database + suffix, 0o600)
        expectOK(.record, try inspect())
        try folder.write("", to: "casekeeper.db" + suffix)
        chmod(database + suffix, 0o600)
        try giveAway(database + suffix)
        let inspection = try inspect()
        expect(.error, "casekeeper.db\(suffix) is not", "chown --reference=", of: .files, inspection)
        expect(.warning, "could not look at the record", "casekeeper doctor", of: .record, inspection)
        #expect(FileStatus(database + suffix)?.owner.user == OtherUser.id)
    }

    @Test("what may not be read could not be looked at, and nothing else is said of it")
    func unreadable() throws {
        try Binary.run(["backup", "backups/a.db"], in: folder).succeeded()
        let server = try RunningServer(["--listen", "unix:" + folder.path("s")], in: folder)
        func look(_ folderMode: mode_t, _ backupsMode: mode_t) throws -> [String] {
            chmod(folder.path("backups"), backupsMode)
            chmod(folder.url.path, folderMode)
            let words = ["doctor", "--database", database, "--listen", "127.0.0.1:\(server.port)"]
            let socket = ["--listen", "unix:" + folder.path("s")]
            let result = try Binary.run(words + socket, launcher: OtherUser.launcher, in: folder)
            #expect(result.exitCode == 78)
            return result.output.split(separator: "\n").map(String.init)
        }
        let rest = ["serves another", "nobody has", "there is no", "the version that made it", "none could"]
        for (mode, backups) in [(0o711, 0o711), (0o755, 0o755), (0o700, 0o700)] as [(mode_t, mode_t)] {
            let lines = try look(mode, backups)
            #expect(
                !lines.contains { line in rest.contains { line.contains($0) && !line.contains("configuration") } },
                "\(lines)")
            // It is said once, with all that was not looked at.
            let told = lines.filter { $0.contains("could not look") }
            #expect(told.count <= 2 && told.first?.contains(" files ") == true, "\(lines)")
            let others = lines.filter { $0.contains("nor was looked at all of: ") }.joined()
            for check in ["record", "backups", "clock", "service", "tokens", "endless", "epoch", "replication"] {
                #expect((told.joined() + others).contains(check), "\(check) in \(lines)")
            }
            #expect(!lines.contains { $0.contains("open, a service is") })
            #expect(
                lines.contains { $0.contains("do:  run casekeeper doctor as the service's user, or as root: sudo ") })
        }
        chmod(folder.url.path, 0o700)
        expectOK(.record, try inspect())
        expectOK(.service, try inspect("--listen", "127.0.0.1:\(server.port)", "--listen", "unix:" + folder.path("s")))
    }

    @Test("the disk: what is free beside what has to be, and what a backup takes")
    func disk() throws {
        expectOK(.disk, try inspect())
        let full = try inspect("--min-free-space", "\(1 << 50)")
        expect(.error, "(--min-free-space)", "make room", of: .disk, full)
        #expect(DoctorCheck.disk.look(full).first?.status == .inputOutput)
        // As large as no disk, and nearly all of it a hole.
        #expect(truncate(database, 8 << 40) == 0)
        expect(.warning, "less than the database has", "--backups", of: .disk, try inspect())
    }

    @Test("the write-ahead log: its length, and who has to empty it")
    func log() throws {
        let words = ["--wal-limit", "1000000"]
        let server = try RunningServer(in: folder)
        try open(at: server)
        expectOK(.log, try inspect(words[0], words[1]))
        #expect(truncate(database + "-wal", 2 << 20) == 0)
        expect(.warning, "more than --wal-limit", "fuser", of: .log, try inspect(words[0], words[1]))
        expect(
            .warning, "more than --wal-limit", "Litestream", of: .log, try inspect(words[0], words[1], "--replicated"))
        server.process.signal(SIGKILL)
        _ = try server.process.wait()
    }

    @Test("replication: whether Litestream reads what is written")
    func replication() throws {
        expectOK(.replication, try inspect())
        let server = try RunningServer(in: folder)
        let litestream = try Litestream(of: "casekeeper.db", in: folder)
        try open(at: server)
        #expect(try litestream.sync().exitCode == 0)
        expectOK(.replication, try inspect())
        let said = DoctorCheck.replication.look(try inspect())
        #expect(
            said.first?.what.contains("only a restored copy tells") == true, "what came of it is not known: \(said)")
        // It has what it reads by, and reads nothing.
        litestream.process.signal(SIGSTOP)
        let files = try #require(FileManager.default.enumerator(atPath: folder.path(".casekeeper.db-litestream")))
        for case let name as String in files { age(folder.path(".casekeeper.db-litestream/\(name)"), by: 600) }
        try open(at: server)
        expect(.warning, "Litestream last read the database at", "restart it", of: .replication, try inspect())
        litestream.process.signal(SIGKILL)
        _ = try litestream.process.wait()
        server.process.signal(SIGTERM)
        _ = try server.process.wait()
        try FileManager.default.removeItem(atPath: folder.path(".casekeeper.db-litestream"))
        expect(.warning, "does so no more", "litestream replicate", of: .replication, try inspect())
    }

    @Test("the backups: whether there are any, how old, and where")
    func backups() throws {
        expect(.warning, "there is no backup in", "casekeeper backup", of: .backups, try inspect())
        expect(
            .warning, "there is no folder \(folder.path("none"))", "install -d -m 0700", of: .backups,
            try inspect("--backups", folder.path("none")))
        try folder.write("", to: "backups/empty.db")
        expect(.warning, "backups/empty.db is empty, so it is no backup", "rm ", of: .backups, try inspect())
        expect(.warning, "there is no other backup in", "casekeeper backup", of: .backups, try inspect())
        try FileManager.default.removeItem(atPath: folder.path("backups/empty.db"))
        try folder.write("no backup", to: "backups/notes.txt")
        try Binary.run(["backup", "backups/a.db"], in: folder).succeeded()
        expectOK(.backups, try inspect())
        expect(.warning, "on the disk that the database is on", "--except offsite", of: .offsite, try inspect())
        // Where Litestream sends it, and whether it arrives, nobody sees from here.
        for words in [[], ["--replicated"]] {
            let inspection = try words.isEmpty ? inspect() : inspect("--replicated")
            expect(.warning, "on the disk that the database is on", "--except offsite", of: .offsite, inspection)
        }
        expect(
            .warning, "is not seen from here", "litestream sync -wait", of: .offsite,
            try inspect("--replicated", "--backups", folder.path("none")))
        // What SQLite keeps beside a file is no backup that has failed.
        for suffix in ["-wal", "-shm"] { try folder.write("", to: "backups/a.db\(suffix)") }
        expectOK(.backups, try inspect())
        for suffix in ["-wal", "-shm"] {
            try FileManager.default.removeItem(atPath: folder.path("backups/a.db\(suffix)"))
        }
        age(folder.path("backups/a.db"), by: 3 * 86_400)
        #expect(
            DoctorCheck.backups.look(try inspect()).contains { $0.why?.contains("lost with this database") == true })
        expect(.warning, "made 3 days ago, more than --backup-age", "casekeeper backup", of: .backups, try inspect())
        expectOK(.backups, try inspect("--replicated", "--backup-age", "P4D"))
        let elsewhere = try TemporaryFolder(inMemory: true)
        try Binary.run(["backup", elsewhere.path("b.db")], in: folder).succeeded()
        let isApart = FileStatus(elsewhere.url.path)?.device != FileStatus(folder.url.path)?.device
        let there = try inspect("--backups", elsewhere.url.path)
        if isApart {
            expectOK(.offsite, there)
        } else {
            expect(.warning, "on the disk that the database is on", "rsync", of: .offsite, there)
        }
    }

    @Test("the clock: the wall's beside the last stamp")
    func clock() throws {
        expectOK(.clock, try inspect())
        let ahead = Int64(Date().timeIntervalSince1970 * 1000)
        try execute("UPDATE clock SET stamp = \(ahead + 60_000)")
        expectOK(.clock, try inspect())
        #expect(DoctorCheck.clock.look(try inspect()).first?.what.contains("behind the last stamp") == true)
        try execute("UPDATE clock SET stamp = \(ahead + 86_400_000)")
        let behind = try inspect()
        expect(.error, "clock_behind", "Set the clock right", of: .clock, behind)
        #expect(DoctorCheck.clock.look(behind).first?.status == .temporary)
    }

    @Test("the service: who answers, and who has the database open")
    func service() throws {
        let receiver = try TestReceiver { _ in .answer(200, body: #"{"status":"up"}"#) }
        expect(
            .error, "something else than casekeeper", "--listen elsewhere", of: .service,
            try inspect("--listen", "127.0.0.1:\(receiver.port)"))
        let socket = "unix:" + folder.path("s")
        let server = try RunningServer(["--listen", socket], in: folder)
        let address = "127.0.0.1:\(server.port)"
        expectOK(.service, try inspect("--listen", address, "--listen", socket))
        #expect(
            DoctorCheck.service.look(try inspect("--listen", socket)).contains {
                $0.what.hasSuffix("is ready at \(socket)")
            })
        expect(
            .error, "nobody answers at 127.0.0.1:1", "--config", of: .service, try inspect("--listen", "127.0.0.1:1"))
        let other = try #require(
            try Casekeeper.parseAsRoot(["doctor", "--database", folder.path("none.db"), "--listen", address])
                as? DoctorCommand)
        expect(.warning, "nobody has \(folder.path("none.db")) open", "--database", of: .service, other.inspect())
        try CaseStore.supersede(path: database, by: 2)
        #expect(try eventually { try ServiceAnswer("GET", "/readyz", port: server.port).status == 503 })
        expect(
            .error, "keeps no changes, superseded", "By what has happened", of: .service,
            try inspect("--listen", address))
        server.process.signal(SIGTERM)
        _ = try server.process.wait()
        expect(.warning, "no service runs", "what is said of the epoch", of: .service, try inspect("--listen", address))
    }

    @Test("the service: that the package's unit does not run it is an error, with how its process ended")
    func unit() throws {
        func look(_ properties: String...) throws -> Finding {
            var inspection = try inspect("--listen", "127.0.0.1:1")
            inspection.units = SystemUnits([ServiceUnit(.service, properties.joined(separator: "\n"))])
            return try #require(DoctorCheck.service.look(inspection).first)
        }
        let failed = try look("UnitFileState=enabled", "ActiveState=failed", "ExecMainCode=1", "ExecMainStatus=66")
        #expect(failed.level == .error && failed.what.contains("has failed: its process ended with 66, no input"))
        #expect(failed.remedy?.contains("journalctl --unit casekeeper") == true)
        let killed = try look("ActiveState=failed", "ExecMainCode=2", "ExecMainStatus=9")
        #expect(killed.what.contains("was ended by signal 9"))
        let again = try look("ActiveState=activating", "SubState=auto-restart", "ExecMainCode=1", "ExecMainStatus=75")
        #expect(again.level == .error && again.what.contains("ended with 75, try again"))
        let stopped = try look("UnitFileState=enabled", "ActiveState=inactive", "ExecMainCode=1", "ExecMainStatus=0")
        #expect(stopped.level == .error && stopped.what.contains("is enabled, and was stopped, and nobody answers"))
        for state in [
            ["UnitFileState=disabled", "ActiveState=inactive"], ["ActiveState=activating", "SubState=start"],
        ] {
            #expect(try look(state[0], state[1]).level == .warning, "\(state)")
        }
    }

    @Test(
        "the service: where systemd answers nobody but root, its unit is seen by what enables it and by its processes")
    func unitBesides() throws {
        let root = folder.path("root")
        let wants = root + "/etc/systemd/system/multi-user.target.wants"
        let group = root + "/sys/fs/cgroup/system.slice/casekeeper.service"
        for path in [wants, group] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        #expect(SystemUnits(besides: root)[.service] == nil)
        #expect(symlink("/lib/systemd/system/casekeeper.service", wants + "/casekeeper.service") == 0)
        var inspection = try inspect("--listen", "127.0.0.1:1")
        inspection.units = SystemUnits(besides: root)
        expect(.error, "is enabled, and has no process", "journalctl --unit casekeeper", of: .service, inspection)
        try "4711\n".write(toFile: group + "/cgroup.procs", atomically: true, encoding: .utf8)
        #expect(SystemUnits(besides: root)[.service]?.fault == nil)
        #expect(SystemUnits(besides: root)[.service] != nil)
    }

    @Test("the files: a folder that the unit's sandbox shuts is an error, with the line that opens it")
    func sandbox() throws {
        func look(_ more: String...) throws -> Inspection {
            var inspection = try inspect()
            inspection.units = SystemUnits([
                ServiceUnit(
                    .service, (["ProtectSystem=strict", "StateDirectory=casekeeper"] + more).joined(separator: "\n"))
            ])
            return inspection
        }
        func hindrance(_ folder: String, _ more: String...) -> String? {
            ServiceUnit(
                .service,
                (["ProtectSystem=strict", "ProtectHome=yes", "StateDirectory=casekeeper"] + more).joined(
                    separator: "\n")
            ).hindrance(toWriting: folder)
        }
        #expect(hindrance("/var/lib/casekeeper") == nil && hindrance("/var/lib/casekeeper/x") == nil)
        #expect(hindrance("/var/lib/casekeeper2") == "ReadWritePaths=/var/lib/casekeeper2")
        #expect(hindrance("/srv/desk", "ReadWritePaths=-/mnt -/srv") == nil)
        #expect(hindrance("/home/desk") == "ReadWritePaths=/home/desk and ProtectHome=no")
        guard !folder.url.path.hasPrefix("/tmp"), !folder.url.path.hasPrefix("/var/tmp") else { return }
        expect(.error, "lets the service not write", "ReadWritePaths=\(folder.url.path)", of: .files, try look())
        expectOK(.files, try look("ReadWritePaths=\(folder.url.path)"))
    }

    @Test("the timers: those of the package that are enabled and stand, and those that have failed")
    func timers() throws {
        expectOK(.timers, try inspect())
        func seen(_ states: [String: String]) throws -> Inspection {
            var inspection = try inspect()
            let all = ServiceUnit.UnitName.allCases.map { name in
                "Id=\(name.rawValue)\nLoadState=loaded\n\(states[name.rawValue] ?? "UnitFileState=disabled\nActiveState=inactive")\n"
            }
            inspection.units = SystemUnits(shown: all.joined(separator: "\n"))
            return inspection
        }
        let none = try seen([:])
        expectOK(.timers, none)
        // What makes a backup is the package's timer where there is one.
        expect(.warning, "no backup", "systemctl enable --now casekeeper-backup.timer", of: .backups, none)
        let running = "UnitFileState=enabled\nActiveState=active"
        let well = try seen(["casekeeper-backup.timer": running, "casekeeper-head.timer": running])
        expectOK(.timers, well)
        #expect(
            DoctorCheck.timers.look(well).first?.what
                == "casekeeper-backup.timer and casekeeper-head.timer are enabled")
        for name in ["backup", "head"] {
            let timer = "casekeeper-\(name).timer"
            expect(
                .warning, "\(timer) is enabled, and was stopped", "systemctl start \(timer)", of: .timers,
                try seen([timer: "UnitFileState=enabled\nActiveState=inactive"]))
            expect(
                .warning, "casekeeper-\(name).service has failed: its process ended with 74, input or output",
                "journalctl --unit casekeeper-\(name).service", of: .timers,
                try seen([
                    timer: running,
                    "casekeeper-\(name).service": "ActiveState=failed\nExecMainCode=1\nExecMainStatus=74",
                ]))
        }
    }

    @Test("what several files have in common is said of them as of several")
    func several() throws {
        for count in 1...25 {
            let names = NamedFiles((1...count).map { "f\($0)" })
            #expect(names.are.hasSuffix(count == 1 ? "f1 is" : " are"))
            #expect(names.are.contains(" and ") == (count > 1))
            #expect(names.listed.hasSuffix("and 5 more") == (count == 25))
        }
        for name in ["a", "b"] { try folder.write("", to: "backups/\(name).db") }
        expect(
            .warning, "a.db and \(folder.path("backups/b.db")) are empty, so they are no backups", "rm ", of: .backups,
            try inspect())
        for name in ["a", "b"] { try folder.write("", to: "backups/\(name).db.partial-1") }
        expect(.warning, "b.db.partial-1 are left of a command", "rm ", of: .files, try inspect())
        guard geteuid() == 0 else { return }
        for name in ["a", "b"] { try giveAway(folder.path("backups/\(name).db")) }
        expect(.warning, "b.db are not ", "chown", of: .files, try inspect())
    }

    @Test("a proxy: whether one may be in front, and who trusts it")
    func proxy() throws {
        func seen(_ words: [String], _ users: [UInt16: Set<uid_t>]) throws -> Inspection {
            let command = try Casekeeper.parseAsRoot(["doctor", "--database", database] + words)
            var inspection = try #require(command as? DoctorCommand).inspect()
            inspection.sockets = ListeningSockets(users: users)
            return inspection
        }
        let nginx: [UInt16: Set<uid_t>] = [443: [0], 5432: [70]]
        expectOK(.proxy, try seen([], [5432: [70]]))
        expect(
            .warning, "no --trusted-proxy is set", "CASEKEEPER_TRUSTED_PROXY=127.0.0.1", of: .proxy, try seen([], nginx)
        )
        expectOK(.proxy, try seen(["--trusted-proxy", "127.0.0.1"], nginx))
        let unix = ["--listen", "unix:/run/x"]
        expect(
            .warning, "no --trusted-proxy is set", "CASEKEEPER_TRUSTED_PROXY=unix:", of: .proxy, try seen(unix, nginx))
        expect(
            .warning, "only Unix sockets", "unix:", of: .proxy, try seen(unix + ["--trusted-proxy", "127.0.0.1"], [:]))
        expect(
            .warning, "no Unix socket is listened on", "127.0.0.1", of: .proxy,
            try seen(["--trusted-proxy", "unix:"], [:]))
        expect(
            .warning, "speaks no TLS", "behind a proxy", of: .proxy,
            try seen(["--listen", "0.0.0.0:80"], [80: [geteuid()]]))
        try FileManager.default.removeItem(atPath: database)
        expectOK(.proxy, try seen([], nginx))
        try folder.write("", to: "casekeeper.db")
        expectOK(.proxy, try seen([], nginx))
        try FileManager.default.removeItem(atPath: database)
        try Binary.run(["migrate"], in: folder).succeeded()
        expectOK(.proxy, try seen([], [:]))
        expect(
            .warning, "there is no token, and something listens", "token create", of: .proxy,
            try seen([], [80: [geteuid() + 1]]))
        expect(.error, "runs as the service's own", "token create", of: .proxy, try seen([], [80: [geteuid()]]))
    }

    @Test("the sockets that listen are read as the system has them")
    func sockets() throws {
        let table = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000   998        0 1 1
               1: 0100007F:01BB 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 2 1
               2: 00000000000000000000000000000000:0050 00000000:0000 0A 0:0 00:0 0 33 0 3 1
               3: nonsense
            """
        #expect(ListeningSockets([table]).users == [8080: [998], 80: [33]])
        #expect(ListeningSockets([table]).inodes == [8080: [1], 80: [3]])
        let receiver = try TestReceiver { _ in .silence }
        // While sockets of others come and go the system leaves out lines of its table, now and then.
        #expect(eventually { ListeningSockets.system.users[UInt16(receiver.port)] == [geteuid()] })
    }

    @Test("the tokens: an administrator's, and those that end soon, never end or are unused")
    func tokens() throws {
        expectOK(.tokens, try inspect())
        let clock = try FakeClock(in: folder)
        func create(_ name: String, _ role: String, _ more: String...) throws {
            try Binary.run(
                ["token", "create", name, "--role", role] + more, environment: clock.environment, in: folder
            ).succeeded()
        }
        try create("scale", "reader")
        expectOK(.tokens, try inspect())
        expectOK(.endless, try inspect())
        try create("visitor", "reader", "--expires-in", "P2D")
        expect(.warning, "token 3 (visitor) ends within 14 days", "--expires-in", of: .tokens, try inspect())
        try create("root", "admin")
        expect(.warning, "token 4 (root) may do everything, and has no end date", "revoke", of: .endless, try inspect())
        try clock.set(100 * 86_400)
        var later = try inspect()
        later.now = later.now + .days(100)
        expect(.warning, "2 (scale)", "token revoke 2", of: .tokens, later)
        try Binary.run(["token", "revoke", "4"], in: folder).succeeded()
        later = try inspect()
        later.now = later.now + .days(100)
        expect(.warning, "no token of an administrator", "token create", of: .tokens, later)
        try FileManager.default.removeItem(atPath: database)
        try Binary.run(["migrate"], in: folder).succeeded()
        expectOK(.tokens, try inspect())
    }

    @Test("the epoch: whether another service goes on")
    func epoch() throws {
        expectOK(.epoch, try inspect())
        try CaseStore.supersede(path: database, by: 3)
        expect(
            .error, "found to have epoch 3, and this database has 1", "casekeeper promote", of: .epoch, try inspect())
        // Nothing else would have it run again.
        var stopped = try inspect("--listen", "127.0.0.1:1")
        stopped.units = SystemUnits([ServiceUnit(.service, "UnitFileState=enabled\nActiveState=inactive")])
        expect(.error, "was stopped", "what is said of the epoch", of: .service, stopped)
        expect(.error, "found to have epoch 3", "systemctl disable --now casekeeper", of: .epoch, stopped)
        for check in DoctorCheck.all {
            #expect(
                check.look(stopped).allSatisfy { $0.remedy?.contains("restart casekeeper") != true }, "\(check.name)")
        }
    }

    @Test("the zones: whether the system has them")
    func zones() throws {
        expectOK(.zones, try inspect())
        var inspection = try inspect()
        inspection.zones = ZoneDatabase(reading: folder.path("none.zi"))
        expect(.error, "no time zone database", "tzdata", of: .zones, inspection)
    }

    private func open(at server: RunningServer) throws {
        let secret = try #require(
            try Binary.run(["token", "create", "Lee", "--role", "agent"], in: folder).output.firstMatch(
                of: /ck_[\w-]+/)?.0)
        let body = #"{"complaint": "It leaks.", "customer": {"name": "Ann"}}"#
        let socket = try ClientSocket(port: server.port)
        try socket.send(
            "POST /v1/cases HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer \(secret)\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(try socket.readToEnd().hasPrefix("HTTP/1.1 201 "))
    }
}

extension RunResult {
    fileprivate func succeeded(_ location: SourceLocation = #_sourceLocation) {
        #expect(exitCode == 0, "\(errors)", sourceLocation: location)
    }
}
