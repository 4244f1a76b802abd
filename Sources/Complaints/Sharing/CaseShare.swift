/// A link to the customer's page of a case (T21), as the record has it: whoever has its secret may look at that page, and at
/// nothing else. The secret itself is shown once and never stored.
public struct CaseShare: Sendable, Hashable {
    /// Whose page it leads to.
    public let caseID: Int64
    /// The entry of the case's log that tells of it, by its number there.
    public let seq: Int64
    /// From when on it leads nowhere.
    public let expiresAt: Instant
    /// When it was taken back, or all that is the customer's was erased; nil: it was not.
    public let endedAt: Instant?

    /// A link as it stands on record.
    public init(caseID: Int64, seq: Int64, expiresAt: Instant, endedAt: Instant?) {
        self.caseID = caseID
        self.seq = seq
        self.expiresAt = expiresAt
        self.endedAt = endedAt
    }

    /// Whether it leads anywhere at `now`.
    public func isGood(at now: Instant) -> Bool { endedAt == nil && now < expiresAt }

    /// The kinds of entries in a case's log by which links come and go while the case is its customer's.
    static let kinds: [LogKind] = [.caseShared, .caseUnshared]
}

extension [LogEntry] {
    /// How many links to a customer's page are good at `now`, by all of the case's log that is of `CaseShare.kinds`.
    func goodShares(at now: Instant) -> Int {
        let lastTaken = lastIndex { $0.kind == .caseUnshared }
        return self[(lastTaken.map { $0 + 1 } ?? 0)...].count { entry in
            entry.kind == .caseShared && entry.instant("expires_at").map { now < $0 } ?? false
        }
    }
}
