import Complaints
import Foundation
import GRDB
import GRDBSQLite

/// One pass over the database.
struct Verifier {
    let transaction: ReadTransaction
    let db: Database
    let names: NameBook
    private var findings: [VerificationFinding] = []
    private var checksConstraints = true

    init(_ transaction: ReadTransaction) {
        self.transaction = transaction
        db = transaction.db
        names = transaction.names
    }

    /// - Parameters:
    ///   - head: the hash of an entry that must be in the log.
    ///   - canWrite: whether the connection can, which FTS5's own check of its index asks for. It changes nothing.
    mutating func verify(head: String?, canWrite: Bool = false) throws -> Verification {
        var entries = 0
        var headNow: LogHead?
        do {
            // What SQLite finds wrong in the rows makes it pointless to read them.
            if try isWhole() {
                headNow = try transaction.logHead()
                try checkForeignKeys()
                entries = try checkLog(head: head)
                try checkCaseVersions()
                try checkOpenings()
                try checkStatuses()
                try checkEndings()
                try checkCaseFields()
                try checkPromises()
                try checkRenewals()
                try checkTransfers()
                try checkPromiseDetails()
                try checkNames()
                try checkOverdue()
                try checkMarks()
                try checkMarksToCome()
                try checkHearing()
                try checkDigests()
                try checkTimeline()
                try checkStages()
                try checkShares()
                try checkMatters()
                try checkMattersOfLog()
                try checkOwnerRecords()
                try checkAcceptance()
                try checkRelationships()
                try checkHistory()
                try checkErasures()
                try checkRows()
                // Reads policies and cases as whoever changes them does: what it can't read has been found by then.
                try checkUpdates()
                try checkSearch()
                if canWrite { try checkIndexOfSearch() }
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            // The pages that can't be read are why the integrity check has said something already.
            if findings.isEmpty { add("integrity", error.message ?? "The file is damaged.") }
        } catch let error as DatabaseError where error.message == "malformed JSON" {
            add("rows", "A text that has to be JSON is none.")
        } catch is DecodingError {
            add("rows", "A text that has to be JSON is none.")
        } catch StoreError.unreadable(let reason) {
            add("rows", "A row can't be understood: \(reason).")
        }
        return Verification(
            findings: findings, entries: entries, head: headNow, checksConstraints: checksConstraints)
    }

    /// SQLite's own checks alone, which hold of a database in any shape.
    mutating func verifyFile() throws -> Verification {
        if try isWhole() { try checkForeignKeys() }
        return Verification(findings: findings, entries: 0, head: nil, checksConstraints: checksConstraints)
    }

    mutating func add(_ check: String, _ detail: String) {
        findings.append(VerificationFinding(check: check, detail: detail))
    }

    private mutating func isWhole() throws -> Bool {
        let result = try integrity() ?? db.first(Self.integrityCheck) { $0.text(0) }
        if let result, result != "ok" { add("integrity", result) }
        return findings.isEmpty
    }

    private static let integrityCheck = "PRAGMA integrity_check(1)"

    /// SQLite's check on a connection that could write, where this one can't: to such a one a row that breaks a CHECK is
    /// whole, as it knows none. It is never the last one to be closed, so that it moves nothing into the database. Nil when
    /// this one will do, or no other is to be had.
    private mutating func integrity() throws -> String? {
        let handle = db.sqliteConnection
        guard sqlite3_db_readonly(handle, "main") == 1 else { return nil }
        guard let path = sqlite3_db_filename(handle, "main") else { return nil }
        let other = try SQLiteConnection.openUnchanging(path: String(cString: path))
        return try other.unsafeRead { db in
            checksConstraints = sqlite3_db_readonly(db.sqliteConnection, "main") == 0
            return checksConstraints ? try db.first(Self.integrityCheck) { $0.text(0) } : nil
        }
    }

    private mutating func checkForeignKeys() throws {
        try addFirst("foreign_keys", "PRAGMA foreign_key_check") { row in
            "\(row.text(0)) row \(row.integer(1)) refers to a row of \(row.text(2)) that is not there."
        }
    }

    /// Adds a finding for the first row of those that should not be there, in the words of `detail`.
    mutating func addFirst(_ check: String, _ sql: String, _ detail: (Columns) throws -> String) throws {
        if let detail = try transaction.statements.first(sql, [:], db, detail) { add(check, detail) }
    }

    /// The id in the first column of the first row; nil when there is none.
    func firstID(_ sql: String) throws -> Int64? {
        try transaction.statements.first(sql, [:], db) { $0.integer(0) }
    }

    /// Goes through the rows, until `body` says that it has seen enough.
    func rows(_ sql: String, _ body: (Columns) throws -> Bool) throws {
        try transaction.statements.rows(sql, [:], db, body)
    }

    /// Whether facts or texts, as the log keeps them, have this one among them. It is looked for as text, without
    /// reading the whole: within a string its quotes would be escaped.
    static func says(_ json: String, _ fact: Fact) -> Bool {
        strstr(json, String(FactCoding.encode([fact]).dropFirst().dropLast())) != nil
    }
}
