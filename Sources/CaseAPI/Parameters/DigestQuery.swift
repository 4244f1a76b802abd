import CaseStore
import Complaints

/// What a digest is asked for.
struct DigestQuery {
    let filter: DigestFilter
    /// How many of each section; nil where nobody says.
    let limit: Int?
    let asOf: Instant?
    let table: TableParameters<DigestForm>

    init(_ query: inout QueryReader) {
        var filter = DigestFilter()
        filter.owner = query.name(
            "owner", as: .owner, "Who has to keep the promises; without it and team, anybody or nobody.", example: "Kim"
        )
        filter.team = query.team("The team of their cases.")
        limit = query.integer(
            "limit", in: 1...PageParameters.mostItems,
            "How many of each section, the first due first; without it \(PageParameters.usualLimit), and for CSV all.",
            example: 20
        ).map(Int.init)
        table = TableParameters(
            &query, zoneMeaning: "The time zone of today and of the week, and of the dates in a text.",
            elseZone:
                "that of the owner, as their load is counted, else of the team's calendar, else the desk's own.")
        filter.zone = table.timeZone
        self.filter = filter
        asOf = query.asOf()
    }
}
