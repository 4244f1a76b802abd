/// What was counted in a range, in groups and in total.
public struct Report<Grouping: ReportGrouping, Figures: Sendable & Hashable>: Sendable, Hashable {
    /// One line of the report.
    public struct Group: Sendable, Hashable {
        /// A name, a word of a vocabulary, a day `2026-03-01`, an ISO week `2026-W09` or a month `2026-03`; nil for
        /// what has none.
        public let key: String?
        /// Its columns.
        public let figures: Figures

        /// A line with that key.
        public init(key: String?, figures: Figures) {
            self.key = key
            self.figures = figures
        }
    }

    /// What was asked for.
    public let request: ReportRequest<Grouping>
    /// The instant whose record was counted.
    public let asOf: Instant
    /// By key unless the report ranks them, the group without one last; days, weeks and months in order of time. There
    /// is none that would count nothing.
    public let groups: [Group]
    /// All groups as one.
    public let total: Figures
}
