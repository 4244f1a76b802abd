/// What is put right of how a case ended, a JSON Merge Patch (RFC 7396): nil leaves a value, `.some(nil)` takes it away.
public struct EndingEdit: Sendable, Hashable {
    /// What was found.
    public var outcome: CaseOutcome??
    /// What the customer gets for it.
    public var redress: Money??
    /// The desk's last word; where it does not say when it went out, that stays as it is.
    public var finalResponse: FinalResponseRequest??

    /// An edit that leaves everything as it is, but for what is given.
    public init(
        outcome: CaseOutcome?? = nil, redress: Money?? = nil, finalResponse: FinalResponseRequest?? = nil
    ) {
        self.outcome = outcome
        self.redress = redress
        self.finalResponse = finalResponse
    }

    /// Whether it leaves everything as it is.
    var isNone: Bool { outcome == nil && redress == nil && finalResponse == nil }
}
