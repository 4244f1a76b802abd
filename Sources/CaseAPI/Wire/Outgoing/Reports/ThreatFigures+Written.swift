import Complaints

extension ThreatFigures: WrittenFigures {
    func writeMembers(to json: inout JSONWriter) {
        json.member("threats", threats)
        json.member("unassessed", unassessed)
        json.member("credible", credible)
        json.member("unfounded", unfounded)
        json.member("unknown", unknown)
        json.member("value_at_stake", valueAtStake)
        json.member("assessment_seconds", object: { $0.member("median", assessmentSecondsMedian) })
    }

    static func columns(of figures: [ThreatFigures]) -> [CSVColumn<ThreatFigures>] {
        [
            .count("threats", \.threats), .count("unassessed", \.unassessed), .count("credible", \.credible),
            .count("unfounded", \.unfounded), .count("unknown", \.unknown),
            CSVColumn("assessment_seconds_median") { .integer($0.assessmentSecondsMedian) },
        ] + CSVColumn.amounts("value_at_stake", of: figures, \.valueAtStake)
    }
}
