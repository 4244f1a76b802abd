import Complaints
import Foundation
import GRDB

/// One pass over the database.
struct Verifier {
    let transaction: ReadTransaction
    let db: Database
    let names: NameBook
    private var findings: [VerificationFinding] = []

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
                try checkPromises()
                try checkRenewals()
                try checkOverdue()
                try checkTimeline()
                try checkMatters()
                try checkOwnerRecords()
                try checkAcceptance()
                try checkRelationships()
                try checkErasures()
                try checkSearch()
                if canWrite { try checkIndexOfSearch() }
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            // The pages that can't be read are why the integrity check has said something already.
            if findings.isEmpty { add("integrity", error.message ?? "The file is damaged.") }
        } catch StoreError.failed(let reason) {
            add("rows", "A row can't be understood: \(reason).")
        }
        return Verification(findings: findings, entries: entries, head: headNow)
    }

    mutating func add(_ check: String, _ detail: String) {
        findings.append(VerificationFinding(check: check, detail: detail))
    }

    private mutating func isWhole() throws -> Bool {
        let result = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)")
        if let result, result != "ok" { add("integrity", result) }
        return findings.isEmpty
    }

    private mutating func checkForeignKeys() throws {
        if let row = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") {
            let rowID: Int64? = row[1]
            add(
                "foreign_keys",
                "\(row[0] as String) row \(rowID ?? 0) refers to a row of \(row[2] as String) that is not there.")
        }
    }

    /// Whether facts or texts, as the log keeps them, have this one among them. It is looked for as text, without
    /// reading the whole: within a string its quotes would be escaped.
    static func says(_ json: String, _ fact: Fact) -> Bool {
        strstr(json, String(FactCoding.encode([fact]).dropFirst().dropLast())) != nil
    }
}
