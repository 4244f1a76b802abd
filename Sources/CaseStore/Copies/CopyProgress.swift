/// How much of a database has been copied.
public struct CopyProgress: Sendable, Hashable {
    /// Pages copied.
    public let done: Int
    /// Pages there are.
    public let total: Int
}
