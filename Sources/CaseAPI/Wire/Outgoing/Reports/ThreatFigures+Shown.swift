import Complaints

extension ReportForm<ThreatGrouping, ThreatFigures> {
    static let threats = ReportForm(
        "Threat", ReportScope(grouping: .threatKind, example: .verdict), ThreatFigures.shown)
}

extension ThreatFigures {
    fileprivate static let shown: [Shown<ThreatFigures>] = [
        .count("threats") { $0.threats },
        .count("unassessed", "Nobody has looked into them.") { $0.unassessed },
        .count("credible") { $0.credible },
        .count("unfounded") { $0.unfounded },
        .count("unknown") { $0.unknown },
        .count("by_oneself", "Whose latest assessment is by whoever wrote the threat down.") { $0.byOneself },
        .sums("value_at_stake", "As far as anybody said.") { $0.valueAtStake },
        .object(
            "assessment_seconds", "From the threat to its first assessment.", columns: "assessment_seconds_",
            of: assessment
        ) { $0 },
    ]

    private static let assessment: [Shown<ThreatFigures>] = [.count("median") { $0.assessmentSecondsMedian }]
}
