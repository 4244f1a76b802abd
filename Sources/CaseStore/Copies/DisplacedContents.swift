/// What was in a database that another one has taken the place of.
public struct DisplacedContents: Sendable, Hashable {
    /// How many cases there were.
    public let cases: Int
    /// The end of its log; nil for a database without cases.
    public let head: LogHead?
}
