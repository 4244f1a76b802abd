import Complaints

extension ReportForm<ConcessionGrouping, ConcessionFigures> {
    static let concessions = ReportForm(
        "Concession", ReportScope(grouping: .owner, example: .state), ConcessionFigures.shown)
}

extension ConcessionFigures {
    fileprivate static let shown: [Shown<ConcessionFigures>] = [
        .count("concessions") { $0.concessions },
        .count("granted", "Within the policy's limit.") { $0.granted },
        .count("pending", "Wait for a manager.") { $0.pending },
        .count("approved") { $0.approved },
        .count("refused") { $0.refused },
        .count("under_threat", "Beside a threat that nobody had looked into.") { $0.underThreat },
        .count("above_limit", "Of the policy, or in another currency.") { $0.aboveLimit },
        .count("by_oneself", "Decided by whoever made them, in a desk of one.") { $0.byOneself },
        .sums("given", "The granted and the approved ones.") { $0.given },
        .sums("asked", "All of them.") { $0.asked },
    ]
}
