import Complaints
import GRDB

/// The rows of links to customers' pages, beside the entries that tell of them.
extension WriteTransaction {
    /// Writes the links that a change made, and ends those that it took back.
    ///
    /// - Parameters:
    ///   - last: the number of the last entry in the case's log before the change.
    ///   - secret: of the one that it made.
    func writeShares(of change: CaseChange, after last: Int64, _ secret: ShareSecret?) throws {
        if change.log.contains(where: { $0.kind == .caseUnshared }) { try endShares(ofCase: change.record.id) }
        for (index, draft) in change.log.enumerated() where draft.kind == .caseShared {
            guard let secret, case .instant(let end)? = draft.facts.first(where: { $0.name == "expires_at" })?.value
            else { preconditionFailure("a link has a secret and an end") }
            try statements.run(Self.insertShare, db) { row in
                row.add(change.record.id)
                row.add(last + Int64(index) + 1)
                row.add(secret.hash)
                row.add(end)
            }
        }
    }

    private static let insertShare = SQL(
        "INSERT INTO case_share (case_id, seq, secret_hash, expires_at) VALUES (?, ?, ?, ?)")

    /// From now on no link to the customer's page of a case leads anywhere that was made before.
    func endShares(ofCase id: Int64) throws {
        try statements.run(Self.endShares, db) { row in
            row.add(now)
            row.add(id)
        }
    }

    private static let endShares = SQL("UPDATE case_share SET ended_at = ? WHERE case_id = ? AND ended_at IS NULL")
}
