/// What became of the promises to customers that somebody owned, as far as their kept rate counts them.
public struct KeptRecord: Sendable, Hashable {
    /// Kept in time, with the backdated ones.
    public var kept = 0
    /// Kept after the due instant.
    public var keptLate = 0
    /// Superseded or given up too late, given up without the customer's release, or found not to have been kept.
    public var broken = 0
    /// Kept in time, but the service was told only after the due instant.
    public var backdated = 0
    /// Kept in time, within a minute of their making.
    public var instant = 0
    /// Not settled, and past the due instant.
    public var overdue = 0
    /// Among `overdue`, those that go on with a miss which is counted: in no rate.
    public var repeated = 0

    /// Nothing yet.
    public init() {}

    /// What became of one promise, once it is settled; nothing without one.
    package init(of promise: Promise?) {
        guard let promise, let settlement = promise.settlement else { return }
        switch promise.state(at: settlement.recordedAt) {
        case .kept:
            kept = 1
            backdated = promise.isBackdated ? 1 : 0
            instant = promise.isInstant ? 1 : 0
        case .keptLate: keptLate = 1
        case .broken: broken = 1
        case .renegotiated, .withdrawn, .transferred, .void, .open, .overdue: break
        }
    }
}
