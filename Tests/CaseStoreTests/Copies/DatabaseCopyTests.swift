import Complaints
import Foundation
import GRDB
import Migrations
import Testing

@testable import CaseStore

@Suite("Copies of the database")
struct DatabaseCopyTests {
    private func names(beside desk: Desk) throws -> Set<String> {
        let folder = URL(filePath: desk.store.path).deletingLastPathComponent().path
        return Set(try FileManager.default.contentsOfDirectory(atPath: folder))
    }

    /// Copies a database all the way.
    @discardableResult
    private func copy(
        _ source: String, to place: String, replaces: Bool = false, purpose: String? = nil
    ) throws -> CopyVerification {
        let copy = try DatabaseCopy(at: place, replaces: replaces, purpose: purpose)
        defer { copy.discard() }
        try copy.fill(from: source)
        let found = try copy.verify()
        try copy.place()
        return found
    }

    @Test("a copy is one file that needs no other, with everything in it, and only its owner can read it")
    func whole() throws {
        let desk = try Desk()
        var history = RandomHistory(desk, seed: 7)
        for _ in 0..<20 { try history.work() }
        let before = try desk.reader.verify()
        let found = try copy(desk.store.path, to: desk.path("copy.db"))
        #expect(found.verification == before)
        #expect(found.pendingMigrations == [])
        #expect(try names(beside: desk) == ["desk.db", "desk.db-wal", "desk.db-shm", "copy.db"])
        let attributes = try FileManager.default.attributesOfItem(atPath: desk.path("copy.db"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let raw = try DatabaseQueue(path: desk.path("copy.db"))
        #expect(try raw.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "delete")
        #expect(try raw.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM complaint_case") } == found.cases)
        #expect(try raw.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM promise") } == found.promises)
        try raw.close()
        #expect(try CaseStore(path: desk.path("copy.db")).makeReader().verify() == before)
    }

    @Test("a copy is of one moment, whatever is written while it is made, and is made once")
    func oneMoment() throws {
        let desk = try Desk()
        let text = String(repeating: "The tap drips. ", count: 4000)
        for _ in 0..<40 { try desk.open(.plain(text)) }
        let before = try desk.reader.verify()
        let copy = try DatabaseCopy(at: desk.path("copy.db"), replaces: false)
        defer { copy.discard() }
        // Another connection writes after every step, so a copy that began anew for it would never end.
        let other = try desk.opened(clock: desk.clock)
        var steps: [CopyProgress] = []
        try copy.fill(from: desk.store.path) { progress in
            steps.append(progress)
            guard steps.count < 100 else { return }
            try! other.open()
        }
        #expect(steps.count > 2, "there has to be a step between the first and the last")
        #expect(steps.count < 100)
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.done < $1.done && $0.total == $1.total })
        #expect(steps.last?.done == steps.last?.total)
        #expect(try copy.verify().verification == before)
        #expect(try desk.reader.verify().entries == before.entries + 2 * steps.count)
    }

    @Test("nothing takes the place of what is there, unless it may")
    func alreadyThere() throws {
        let desk = try Desk()
        let place = desk.path("copy.db")
        try "old".write(toFile: place, atomically: false, encoding: .utf8)
        let kind = "database of casekeeper"
        for replaces in [false, true] {
            #expect(throws: CopyError.foreign(place, kind)) {
                try copy(desk.store.path, to: place, replaces: replaces)
            }
        }
        #expect(try String(contentsOfFile: place, encoding: .utf8) == "old")
        try FileManager.default.removeItem(atPath: place)
        for raw in ["CREATE TABLE t (x)", "PRAGMA application_id = 7"] {
            let other = try DatabaseQueue(path: place)
            try other.write { try $0.execute(sql: raw) }
            try other.close()
            #expect(throws: CopyError.foreign(place, kind)) {
                try copy(desk.store.path, to: place, replaces: true)
            }
        }
        try FileManager.default.removeItem(atPath: place)
        try copy(desk.store.path, to: place)
        #expect(throws: CopyError.alreadyThere(place)) { try copy(desk.store.path, to: place) }
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: place)
        try copy(desk.store.path, to: place, replaces: true)
        #expect(try CaseStore.openReader(path: place).verify().findings == [])
        let attributes = try FileManager.default.attributesOfItem(atPath: place)
        #expect(
            attributes[.posixPermissions] as? Int == 0o600,
            "only its owner can read it, whoever could the old one")
        try "".write(toFile: place, atomically: false, encoding: .utf8)
        try copy(desk.store.path, to: place, replaces: true)
    }

    @Test("something that comes to the place while the copy is made is not lost")
    func laterThere() throws {
        let desk = try Desk()
        let place = desk.path("copy.db")
        let copy = try DatabaseCopy(at: place, replaces: false)
        try copy.fill(from: desk.store.path)
        try "new".write(toFile: place, atomically: false, encoding: .utf8)
        #expect(throws: CopyError.alreadyThere(place)) { try copy.place() }
        #expect(copy.discard())
        #expect(try String(contentsOfFile: place, encoding: .utf8) == "new")
        #expect(try names(beside: desk) == ["desk.db", "desk.db-wal", "desk.db-shm", "copy.db"])
    }

    @Test("a place that is no file, or the source itself, is refused")
    func places() throws {
        let desk = try Desk()
        let folder = desk.path("folder")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        #expect(throws: CopyError.noFile(folder)) { try copy(desk.store.path, to: folder, replaces: true) }
        #expect(throws: CopyError.noFile("/dev/null")) { try copy(desk.store.path, to: "/dev/null", replaces: true) }
        let link = desk.path("link.db")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: desk.store.path)
        let source = desk.store.path
        #expect(throws: CopyError.ownSource(source)) { try copy(source, to: source, replaces: true) }
        #expect(throws: CopyError.link(link)) { try copy(source, to: link, replaces: true) }
        for suffix in ["-journal", "-lock"] {
            #expect(throws: StoreError.self) { try copy(source, to: source + suffix) }
            #expect(throws: StoreError.self) { try CaseStore(path: source + suffix) }
        }
        #expect(throws: CopyError.self) { try copy(desk.store.path, to: desk.path("nowhere/copy.db")) }
        #expect(try names(beside: desk) == ["desk.db", "desk.db-wal", "desk.db-shm", "folder", "link.db"])
    }

    @Test("a symbolic link is not followed to a backup's place, and is to a database's")
    func symbolicLink() throws {
        let desk = try Desk()
        let (link, real) = (desk.path("link.db"), desk.path("real.db"))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
        #expect(throws: CopyError.link(link)) { try copy(desk.store.path, to: link) }
        try copy(desk.store.path, to: real)
        #expect(throws: CopyError.link(link)) { try copy(desk.store.path, to: link, replaces: true) }
        let restored = try DatabaseCopy(at: link, replaces: true, purpose: "restore")
        try restored.fill(from: desk.store.path)
        try restored.place()
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == real)
        #expect(try CaseStore.openReader(path: real).verify().findings == [])
    }

    @Test("what is given up leaves nothing, at whatever stage, and can't be placed any more", arguments: 0...2)
    func discarded(stage: Int) throws {
        let desk = try Desk()
        let copy = try DatabaseCopy(at: desk.path("copy.db"), replaces: false)
        if stage > 0 { try copy.fill(from: desk.store.path) }
        if stage > 1 { _ = try copy.verify() }
        #expect(copy.discard())
        #expect(try names(beside: desk) == ["desk.db", "desk.db-wal", "desk.db-shm"])
        #expect(throws: CopyError.self) { try copy.place() }
        #expect(try names(beside: desk) == ["desk.db", "desk.db-wal", "desk.db-shm"])
    }

    @Test("what is in its place is not given up")
    func placed() throws {
        let desk = try Desk()
        let copy = try DatabaseCopy(at: desk.path("copy.db"), replaces: false)
        try copy.fill(from: desk.store.path)
        try copy.place()
        #expect(!copy.discard())
        #expect(try CaseStore.openReader(path: desk.path("copy.db")).verify().findings == [])
    }

    @Test("a database that somebody has open is not replaced, even if all of it is idle")
    func inUse() throws {
        let desk = try Desk()
        let served = try Desk()
        let case1 = try served.open()
        #expect(throws: CopyError.inUse(served.store.path, by: nil, isReplicated: false)) {
            try copy(desk.store.path, to: served.store.path, replaces: true)
        }
        try served.open()
        #expect(try served.file(case1.record.id) != nil)
        #expect(try served.reader.verify().findings == [])
        #expect(try names(beside: served) == ["desk.db", "desk.db-wal", "desk.db-shm"])
    }

    /// What a database that was killed leaves behind.
    private func killed(_ desk: Desk, as path: String) throws {
        for suffix in ["", "-wal", "-shm"] {
            try FileManager.default.copyItem(atPath: desk.store.path + suffix, toPath: path + suffix)
        }
    }

    @Test("nothing of the log of the old database gets into the new one", arguments: [false, true])
    func staleLog(isDamaged: Bool) throws {
        let desk = try Desk()
        try desk.open()
        let other = try Desk()
        for _ in 0..<30 { try other.open(.plain(String(repeating: "Older. ", count: 1000))) }
        let place = desk.path("place.db")
        try killed(other, as: place)
        // It was served: its lock says so where the file itself does not any more.
        try "123 (serve)\n".write(toFile: place + "-lock", atomically: false, encoding: .utf8)
        if isDamaged { try damage(place, from: 100) }
        try copy(desk.store.path, to: place, replaces: true, purpose: "restore")
        #expect(try names(beside: desk).filter { $0.hasPrefix("place.db-") } == ["place.db-lock"])
        let verification = try CaseStore(path: place).makeReader().verify()
        #expect(verification == (try desk.reader.verify()))
    }

    /// Overwrites a file's first pages, but for the bytes before `start`.
    private func damage(_ path: String, from start: Int) throws {
        let file = URL(filePath: path)
        var bytes = try Data(contentsOf: file)
        bytes.replaceSubrange(
            start..<max(start, min(8192, bytes.count)), with: repeatElement(0x5A, count: 8192 - start))
        try bytes.write(to: file)
    }

    @Test("a database that nobody would know as one of ours any more is not replaced")
    func unknowable() throws {
        let desk = try Desk()
        try desk.open()
        let other = try Desk()
        for _ in 0..<30 { try other.open() }
        let place = desk.path("place.db")
        try killed(other, as: place)
        try damage(place, from: 0)
        let before = try Data(contentsOf: URL(filePath: place))
        #expect(throws: CopyError.self) { try copy(desk.store.path, to: place, replaces: true) }
        #expect(try Data(contentsOf: URL(filePath: place)) == before)
    }

    @Test("a log that was left where a database had been is not applied to the one that comes")
    func orphanedLog() throws {
        let desk = try Desk()
        try desk.open()
        let other = try Desk()
        for _ in 0..<30 { try other.open() }
        let place = desk.path("place.db")
        try killed(other, as: place)
        try FileManager.default.removeItem(atPath: place)
        try copy(desk.store.path, to: place)
        #expect(try CaseStore(path: place).makeReader().verify() == (try desk.reader.verify()))
    }

    /// A database of each version that there has been, as the bytes of its file: each by one migration from the one before it.
    private static let olderVersions = Result {
        let folder = try ScratchFolder()
        return try Migration.all.indices.map { applied in
            let old = try DatabaseQueue(path: folder.path("old.db"))
            try old.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA application_id = \(SQLiteConnection.applicationID)")
                _ = try Migrator(path: "old.db", migrations: Array(Migration.all.prefix(applied))).migrate(db)
            }
            try old.close()
            return try Data(contentsOf: URL(filePath: folder.path("old.db")))
        }
    }

    @Test("one of an older version is verified as it will be, and left as it is", arguments: Migration.all.indices)
    func older(applied: Int) throws {
        let desk = try Desk()
        try Self.olderVersions.get()[applied].write(to: URL(filePath: desk.path("old.db")))
        let found = try copy(desk.path("old.db"), to: desk.path("copy.db"))
        #expect(found.verification.findings == [])
        #expect(found.pendingMigrations == Migration.all.dropFirst(applied).map(\.name))
        #expect(try !names(beside: desk).contains { $0.contains("partial") })
        #expect(try CaseStore.pendingMigrations(path: desk.path("copy.db")) == found.pendingMigrations)
        #expect(try CaseStore(path: desk.path("copy.db")).makeReader().verify().findings == [])
    }

    /// A database of an older version, with a table that a step to come would make.
    private func unmigratable(in desk: Desk) throws -> String {
        let path = desk.path("old.db")
        let applied = try #require(Migration.all.firstIndex { $0.name == "V022_calendars" })
        try Self.olderVersions.get()[applied].write(to: URL(filePath: path))
        try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE calendar (a)") }
        return path
    }

    @Test("one that can't be brought up to date is verified as it is where a backup is made of it")
    func unmigrated() throws {
        let desk = try Desk()
        let source = try unmigratable(in: desk)
        let pending = try CaseStore.pendingMigrations(path: source)
        let copy = try DatabaseCopy(at: desk.path("copy.db"), replaces: false)
        defer { copy.discard() }
        try copy.fill(from: source)
        let found = try copy.verify(asItIs: true)
        #expect(found.shortfall?.contains("V022_calendars") == true, "\(String(describing: found.shortfall))")
        #expect(found.verification.findings == [] && found.pendingMigrations == pending)
        try copy.place()
        #expect(try CaseStore.pendingMigrations(path: desk.path("copy.db")) == pending)
    }

    @Test("one that can't be brought up to date is refused where it is to be used")
    func unusable() throws {
        let desk = try Desk()
        let source = try unmigratable(in: desk)
        let copy = try DatabaseCopy(at: desk.path("copy.db"), replaces: false, purpose: "restore")
        defer { copy.discard() }
        try copy.fill(from: source)
        let error = #expect(throws: StoreError.self) { try copy.verify() }
        guard case .unusable(let reason) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(reason.contains("V022_calendars"))
    }

    @Test("SQLite's own checks are made also of one that can't be brought up to date")
    func unmigratedAndDamaged() throws {
        let desk = try Desk()
        let source = try unmigratable(in: desk)
        try DatabaseQueue(path: source).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(sql: "CREATE TABLE parent (a PRIMARY KEY); CREATE TABLE child (a REFERENCES parent (a))")
            try db.execute(sql: "INSERT INTO child VALUES (1)")
        }
        let copy = try DatabaseCopy(at: desk.path("copy.db"), replaces: false)
        defer { copy.discard() }
        try copy.fill(from: source)
        #expect(try copy.verify(asItIs: true).verification.findings.map(\.check) == ["foreign_keys"])
    }

    /// What is done to a database, and what is then said of it.
    static let strangers: [(sql: String, words: String)] = [
        ("INSERT INTO schema_migration VALUES (999, 'V999_later', '', 0)", "newer casekeeper"),
        ("UPDATE schema_migration SET checksum = 'x' WHERE version = 1", "has been edited"),
        ("PRAGMA application_id = 7", "another program"),
    ]

    @Test("one of a newer version, or of another program, is refused", arguments: strangers)
    func unfit(sql: String, words: String) throws {
        let desk = try Desk()
        try desk.raw().writeWithoutTransaction { try $0.execute(sql: sql) }
        let copy = try DatabaseCopy(at: desk.path("copy.db"), replaces: false)
        defer { copy.discard() }
        let error = #expect(throws: CopyError.self) { try copy.fill(from: desk.store.path) }
        guard case .unfit(let reason) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(reason.contains(words))
    }

    @Test("a file that is no database, or none of anybody yet, is refused", arguments: ["", "No database at all"])
    func noDatabase(content: String) throws {
        let desk = try Desk()
        try content.write(toFile: desk.path("file"), atomically: false, encoding: .utf8)
        let copy = try DatabaseCopy(at: desk.path("copy.db"), replaces: false)
        defer { copy.discard() }
        let error = #expect(throws: CopyError.self) { try copy.fill(from: desk.path("file")) }
        guard case .unfit = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    @Test("what is wrong with a copy is found")
    func tampered() throws {
        let desk = try Desk()
        try desk.open()
        try desk.raw().writeWithoutTransaction { db in
            try db.execute(sql: "DROP TRIGGER complaint_case_keeps_the_complaint")
            try db.execute(sql: "UPDATE complaint_case SET complaint = 'All is well.'")
        }
        let copy = try DatabaseCopy(at: desk.path("copy.db"), replaces: false)
        defer { copy.discard() }
        try copy.fill(from: desk.store.path)
        #expect(try copy.verify().verification.findings.map(\.check) == ["log_chain"])
    }

    @Test("a damaged index of the search is found, which only a connection that writes can look at")
    func damagedSearch() throws {
        let desk = try Desk()
        for _ in 0..<5 { try desk.open() }
        try desk.catchUpSearch()
        try desk.raw().writeWithoutTransaction { db in
            try db.execute(sql: "UPDATE case_text_data SET block = zeroblob(length(block)) WHERE id > 10")
        }
        let copy = try DatabaseCopy(at: desk.path("copy.db"), replaces: false)
        defer { copy.discard() }
        try copy.fill(from: desk.store.path)
        #expect(try copy.verify().verification.findings.map(\.check) == ["search"])
    }
}
