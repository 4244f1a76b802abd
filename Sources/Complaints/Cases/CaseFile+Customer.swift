/// What a case waits for on the customer's side. It is theirs: none of it moves, pauses or ends what the desk has promised (T1, T3).
extension CaseFile {
    /// What the customer has promised, and has not done, the first due first.
    public var unsettledByCustomer: [Promise] {
        promises.filter { $0.by == .customer && $0.isUnsettled }.sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
    }

    /// By when the first of that is due; nil where nothing of it is open, and in a case that is not.
    public var customerDueAt: Instant? { record.status == .open ? unsettledByCustomer.first?.dueAt : nil }

    /// Whether the desk has promised to check in with the customer: then what the customer missed waits for nobody else.
    public var willCheckIn: Bool { promises.contains { $0.kind == .checkIn && $0.isToCustomer && $0.isUnsettled } }
}
