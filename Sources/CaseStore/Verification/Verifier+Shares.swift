import Complaints

/// The links to customers' pages, beside what the log says of them. That a link has the secret that it was made with is held by
/// the chain itself: the entry covers its hash.
extension Verifier {
    /// Each link came by an entry that says when it ends, each such entry has its link, and one ended when the log says so.
    mutating func checkShares() throws {
        var wrong: Int64?
        try rows(Self.shares) { row in
            let end = Fact("expires_at", .instant(row.instant(1)))
            let isAsLogged =
                row.optionalText(2).map { Self.says($0, end) } ?? false
                && row.optionalInstant(3) == row.optionalInstant(4)
            if !isAsLogged { wrong = row.integer(0) }
            return wrong == nil
        }
        if let wrong { add("shares", "A link to case \(wrong) was made, or ended, otherwise than its log says.") }
        try addFirst(
            "shares",
            """
            SELECT l.case_id FROM case_log l WHERE l.kind = '\(LogKind.caseShared.rawValue)'
                AND NOT EXISTS (SELECT 1 FROM case_share s WHERE s.case_id = l.case_id AND s.seq = l.seq)
            LIMIT 1
            """
        ) { "A link to case \($0.integer(0)) that its log tells of is not there." }
    }

    private static let shares = """
        SELECT s.case_id, s.expires_at, l.facts, s.ended_at, (
            SELECT e.recorded_at FROM case_log e WHERE e.case_id = s.case_id AND e.seq > s.seq
                AND e.kind IN ('\(LogKind.caseUnshared.rawValue)', '\(LogKind.erased.rawValue)') ORDER BY e.seq LIMIT 1)
        FROM case_share s
        LEFT JOIN case_log l ON l.case_id = s.case_id AND l.seq = s.seq AND l.kind = '\(LogKind.caseShared.rawValue)'
        """

    /// The hash of the secret of the link that an entry tells of.
    func secretHash(ofCase id: Int64, _ seq: Int64) throws -> [UInt8]? {
        try transaction.statements.first(
            Self.secretHash, db,
            bind: {
                $0.add(id)
                $0.add(seq)
            }
        ) { $0.bytes(0) }
    }

    private static let secretHash = SQL("SELECT secret_hash FROM case_share WHERE case_id = ? AND seq = ?")
}
