/// That a case took a status.
public struct StatusChange: Sendable, Hashable {
    /// The stamp of the change; for imported history, when it happened.
    public let recordedAt: Instant
    /// The status from then on.
    public let status: CaseStatus
    /// What the customer said to the resolution that it stands on; nil for one that is open.
    public let customerAccepted: Bool?
    /// The case that it is a duplicate of, by the resolution that it stands on; nil for one that is open, and for others.
    public let duplicateOf: Int64?
    /// How it ended, by the resolution that it stands on; nothing for one that is open.
    public let ending: CaseEnding
    /// When the case was resolved by it, where the service was told later; nil: then, or it is no resolution.
    public let resolvedAt: Instant?
    /// Whether it only says otherwise how the case ended: the status stays, with its instants.
    public let isCorrection: Bool

    /// A change as it stands on record.
    public init(
        recordedAt: Instant, status: CaseStatus, customerAccepted: Bool? = nil, duplicateOf: Int64? = nil,
        ending: CaseEnding = CaseEnding(), resolvedAt: Instant? = nil, isCorrection: Bool = false
    ) {
        self.recordedAt = recordedAt
        self.status = status
        self.customerAccepted = customerAccepted
        self.duplicateOf = duplicateOf
        self.ending = ending
        self.resolvedAt = resolvedAt
        self.isCorrection = isCorrection
    }
}

extension Case {
    /// The case with the status it had at `instant`, or nil when it was not yet opened. `statusChanges` are all of
    /// this case's after its opening, oldest first. Fields with a history of their own (`historicFields`) stay as they are.
    public func asOf(_ instant: Instant, statusChanges: [StatusChange]) -> Case? {
        guard openedAt <= instant else { return nil }
        var record = self
        record.status = .open
        record.resolvedAt = nil
        record.closedAt = nil
        record.customerAccepted = nil
        record.duplicateOf = nil
        record.ending = CaseEnding()
        for change in statusChanges where change.recordedAt <= instant { record.take(change) }
        return record
    }

    /// Takes a status and the instants that go with it: an open case is neither resolved nor closed.
    mutating func take(_ change: StatusChange) {
        status = change.status
        customerAccepted = change.customerAccepted
        duplicateOf = change.duplicateOf
        ending = change.ending
        guard !change.isCorrection else { return }
        switch change.status {
        case .open:
            resolvedAt = nil
            closedAt = nil
        case .resolved: resolvedAt = change.resolvedAt ?? change.recordedAt
        case .closed: closedAt = change.recordedAt
        }
    }
}

extension StatusChange {
    /// What the entry of the resolution that it stands on says of it, but for how the case ended.
    package var facts: [Fact] {
        (customerAccepted.map { [Fact("customer_accepted", .boolean($0))] } ?? [])
            + (duplicateOf.map { [Fact("duplicate_of", .integer($0))] } ?? [])
    }
}
