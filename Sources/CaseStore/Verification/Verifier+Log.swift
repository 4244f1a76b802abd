import Complaints
import GRDB

extension Verifier {
    /// Follows the chain, one entry at a time. Returns how many entries were followed.
    mutating func checkLog(head: String?) throws -> Int {
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT l.id, l.case_id, l.seq, l.kind, l.promise_id, l.token_id, l.at, l.recorded_at, l.imported,
                    l.facts, l.digest, l.hash, l.salt, l.actor_id, l.texts,
                    CASE WHEN l.kind = 'case_opened' THEN c.complaint END
                FROM case_log l LEFT JOIN complaint_case c ON c.id = l.case_id
                ORDER BY l.id
                """)
        let stamp = try ClockRow.stamp(db, transaction.statements)
        var isAhead = false
        var previous = LogChain.start
        var count: Int64 = 0
        var headWasSeen = false
        var buffer: [UInt8] = []
        while let row = try cursor.next() {
            count += 1
            let link = LogChain.Link(
                id: row[0], caseID: row[1], seq: row[2], kind: row[3], promiseID: row[4], tokenID: row[5],
                at: row.instant(6), recordedAt: row.instant(7), imported: row[8])
            let facts: String = row[9]
            let digest = DatabaseBytes.bytes(row, 10)
            let place = "entry \(link.id) (case \(link.caseID), seq \(link.seq))"
            if link.id != count {
                add("log_chain", "Log entry \(count) is missing before \(place).")
                return Int(count)
            }
            let hash = DatabaseBytes.bytes(row, 11)
            guard LogChain.hash(after: previous, link, facts: Array(facts.utf8), digest: digest, in: &buffer) == hash
            else {
                add("log_chain", "Log \(place) is not as it was written, or one before it is not.")
                return Int(count)
            }
            if let fault = try textFault(of: row, link, digest: digest, at: place, &buffer) {
                add(fault.check, fault.detail)
                return Int(count)
            }
            if link.recordedAt > stamp, !isAhead {
                isAhead = true
                add("clock", "The last batch was at \(stamp.rfc3339), but log \(place) is of a later one.")
            }
            if let head, hash.hex == head.lowercased() { headWasSeen = true }
            previous = hash
        }
        if let head, !headWasSeen {
            add("log_head", "The head \(head) is not in the log: its end was cut off, or it was rewritten.")
        }
        return Int(count)
    }

    /// What is wrong with what an entry's digest covers. Without its salt an entry's texts were erased on request, and
    /// only the digest is left.
    private func textFault(
        of row: Row, _ link: LogChain.Link, digest: [UInt8], at place: String, _ buffer: inout [UInt8]
    ) throws -> VerificationFinding? {
        guard let salt = DatabaseBytes.optionalBytes(row, 12) else { return nil }
        let actor: String
        do {
            actor = try names.spelling(row[13] as Int64, db)
        } catch StoreError.failed(let reason) {
            return VerificationFinding(check: "rows", detail: "Log \(place) can't be understood: \(reason).")
        }
        let texts = (row[14] as String?).map { Array($0.utf8) } ?? []
        guard digest != LogChain.digest(salt: salt, actor: actor, texts: texts, complaint: row[15], in: &buffer) else {
            return nil
        }
        let what = link.kind == LogKind.caseOpened.rawValue ? "texts, or the case's complaint," : "texts"
        return VerificationFinding(
            check: "log_chain", detail: "The \(what) of log \(place) are not as they were written.")
    }
}
