import GRDB
import Testing

@testable import casekeeper

@Suite("casekeeper migrate", .serialized)
struct MigrateCommandTests {
    let folder = try! TemporaryFolder()

    @Test("makes the database, and does nothing to one that is up to date")
    func migrate() throws {
        let first = try Binary.run(["migrate", "--database", "x.db"], in: folder)
        #expect(first.exitCode == 0)
        #expect(first.output == "x.db was made\n")
        let second = try Binary.run(["migrate"], environment: ["CASEKEEPER_DATABASE": "x.db"], in: folder)
        #expect(second.output == "x.db is up to date\n")
        #expect(!folder.has("casekeeper.db"))
    }

    @Test("what can't be brought up to date is refused, as no second try mends it, and is backed up as it is")
    func failing() throws {
        _ = try Binary.run(["migrate"], in: folder)
        // Steps that were applied, and are not known to have been: their tables are there already.
        let queue = try DatabaseQueue(path: folder.path("casekeeper.db"))
        try queue.write { try $0.execute(sql: "DELETE FROM schema_migration WHERE version > 2") }
        try queue.close()
        for words in [
            ["migrate"], ["serve", "--listen", "127.0.0.1:0"], ["token", "create", "Ann", "--role", "admin"],
        ] {
            let result = try Binary.run(words, launcher: ["/usr/bin/timeout", "60"], in: folder)
            #expect(result.exitCode == 78, "\(words): \(result.errors)")
            #expect(result.errors.contains("V003_answered_requests fails"), "\(words): \(result.errors)")
        }
        let backup = try Binary.run(["backup", "b.db"], in: folder)
        #expect(backup.exitCode == 0 && backup.output == "backed up casekeeper.db to b.db: 0 cases, 0 promises\n")
        #expect(backup.errors.contains("V003_answered_requests fails"), "\(backup.errors)")
        let restored = try Binary.run(["restore", "b.db", "--force"], in: folder)
        #expect(restored.exitCode == 78, "\(restored.errors)")
        #expect(restored.errors.contains("Use the version that made it"), "\(restored.errors)")
    }

    @Test("leaves alone what is not its database")
    func foreign() throws {
        try folder.write("no database at all, but long enough to be read as the header of one" + ".", to: "x.db")
        let queue = try DatabaseQueue(path: folder.path("y.db"))
        try queue.write { try $0.execute(sql: "CREATE TABLE other (id INTEGER)") }
        for name in ["x.db", "y.db", "no/such/folder/z.db"] {
            let result = try Binary.run(["migrate", "--database", name], in: folder)
            #expect(result.exitCode == 78, "\(result.errors)")
            #expect(result.errors.hasPrefix("casekeeper: \(name) "))
        }
    }
}
