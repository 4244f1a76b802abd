import Complaints
import GRDB
import Testing

@testable import CaseStore

@Suite("The writer, when SQLite gives up a whole transaction")
struct WriterFaultTests {
    /// SQLite rolls all of it back then, and would take what follows for transactions of their own.
    @Test("a disk that gets full in the middle of a batch leaves nothing of it; the next batch is kept once it is not")
    func fullInTheMiddle() throws {
        let desk = try Desk()
        try desk.open()
        let clock = desk.clock
        let options = StoreOptions(wallClock: { clock.now })
        let connection = try SQLiteConnection.open(path: desk.store.path, readonly: false, options: options)
        let committed = try connection.inDatabase { try ClockRow.stamp($0, StatementCache()) }
        let health = StoreHealth(options: options)
        let writer = try Writer(
            path: desk.store.path, connection: connection, sharing: LogSharing(path: desk.store.path),
            clock: StampClock(committed: committed, wallClock: options.wallClock), options: options, health: health)
        func allow(pages: Int) throws {
            try connection.inDatabase { db in
                let count = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(count + pages)")
            }
        }
        let long = String(repeating: "drip ", count: 13_000)
        func batch() throws(StoreError) -> Int {
            try writer.commit(while: { $0 < 3 }) { index, transaction in
                _ = try transaction.openCase(Incoming(.plain(index == 1 ? long : "It drips.")), by: Desk.agent)
            }.count { $0 == nil }
        }

        try allow(pages: 10)
        let error = #expect(throws: StoreError.self) { try batch() }
        if case .diskFull = error {} else { Issue.record("it failed with \(String(describing: error))") }
        #expect(health.latch == nil)
        #expect(try desk.reader.read { try $0.cases(CaseFilter(), PageRequest(limit: 9)).total } == 1)

        try allow(pages: 1000)
        #expect(try batch() == 3)
        #expect(try desk.reader.read { try $0.cases(CaseFilter(), PageRequest(limit: 9)).total } == 4)
        #expect(try desk.reader.verify().findings == [])
    }
}
