/// The columns of the report on concessions: what was given away, and by whose leave (T15).
public struct ConcessionFigures: Sendable, Hashable {
    /// How many were written down.
    public internal(set) var concessions = 0
    /// Within the policy's limit: nobody had to be asked.
    public internal(set) var granted = 0
    /// Wait for a manager.
    public internal(set) var pending = 0
    /// A manager said yes.
    public internal(set) var approved = 0
    /// A manager said no.
    public internal(set) var refused = 0
    /// Beside a threat that nobody had looked into (T16).
    public internal(set) var underThreat = 0
    /// Above the policy's limit, or in another currency.
    public internal(set) var aboveLimit = 0
    /// Decided by whoever made them, in a desk of one.
    public internal(set) var byOneself = 0
    /// What customers get, by the granted and the approved ones: a sum a currency.
    public internal(set) var given: [Money] = []
    /// What all of them come to: a sum a currency.
    public internal(set) var asked: [Money] = []

    init() {}
}
