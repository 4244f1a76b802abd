public import Complaints
import GRDB

extension ReadTransaction {
    /// The link with that secret, good or not; nil where there never was one. As they are today.
    public func share(_ secret: ShareSecret) throws -> CaseShare? {
        try statements.first(Self.shareByHash, db, bind: { $0.add(secret.hash) }) { row in
            CaseShare(
                caseID: row.integer(0), seq: row.integer(1), expiresAt: row.instant(2), endedAt: row.optionalInstant(3))
        }
    }

    private static let shareByHash = SQL(
        "SELECT case_id, seq, expires_at, ended_at FROM case_share WHERE secret_hash = ?")

    /// Whether any link to the customer's page of a case is good at `now`.
    public func isShared(case id: Int64, at now: Instant) throws -> Bool {
        try statements.first(
            Self.goodShare, db,
            bind: {
                $0.add(id)
                $0.add(now)
            }
        ) { $0.flag(0) } ?? false
    }

    private static let goodShare = SQL(
        """
        SELECT EXISTS (SELECT 1 FROM case_share WHERE case_id = ?1 AND ended_at IS NULL AND expires_at > ?2)
        """)
}

/// A case as its customer may see it, with what that was read from.
public struct ReadCustomerPage: Sendable {
    /// The case.
    public let file: CaseFile
    /// The promises of other cases of theirs whose chains the case's are part of.
    public let elsewhere: [Promise]
    /// What they may see.
    public let page: CustomerPage
}

extension ReadTransaction {
    /// A case as its customer may see it (T21), as of the transaction's instant; nil where there is no such case.
    public func customerPage(ofCase id: Int64) throws -> ReadCustomerPage? {
        guard let file = try caseFile(id) else { return nil }
        let elsewhere = try promisesElsewhere(of: file)
        let page = file.customerPage(
            try logEntries(ofCase: id, kinds: CustomerPage.kinds), elsewhere: elsewhere,
            under: try regime(of: file)?.timetable.regime, at: asOf)
        return ReadCustomerPage(file: file, elsewhere: elsewhere, page: page)
    }
}
