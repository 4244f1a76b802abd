/// The columns of the report on threats: what customers threatened with, and what was in it (T16).
public struct ThreatFigures: Sendable, Hashable {
    /// How many were written down.
    public internal(set) var threats = 0
    /// Nobody has looked into them.
    public internal(set) var unassessed = 0
    /// By their latest assessment.
    public internal(set) var credible = 0
    /// By their latest assessment.
    public internal(set) var unfounded = 0
    /// By their latest assessment.
    public internal(set) var unknown = 0
    /// By their latest assessment, which is by whoever wrote the threat down.
    public internal(set) var byOneself = 0
    /// What they could cost, as far as anybody said: a sum a currency.
    public internal(set) var valueAtStake: [Money] = []
    /// How long the assessed ones had to wait for their first assessment, by nearest rank; nil without one.
    public internal(set) var assessmentSecondsMedian: Int64?

    init() {}
}
