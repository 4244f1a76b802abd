package import Complaints

/// What a made-up history is like. The same plan makes the same rows.
package struct DeskPlan: Sendable, Hashable {
    /// How many cases are opened.
    package var cases: Int
    /// Exactly how many promises to customers are overdue at its end; at most a quarter of the cases.
    package var overdue: Int
    /// When it ends. The open promises are due a week later or more, so that for that long no more become overdue.
    package var until: Instant
    /// How long it goes on.
    package var span: ElapsedTime
    /// Other numbers, another history of the same kind.
    package var seed: UInt64

    /// A history of two years, unless told otherwise.
    package init(cases: Int, overdue: Int, until: Instant, span: ElapsedTime = .days(730), seed: UInt64 = 1) {
        precondition(overdue <= cases / 4, "at most a quarter of the cases are neglected")
        self.cases = cases
        self.overdue = overdue
        self.until = until
        self.span = span
        self.seed = seed
    }

    /// For how long after its end no open promise falls due.
    package static let quiet = ElapsedTime.days(7)

    static let owners = (1...40).map { "Agent \($0)" }
    static let teams = ["Billing", "Delivery", "Repairs", "Contracts", "Claims", "Branches", "Online", "Last resort"]
    static let categories = (1...25).map { "Category \($0)" }
}
