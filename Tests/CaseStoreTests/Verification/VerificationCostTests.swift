import Complaints
import GRDB
import GRDBSQLite
import Testing

@testable import CaseStore

@Suite("What a verification costs")
struct VerificationCostTests {
    /// The steps of SQLite's virtual machine that each statement of a verification takes, by its words.
    private func steps(_ desk: Desk) throws -> [String: Int] {
        for _ in 0..<20 { try desk.catchUpSearch() }
        let connection = try SQLiteConnection.open(path: desk.store.path, readonly: true, options: StoreOptions())
        let counts = StepCounts()
        try connection.inDatabase { db in
            let committed = try ClockRow.stamp(db, StatementCache())
            counts.watch(db)
            defer { counts.unwatch(db) }
            var verifier = Verifier(
                ReadTransaction(
                    db, names: NameBook(), statements: StatementCache(), asOf: committed, committed: committed))
            let verification = try verifier.verify(head: nil)
            #expect(verification.findings == [])
        }
        return counts.steps
    }

    @Test("grows with the record and not with its square, statement by statement")
    func linear() throws {
        let desk = try Desk()
        var history = RandomHistory(desk, seed: 11)
        var sizes: [[String: Int]] = []
        for size in [150, 600] {
            while try desk.reader.read({ try $0.cases(CaseFilter(), PageRequest(limit: 1)).total }) ?? 0 < size {
                for _ in 0..<4 { try history.work() }
                try desk.store.write { transaction in
                    for _ in 0..<20 {
                        let fields = CustomerFields(name: "Ida Kern", email: "ida@example.org")
                        let request = CaseRequest(
                            complaint: "It drips.", customer: .new(fields), promise: .plain())
                        _ = try transaction.openCase(Incoming(request), by: Desk.agent)
                    }
                }
            }
            sizes.append(try steps(desk))
        }
        #expect(sizes[0].count > 60, "all that it asks is counted")
        for (sql, steps) in sizes[1] {
            let before = sizes[0][sql] ?? 0
            // Four times the record; sorting it adds a little, and what is nothing at first may be something then.
            #expect(steps < 6 * max(before, 2000), "\(before) steps, then \(steps): \(sql)")
        }
        #expect(sizes[1].values.reduce(0, +) < 6 * sizes[0].values.reduce(0, +))
    }
}

/// Counts the steps of a connection's statements as each of them ends.
private final class StepCounts {
    private(set) var steps: [String: Int] = [:]

    /// The connection must not outlive this while it is watched.
    func watch(_ db: Database) {
        sqlite3_trace_v2(
            db.sqliteConnection, UInt32(SQLITE_TRACE_PROFILE),
            { _, counts, statement, _ in
                guard let counts, let statement else { return 0 }
                let handle = OpaquePointer(statement)
                let sql = sqlite3_sql(handle).map { String(cString: $0) } ?? ""
                let taken = sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_VM_STEP, 1)
                Unmanaged<StepCounts>.fromOpaque(counts).takeUnretainedValue().steps[sql, default: 0] += Int(taken)
                return 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    func unwatch(_ db: Database) {
        sqlite3_trace_v2(db.sqliteConnection, 0, nil, nil)
    }
}
