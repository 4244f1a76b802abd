import Complaints
import Foundation
import GRDB
import Migrations
import TestSupport
import Testing

@testable import CaseStore

/// A database of each earlier shape, made anew from the migrations' own history: what a binary of V010 wrote, brought as far as that
/// shape, is opened by this one, and goes on; and a program that ends with that shape refuses what this one made, in words.
@Suite("Databases of each earlier shape")
struct EachShapeTests {
    /// Its head, as `verify` of V010 printed it.
    private static let head = "800dacb714701c8e780664903867bc2c62e95701c14e21a8758ce1a1eb7928a0"

    private static let shapes = Migration.all.map(\.version).filter {
        $0 >= 10 && $0 < Migration.all.last?.version ?? 0
    }

    /// Brings the database of V010 as far as that shape.
    private func database(at version: Int, in folder: ScratchFolder) throws -> String {
        let fixture = URL(filePath: #filePath).appending(path: "../../Fixtures/V010.db.gz").standardizedFileURL
        let path = folder.path("desk.db")
        try Data(gunzip(Array(Data(contentsOf: fixture)))).write(to: URL(filePath: path))
        let queue = try SQLiteConnection.open(path: path, readonly: false, options: StoreOptions())
        let known = Migration.all.filter { $0.version <= version }
        let applied = try queue.inDatabase { try Migrator(path: path, migrations: known).migrate($0) }
        #expect(applied.count == known.count { $0.version > 10 }, "V\(version)")
        try queue.close()
        return path
    }

    @Test(
        "are brought to today's, are as they were written, take changes, and no older program takes them back",
        arguments: shapes)
    func upgraded(version: Int) throws {
        let folder = try ScratchFolder()
        let path = try database(at: version, in: folder)
        let clock = TestClock()
        clock.advance(by: .days(1000))
        let store = try CaseStore(path: path, options: StoreOptions(wallClock: { clock.now }))
        #expect(try store.makeReader().verify(head: Self.head).findings == [])
        #expect(try store.makeReader().read { try $0.logHead()?.hash } == Self.head, "no entry was written anew")
        _ = try store.write { try $0.createToken(name: "new", role: .agent, secret: TokenSecret(), expiresAt: nil) }
        #expect(try store.makeReader().verify(head: Self.head).findings == [])

        let queue = try SQLiteConnection.open(path: path, readonly: true, options: StoreOptions())
        let known = Migration.all.filter { $0.version <= version }
        do {
            _ = try queue.inDatabase { try Migrator(path: path, migrations: known).missing($0) }
            Issue.record("V\(version) takes a newer database")
        } catch StoreError.unusable(let reason) {
            #expect(
                reason.contains("was made by a newer casekeeper (it has \(Migration.all.last?.name ?? ""),"),
                "\(reason)")
        }
        try queue.close()
    }
}
