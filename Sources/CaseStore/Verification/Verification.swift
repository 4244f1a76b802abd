/// What was found wrong with a database: the first bad row of each kind.
public struct VerificationFinding: Sendable, Hashable {
    /// What was looked at: `integrity`, `foreign_keys`, `log_chain`, `log_head`, `clock`, `case_versions`, `cases`,
    /// `statuses`, `stages`, `promises`, `renewals`, `overdue`, `timeline`, `matters`, `owner_records`, `acceptance`,
    /// `relationships`, `erasures`, `customers`, `policies`, `tokens`, `search`, and `rows` when one holds what no row can.
    public let check: String
    /// What is wrong, with the row.
    public let detail: String
}

/// What a verification looked at and found.
public struct Verification: Sendable, Hashable {
    /// Nothing wrong when it is empty.
    public let findings: [VerificationFinding]
    /// How many log entries were followed.
    public let entries: Int
    /// The end of the log's hash chain; nil while the log is empty.
    public let head: LogHead?
    /// Whether SQLite looked at the CHECKs of rows, too, which it does for those alone who can write the database.
    public let checksConstraints: Bool
}

extension Reader {
    /// Looks for damage and for history that was rewritten behind the service's back: SQLite's own checks, the log's
    /// hash chain from its first entry to its last, what the log says of each case and promise beside what their rows
    /// say, each customer, policy and token beside the last entry about it, the chain of dates of each promise, open cases without a promise to the customer, what waits for somebody,
    /// what is counted and decided beside what it follows from, what was erased, and what search knows. When SQLite's
    /// own checks fail, the rest is left: rows that they find fault with can't be read. `head` is the hash of a head that
    /// was written down before: it must still be in the chain.
    ///
    /// - Parameter isUnwanted: whether whoever waits for it has had enough.
    /// - Throws: `ReadInterruption` then, and what `read` throws.
    public func verify(
        head: String? = nil, until isUnwanted: @escaping @Sendable () -> Bool = { false }
    ) throws -> Verification {
        try read(until: isUnwanted) { transaction in
            var verifier = Verifier(transaction)
            return try verifier.verify(head: head)
        }
    }
}
