/// That a case is to be shared with its customer, as it was asked for (T21).
public struct ShareRequest: Sendable, Hashable {
    /// For how long the link to their page is good; nil: `Limits.usualShareLife`.
    public var life: ElapsedTime?

    /// A link that is good for that long.
    public init(life: ElapsedTime? = nil) {
        self.life = life
    }
}
