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
