import Complaints
import GRDB
import GRDBSQLite
import Synchronization
import Testing

@testable import CaseStore

/// Whatever ends a read, and wherever, the next one on the connection is as ever.
@Suite("Interrupted reads")
struct InterruptionTests {
    /// What is read, one of each kind.
    enum Kind: CaseIterable {
        case file, cases, search, promises, past, log, events, queue, report

        /// As a text, so that two can be compared.
        func read(_ reader: Reader, workLimit: Int? = nil) throws -> String {
            let asOf = self == .past ? TestClock.start + .hours(1) : nil
            return try reader.read(asOf: asOf, workLimit: workLimit) { transaction in
                let request = PageRequest(limit: 3)
                return switch self {
                case .file: "\(String(describing: try transaction.caseFile(1)))"
                case .cases, .past: "\(try transaction.cases(CaseFilter(), request))"
                case .search:
                    "\(try transaction.cases({ var filter = CaseFilter(); filter.search = SearchQuery("drips tap*"); return filter }(), request))"
                case .promises: "\(try transaction.promises(.overdue, request))"
                case .log: "\(try transaction.log(request))"
                case .events: "\(try transaction.events(after: 0, types: [], limit: 3))"
                case .queue: "\(try transaction.queue(QueueFilter(), request))"
                case .report:
                    "\(try transaction.promiseReport(#require(PromiseReportRequest(from: .earliest, to: .latest, groupBy: .kind))))"
                }
            }
        }
    }

    private let desk: Desk
    private let store: CaseStore
    private let events = Shared<[String]>([])
    private let time: TestClock

    init() throws {
        desk = try Desk()
        for index in 1...8 { try desk.open(.plain("The tap drips \(index).", customer: "C\(index)")) }
        desk.clock.advance(by: .days(3))
        // Time stands still, so that the same read has the same answer.
        let now = desk.clock.now
        time = desk.clock
        let events = events
        store = try CaseStore(
            path: desk.store.path,
            options: StoreOptions(
                wallClock: { now },
                observe: { event in events.change { $0.append("\(event)") } }))
    }

    /// Every step at first, and then ever fewer of them.
    private func next(_ step: Int) -> Int { step < 120 ? step + 1 : step + step / 50 }

    @Test(
        "a read that may take no more than so many steps, whichever number, leaves its connection as it was",
        arguments: Kind.allCases)
    func limited(kind: Kind) throws {
        let reader = try store.makeReader(meter: WorkMeter(stride: 1))
        let whole = try kind.read(reader)
        var step = 0
        var ended = 0
        while true {
            do {
                #expect(try kind.read(reader, workLimit: step) == whole)
                break
            } catch StoreError.tooMuchWork {
                ended += 1
            }
            #expect(try reader.read { try $0.lastEventID() } == 16, "after \(step) steps")
            step = next(step)
        }
        #expect(ended > 10)
        #expect(try kind.read(reader) == whole)
        #expect(events.value == [], "a bound ends nothing but the read itself")
        #expect(store.latch == nil && !store.isReadFailing)
    }

    @Test(
        "one that is interrupted at any step from its BEGIN to its COMMIT is put in order, and that is told",
        arguments: Kind.allCases, [false, true])
    func interrupted(kind: Kind, staysOn: Bool) throws {
        let reader = try store.makeReader()
        let whole = try kind.read(reader)
        let interruption = Interruption(staysOn: staysOn)
        var step = 0
        var steps = 0
        // Past the end of the read its COMMIT is interrupted, and then nothing.
        while steps < 40 {
            try interruption.watch(reader)
            interruption.set(after: step)
            do {
                #expect(try kind.read(reader) == whole)
                steps += 1
            } catch {
                steps = 0
            }
            interruption.end()
            #expect(try kind.read(reader) == whole, "after \(step) steps")
            step = next(step)
        }
        #expect(store.latch == nil && !store.isReadFailing)
        if staysOn { #expect(events.value.contains { $0.contains("healed") && $0.contains("reader") }) }
    }

    @Test("a snapshot that a statement has kept open is given back, and that is told")
    func heldStatement() throws {
        let reader = try store.makeReader()
        let held = try reader.read { transaction throws -> OpaquePointer? in
            var statement: OpaquePointer?
            let connection = transaction.db.sqliteConnection
            #expect(sqlite3_prepare_v2(connection, "SELECT id FROM case_log", -1, &statement, nil) == SQLITE_OK)
            #expect(sqlite3_step(statement) == SQLITE_ROW)
            return statement
        }
        #expect(events.value.count == 1)
        try desk.open()
        #expect(try reader.read { try $0.lastEventID() } == 18)
        try reader.read { _ in _ = sqlite3_finalize(held) }
    }

    @Test("a connection that writes and is found in a transaction is put in order before the next batch")
    func writer() throws {
        // It begins another transaction where its own has come to its end.
        #expect(throws: StoreError.self) {
            try store.write { transaction in
                try transaction.db.execute(sql: "ROLLBACK")
                throw StoreError.failed("gone")
            }
        }
        _ = try store.write { try $0.openCase(Incoming(.plain()), by: Desk.agent) }
        #expect(try store.makeReader().read { try $0.caseFile(9) } != nil)

        let queue = try SQLiteConnection.open(path: store.path, readonly: false, options: StoreOptions())
        let told = Shared<[String]>([])
        let health = StoreHealth(options: StoreOptions(observe: { event in told.change { $0.append("\(event)") } }))
        try queue.inDatabase { db in
            try health.requireIdle(db, .writer)
            #expect(told.value == [])
            try db.execute(sql: "BEGIN IMMEDIATE")
            try health.requireIdle(db, .writer)
            #expect(db.isIdle && told.value.count == 1)
        }
    }

    @Test("a reader that can't read is known, whoever else can, until it can again")
    func failing() throws {
        let (broken, whole) = (try store.makeReader(), try store.makeReader())
        let interruption = Interruption(staysOn: true)
        try interruption.watch(broken)
        interruption.set(after: 0)
        #expect(throws: StoreError.self) { try broken.read { try $0.lastEventID() } }
        #expect(store.isReadFailing)
        _ = try whole.read { try $0.lastEventID() }
        #expect(store.isReadFailing)
        interruption.end()
        _ = try broken.read { try $0.lastEventID() }
        #expect(!store.isReadFailing)
    }

    @Test("what is wrong with a question says nothing of the reader")
    func wrongQuestion() throws {
        let reader = try store.makeReader()
        #expect(throws: StoreError.self) { try reader.read { try $0.db.execute(sql: "SELECT nothing") } }
        #expect(!store.isReadFailing)
        #expect(throws: StoreError.self) {
            try reader.read { _ in throw DatabaseError(resultCode: .SQLITE_IOERR) }
        }
        #expect(store.isReadFailing)
    }
}
