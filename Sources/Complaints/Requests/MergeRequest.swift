/// That a customer on record is another one.
public struct MergeRequest: Sendable, Hashable {
    /// Who they turned out to be.
    public var into: Int64
    /// What shows it; kept in their log.
    public var reason: String

    /// A merge for that reason.
    public init(into id: Int64, reason: String) {
        into = id
        self.reason = reason
    }
}

/// That a customer is not the one they were merged into.
public struct UnmergeRequest: Sendable, Hashable {
    /// Into whom they were merged, where whoever asks says so.
    public var into: Int64?
    /// What shows it; kept in their log. Nil when nobody said.
    public var reason: String?

    /// A merge taken back.
    public init(into id: Int64? = nil, reason: String? = nil) {
        into = id
        self.reason = reason
    }
}
