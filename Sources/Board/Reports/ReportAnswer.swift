import CaseAPI
import Complaints

/// A report as the API answers it: groups of figures, and all of them as one.
struct ReportAnswer {
    /// A line of it.
    struct Group {
        /// What the group has in common; nil where there is no value.
        let key: String?
        let figures: JSONValue
    }

    let groups: [Group]
    let total: JSONValue
    /// The range; nil where it is open.
    let (from, to): (Instant?, Instant?)
    let zone: Zone
    /// The instant that it is of; nil where it does not say so.
    let asOf: Instant?
    /// By what it is put together.
    let groupBy: String
    /// The regime as it is written; nil in a report that is of none.
    let regime: String?
    /// What `kept_rate` is a share of, in names of counts with plus and minus between them; nil where there is no such rate.
    let denominator: String?

    init(_ answer: JSONValue) {
        groups = answer["groups"].items.map { Group(key: $0["key"].text, figures: $0) }
        total = answer["total"]
        from = answer["from"].text.flatMap { try? Instant(rfc3339: $0) }
        to = answer["to"].text.flatMap { try? Instant(rfc3339: $0) }
        asOf = answer["as_of"].text.flatMap { try? Instant(rfc3339: $0) }
        zone = answer["tz"].text.flatMap { ZoneDatabase.system.zone(named: $0) } ?? .utc
        groupBy = answer["group_by"].text ?? ""
        regime = answer["regime"].text
        denominator = answer["denominator"].text
    }

    /// How many `kept_rate` is a share of, by what the report says of that.
    func keptRateOf(_ figures: JSONValue) -> Int {
        var (sum, sign) = (0, 1)
        for word in (denominator ?? "").split(separator: " ") {
            switch word {
            case "+": sign = 1
            case "-": sign = -1
            default: sum += sign * (figures.count(String(word)) ?? 0)
            }
        }
        return sum
    }
}

extension JSONValue {
    /// A count among figures; nil where there is none.
    func count(_ name: String) -> Int? { self[name].integer.map { Int(clamping: $0) } }
}
