/// What the report on causes needs of one lesson, as the record had it at the report's `as_of`.
public struct LessonFact: EntryFact, Hashable {
    package typealias Tally = CauseTally

    /// The case it is of.
    public let caseID: Int64
    /// The stamp of the entry.
    public let recordedAt: Instant
    /// What went wrong.
    public let cause: String?
    /// The process at fault, if one is.
    public let process: String?
    /// The field of the case that the report groups by; nil when it has none, or the report groups by something else.
    public let caseValue: String?
    /// The state of the review that was promised, or of what took its place; nil when none was.
    public let review: PromiseState?
    /// How many promises to the customer of the case were late or broken at some time.
    public let brokenPromises: Int
    /// What the customer of the case gets by its resolution; nil: nothing, or nobody said.
    public let redress: Money?

    /// A fact as a row has it, with what was found out about its case and review.
    public init(
        caseID: Int64, recordedAt: Instant, cause: String?, process: String?, caseValue: String?,
        review: PromiseState?, brokenPromises: Int, redress: Money? = nil
    ) {
        self.caseID = caseID
        self.recordedAt = recordedAt
        self.cause = cause
        self.process = process
        self.caseValue = caseValue
        self.review = review
        self.brokenPromises = brokenPromises
        self.redress = redress
    }

    package func key(_ grouping: CauseGrouping) -> String? {
        switch grouping {
        case .cause: cause
        case .process: process
        case .category, .team, .owner, .outcome, .day, .week, .month: caseValue
        }
    }
}
