import Complaints
import GRDB

/// One pass over the database.
struct Verifier {
    private let transaction: ReadTransaction
    private let db: Database
    private let names: NameBook
    private var findings: [VerificationFinding] = []

    init(_ transaction: ReadTransaction) {
        self.transaction = transaction
        db = transaction.db
        names = transaction.names
    }

    mutating func verify(head: String?) throws -> Verification {
        var entries = 0
        var headNow: LogHead?
        do {
            try checkIntegrity()
            headNow = try transaction.logHead()
            entries = try checkChain(head: head)
            try checkCaseVersions()
            try checkStatuses()
            try checkPromises()
            try checkTimeline()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            // The pages that can't be read are why the integrity check has said something already.
            if findings.isEmpty { add("integrity", error.message ?? "The file is damaged.") }
        } catch StoreError.failed(let reason) {
            add("rows", "A row can't be understood: \(reason).")
        }
        return Verification(findings: findings, entries: entries, head: headNow)
    }

    private mutating func add(_ check: String, _ detail: String) {
        findings.append(VerificationFinding(check: check, detail: detail))
    }

    private mutating func checkIntegrity() throws {
        let result = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)")
        if let result, result != "ok" { add("integrity", result) }
        if let row = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check") {
            let rowID: Int64? = row[1]
            add(
                "foreign_keys",
                "\(row[0] as String) row \(rowID ?? 0) refers to a row of \(row[2] as String) that is not there.")
        }
    }

    /// Follows the chain, one entry at a time.
    private mutating func checkChain(head: String?) throws -> Int {
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT l.id, l.case_id, l.seq, l.kind, l.promise_id, l.token_id, l.at, l.recorded_at, l.imported,
                    l.facts, l.digest, l.hash, l.salt, l.actor_id, l.texts,
                    CASE WHEN l.kind = 'case_opened' THEN c.complaint END
                FROM case_log l LEFT JOIN complaint_case c ON c.id = l.case_id
                ORDER BY l.id
                """)
        var previous = LogChain.start
        var count: Int64 = 0
        var headWasSeen = false
        while let row = try cursor.next() {
            count += 1
            let link = LogChain.Link(
                id: row[0], caseID: row[1], seq: row[2], kind: row[3], promiseID: row[4], tokenID: row[5],
                at: row.instant(6), recordedAt: row.instant(7), imported: row[8], facts: row[9],
                digest: DatabaseBytes.bytes(row, 10))
            let place = "entry \(link.id) (case \(link.caseID), seq \(link.seq))"
            if link.id != count {
                add("log_chain", "Log entry \(count) is missing before \(place).")
                return Int(count)
            }
            let hash = DatabaseBytes.bytes(row, 11)
            guard LogChain.hash(after: previous, link) == hash else {
                add("log_chain", "Log \(place) is not as it was written, or one before it is not.")
                return Int(count)
            }
            // Without its salt an entry's texts were erased on request, and only their digest is left.
            if let salt = DatabaseBytes.optionalBytes(row, 12) {
                let digest = LogChain.digest(
                    salt: salt, actor: try names.spelling(row[13] as Int64, db), texts: row[14], complaint: row[15])
                if digest != link.digest {
                    let what = link.kind == LogKind.caseOpened.rawValue ? "texts, or the case's complaint," : "texts"
                    add("log_chain", "The \(what) of log \(place) are not as they were written.")
                    return Int(count)
                }
            }
            if let head, hash.hex == head.lowercased() { headWasSeen = true }
            previous = hash
        }
        if let head, !headWasSeen {
            add("log_head", "The head \(head) is not in the log: its end was cut off, or it was rewritten.")
        }
        return Int(count)
    }

    private mutating func checkCaseVersions() throws {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT c.id, c.version, (SELECT count(*) FROM case_log l WHERE l.case_id = c.id)
                FROM complaint_case c
                WHERE c.version <> (SELECT count(*) FROM case_log l WHERE l.case_id = c.id)
                    OR c.version <> (SELECT max(seq) FROM case_log l WHERE l.case_id = c.id)
                LIMIT 1
                """)
        if let row {
            add(
                "case_versions",
                "Case \(row[0] as Int64) is at version \(row[1] as Int64), its log has \(row[2] as Int64) entries.")
        }
    }

    /// What a case's row and its history of statuses say, beside what the log says.
    private mutating func checkStatuses() throws {
        let changes = "l.case_id = c.id AND l.kind IN ('case_resolved', 'case_closed', 'case_reopened')"
        let id = try Int64.fetchOne(
            db,
            sql: """
                SELECT c.id FROM complaint_case c
                WHERE c.status <> coalesce((SELECT s.status FROM status_change s WHERE s.case_id = c.id
                        ORDER BY s.id DESC LIMIT 1), 'open')
                    OR (SELECT count(*) FROM status_change s WHERE s.case_id = c.id)
                        <> (SELECT count(*) FROM case_log l WHERE \(changes))
                    OR EXISTS (SELECT 1 FROM case_log l WHERE \(changes) AND NOT EXISTS (
                        SELECT 1 FROM status_change s WHERE s.case_id = c.id AND s.recorded_at = l.recorded_at
                            AND s.status = CASE l.kind WHEN 'case_resolved' THEN 'resolved'
                                WHEN 'case_closed' THEN 'closed' ELSE 'open' END))
                    OR (c.status <> 'open' AND c.resolved_at <> (SELECT max(s.recorded_at) FROM status_change s
                        WHERE s.case_id = c.id AND s.status = 'resolved'))
                    OR (c.status = 'closed' AND c.closed_at <> (SELECT max(s.recorded_at) FROM status_change s
                        WHERE s.case_id = c.id AND s.status = 'closed'))
                LIMIT 1
                """)
        if let id { add("statuses", "Case \(id) was opened, resolved or closed otherwise than its row says.") }
    }

    /// What a promise's row says, beside what the log said when it was made and settled.
    private mutating func checkPromises() throws {
        let statement = try db.makeStatement(
            sql: """
                SELECT \(PromiseColumns.list), m.at, m.facts, s.kind, s.at, s.recorded_at, s.facts
                FROM promise p
                LEFT JOIN case_log m ON m.case_id = p.case_id AND m.promise_id = p.id AND m.kind = 'promise_made'
                LEFT JOIN case_log s ON s.case_id = p.case_id AND s.promise_id = p.id AND s.kind IN (
                    'promise_kept', 'promise_renegotiated', 'promise_recovered', 'promise_withdrawn', 'promise_voided')
                """)
        try statement.rows([]) { row in
            let promise = try PromiseColumns.promise(row, names: names, db)
            let column = PromiseColumns.count
            guard let madeAt = row.optionalInstant(column) else {
                add("promises", "Promise \(promise.id) has no log entry that says it was made.")
                return false
            }
            let made = try FactCoding.decode(row.text(column + 1))
            let words = [
                Fact("promise_kind", .text(promise.kind.rawValue)), Fact("by", .text(promise.by.rawValue)),
                Fact("to", .text(promise.to.rawValue)), Fact("due_at", .text(promise.dueAt.rfc3339)),
            ]
            if madeAt != promise.madeAt || !words.allSatisfy(made.contains) {
                add(
                    "promises",
                    "Promise \(promise.id) was made at another instant, or for another date, than its row says.")
                return false
            }
            if try !isSettled(promise, asLoggedIn: row, from: column + 2) {
                add("promises", "Promise \(promise.id) was settled otherwise than its row says.")
                return false
            }
            return true
        }
    }

    /// Whether the log says of a promise's settlement what its row says.
    private func isSettled(_ promise: Promise, asLoggedIn row: Columns, from column: Int) throws -> Bool {
        let logged: LogKind? = try row.optionalWord(column)
        guard let settlement = promise.settlement else { return logged == nil }
        let kinds: [LogKind] =
            switch settlement.outcome {
            case .kept: [.promiseKept]
            case .superseded: [.promiseRenegotiated, .promiseRecovered]
            case .withdrawn: [.promiseWithdrawn]
            case .void: [.promiseVoided]
            }
        guard let logged, kinds.contains(logged) else { return false }
        let state = Fact("state", .text(promise.state(at: settlement.recordedAt).rawValue))
        let facts = try FactCoding.decode(row.text(column + 3))
        return row.instant(column + 1) == settlement.outcome.at
            && row.instant(column + 2) == settlement.recordedAt && facts.contains(state)
    }

    private mutating func checkTimeline() throws {
        let id = try Int64.fetchOne(
            db,
            sql: """
                SELECT c.id FROM complaint_case c
                WHERE c.status = 'open' AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.case_id = c.id
                    AND p.recorded_at IS NULL AND \(PromiseStateSQL.toCustomer))
                LIMIT 1
                """)
        if let id { add("timeline", "Case \(id) is open without a promise to its customer.") }
    }
}
