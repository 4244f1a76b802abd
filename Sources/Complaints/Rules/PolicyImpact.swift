/// A promise that a policy made by itself and that nobody has settled, where it would be due at another instant if it were
/// made under the rules as they are now. Nothing moves it: it is for whoever wonders what a change of a policy left behind.
public struct PolicyImpact: Sendable, Hashable {
    /// The promise, as it was made.
    public let promise: Promise
    /// Its case.
    public let summary: CaseSummary
    /// From when its time is counted.
    public let countedFrom: Instant
    /// The policy of its case as it is now.
    public let policy: Policy

    /// What became of a promise of the policy, in a case whose policy is that one now.
    public init(promise: Promise, summary: CaseSummary, countedFrom: Instant, policy: Policy) {
        self.promise = promise
        self.summary = summary
        self.countedFrom = countedFrom
        self.policy = policy
    }

    /// When it would be due; nil where it would not be made.
    public var dueNow: Instant? { policy.ownSpan(of: promise.kind).map { countedFrom + $0 } }

    /// Why, in a sentence.
    public var reason: String {
        let field = Policy.ownSpanField(of: promise.kind)
        guard let span = policy.ownSpan(of: promise.kind) else {
            return "\(field) of \(policy.name) is null now: it would not be made."
        }
        return
            "\(field) of \(policy.name) is \(span.iso8601) now, and it was made with \((promise.dueAt - countedFrom).iso8601)."
    }
}

extension Policy {
    /// How far off a promise of that kind is due that the policy makes by itself; nil where it makes none.
    public func ownSpan(of kind: PromiseKind) -> ElapsedTime? { kind == .followUp ? followUpIn : acknowledgeIn }

    /// The policy's field that says so.
    fileprivate static func ownSpanField(of kind: PromiseKind) -> String {
        kind == .followUp ? "follow_up_in" : "acknowledge_in"
    }
}
