import Foundation
import GRDB
import Testing

@testable import casekeeper

@Suite("casekeeper verify", .serialized)
struct VerifyCommandTests {
    let folder = try! TemporaryFolder()

    /// Imports the sample, and returns the head that verify prints then.
    private func sampleHead() throws -> String {
        _ = try Binary.run(["import", Repository.sample] + CFPB.options, in: folder)
        let result = try Binary.run(["verify"], in: folder)
        #expect(result.exitCode == 0)
        #expect(result.output.hasPrefix("log entries: 240\nhead: "))
        #expect(result.output.hasSuffix("\nok\n"))
        return try String(#require(result.output.firstMatch(of: /head: ([0-9a-f]{64})/)).1)
    }

    @Test("finds nothing wrong with a database as it was written, and its head in it")
    func whole() throws {
        let head = try sampleHead()
        #expect(try Binary.run(["verify", "--head", head], in: folder).exitCode == 0)
    }

    @Test(
        "finds what was changed behind the service's back",
        arguments: [
            ("UPDATE case_log SET facts = replace(facts, 'web', 'phone') WHERE id = 1", "case_log_stays_as_it_is"),
            ("UPDATE complaint_case SET complaint = 'All is well.' WHERE id = 7", "complaint_case_keeps_the_complaint"),
            ("UPDATE promise SET due_at = due_at + 86400000 WHERE id = 3", "promise_keeps_its_word"),
            (
                "UPDATE promise SET due_at = due_at + 86400000, original_due_at = due_at + 86400000 WHERE id = 3",
                "promise_keeps_its_word"
            ),
            ("DELETE FROM case_log WHERE id = 100", "case_log_stays"),
        ])
    func tampered(sql: String, trigger: String) throws {
        _ = try sampleHead()
        let queue = try DatabaseQueue(path: folder.path("casekeeper.db"))
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            #expect(throws: DatabaseError.self) { try database.execute(sql: sql) }
            try database.execute(sql: "DROP TRIGGER \(trigger)")
            try database.execute(sql: sql)
        }
        try queue.close()
        let result = try Binary.run(["verify"], in: folder)
        #expect(result.exitCode == 65)
        #expect(result.errors == "casekeeper: casekeeper.db is not as it was written\n")
    }

    @Test("finds a word that no row may have, which SQLite passes over where it can't write, and changes nothing")
    func constraint() throws {
        _ = try sampleHead()
        let path = folder.path("casekeeper.db")
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try database.execute(sql: "UPDATE complaint_case SET mood = 'cblm' WHERE id = 7")
            try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            try database.execute(sql: "PRAGMA ignore_check_constraints = OFF")
            try database.execute(sql: "UPDATE complaint_case SET mood = 'calm' WHERE id = 8")
        }
        // Beside a connection that is open, the write-ahead log stays.
        let files = ["", "-wal"].map { URL(filePath: path + $0) }
        let before = try files.map { try Data(contentsOf: $0) }
        let result = try Binary.run(["verify"], in: folder)
        #expect(try files.map { try Data(contentsOf: $0) } == before)
        #expect(result.exitCode == 65)
        #expect(result.output.contains("integrity: CHECK constraint failed in complaint_case"))
        try queue.close()
    }

    @Test("finds that the end of the log was cut off, given its head")
    func truncated() throws {
        let head = try sampleHead()
        let queue = try DatabaseQueue(path: folder.path("casekeeper.db"))
        try queue.write { database in
            for trigger in [
                "case_log_stays", "promise_stays", "complaint_case_stays", "status_change_stays", "customer_stays",
            ] {
                try database.execute(sql: "DROP TRIGGER \(trigger)")
            }
            let last = "(SELECT max(id) FROM complaint_case)"
            for table in ["case_log", "promise", "status_change"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE case_id = \(last)")
            }
            try database.execute(sql: "DELETE FROM case_text_docsize WHERE id >> 20 = \(last)")
            try database.execute(sql: "DELETE FROM complaint_case WHERE id = \(last)")
            try database.execute(
                sql: "DELETE FROM customer WHERE id NOT IN (SELECT customer_id FROM complaint_case)")
        }
        try queue.close()
        #expect(try Binary.run(["verify"], in: folder).exitCode == 0, "without a head there is nothing to see")
        let result = try Binary.run(["verify", "--head", head], in: folder)
        #expect(result.exitCode == 65)
        #expect(result.output.contains("log_head: The head \(head) is not in the log"))
    }

    static let mistakes: [(arguments: [String], exitCode: Int32)] = [
        (["verify"], 66), (["verify", "--head", "x"], 64),
    ]

    @Test("says what is wrong with the command line", arguments: mistakes)
    func usage(arguments: [String], exitCode: Int32) throws {
        #expect(try Binary.run(arguments, in: folder).exitCode == exitCode)
    }
}
