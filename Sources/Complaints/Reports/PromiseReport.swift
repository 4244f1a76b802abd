/// What became of the promises that were due in a range, in groups and in total.
public struct PromiseReport: Sendable, Hashable {
    /// One line of the report.
    public struct Group: Sendable, Hashable {
        /// A name, a word of a vocabulary, a day `2026-03-01`, an ISO week `2026-W09` or a month `2026-03`; nil for
        /// promises that have none.
        public let key: String?
        /// Its columns.
        public let figures: PromiseFigures

        /// A line with that key.
        public init(key: String?, figures: PromiseFigures) {
            self.key = key
            self.figures = figures
        }
    }

    /// What was asked for.
    public let request: PromiseReportRequest
    /// The instant whose record was counted.
    public let asOf: Instant
    /// By key, the group without one last; days, weeks and months in order of time. There is none without a promise.
    public let groups: [Group]
    /// All groups as one.
    public let total: PromiseFigures

    /// What the kept rates are of.
    public static let denominator = "kept + kept_late + broken + overdue"
}
