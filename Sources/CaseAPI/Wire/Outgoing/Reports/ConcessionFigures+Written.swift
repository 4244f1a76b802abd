import Complaints

extension ConcessionFigures: WrittenFigures {
    func writeMembers(to json: inout JSONWriter) {
        json.member("concessions", concessions)
        json.member("granted", granted)
        json.member("pending", pending)
        json.member("approved", approved)
        json.member("refused", refused)
        json.member("under_threat", underThreat)
        json.member("above_limit", aboveLimit)
        json.member("given", given)
        json.member("asked", asked)
    }

    static func columns(of figures: [ConcessionFigures]) -> [CSVColumn<ConcessionFigures>] {
        [
            .count("concessions", \.concessions), .count("granted", \.granted), .count("pending", \.pending),
            .count("approved", \.approved), .count("refused", \.refused), .count("under_threat", \.underThreat),
            .count("above_limit", \.aboveLimit),
        ] + CSVColumn.amounts("given", of: figures, \.given) + CSVColumn.amounts("asked", of: figures, \.asked)
    }
}
