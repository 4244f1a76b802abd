public import Complaints

/// Which part of a manager's queue is shown. Names compare without case.
public struct QueueFilter: Sendable, Hashable {
    /// Why things wait; empty: for any reason.
    public var kinds: Set<QueueKind> = []
    /// The owner of the case, for promises that of the promise. Nil: anybody's or nobody's.
    public var owner: String?
    /// The team of the case.
    public var team: String?

    /// All that waits.
    public init() {}
}
