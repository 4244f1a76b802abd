/// A promise that a policy made by itself and that nobody has settled, where it would be due at another instant if it were
/// made under the rules and the calendars as they are now. Nothing moves it: it is for whoever wonders what a change of these
/// left behind.
public struct PolicyImpact: Sendable {
    /// The promise, as it was made.
    public let promise: Promise
    /// Its case.
    public let summary: CaseSummary
    /// From when its time is counted.
    public let countedFrom: Instant
    /// The policy of its case as it is now.
    public let policy: Policy
    /// When it would be due, and by what; nil where it would not be made.
    public let due: PolicyDue?

    /// What became of a promise of the policy, in a case whose policy is that one now.
    ///
    /// - Parameter policy: with the calendar of the case's team.
    public init(promise: Promise, summary: CaseSummary, countedFrom: Instant, policy: Policy) {
        self.promise = promise
        self.summary = summary
        self.countedFrom = countedFrom
        self.policy = policy
        due = policy.ownDue(of: promise.kind, from: countedFrom)
    }

    /// When it would be due; nil where it would not be made.
    public var dueNow: Instant? { due?.instant }

    /// Why, in a sentence.
    public var reason: String {
        guard let due else { return "follow_up_in of \(policy.name) is null now: it would not be made." }
        let now = "\(due.span.field) of \(policy.name) is \(due.span.text) now"
        let basis = due.business.map { ", counted by \($0.basis)" } ?? ""
        let made =
            promise.dueExplained.map { "in business time: \($0)" } ?? "with \((promise.dueAt - countedFrom).iso8601)"
        return "\(now)\(basis), and it was made \(made)."
    }
}
