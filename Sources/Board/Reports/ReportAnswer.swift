import CaseAPI
import Complaints

/// A report as the API answers it: groups of figures, and all of them as one.
struct ReportAnswer {
    /// A line of it.
    struct Group {
        /// What the group has in common; nil where there is no value.
        let key: String?
        let figures: ReportFigures
    }

    let groups: [Group]
    let total: ReportFigures
    /// The range; nil where it is open.
    let (from, to): (Instant?, Instant?)
    let zone: Zone
    /// By what it is put together.
    let groupBy: String
    /// The regime as it is written; nil in a report that is of none.
    let regime: String?
    /// What `kept_rate` is a share of, in names of counts with plus and minus between them; nil where there is no such rate.
    let denominator: String?

    init(_ answer: JSONValue) {
        let report = ReportFigures(answer)
        groups = report.objects("groups").map { Group(key: $0.text("key"), figures: $0) }
        total = report.object("total")
        from = report.text("from").flatMap { try? Instant(rfc3339: $0) }
        to = report.text("to").flatMap { try? Instant(rfc3339: $0) }
        zone = report.text("tz").flatMap { ZoneDatabase.system.zone(named: $0) } ?? .utc
        groupBy = report.text("group_by") ?? ""
        regime = report.text("regime")
        denominator = report.text("denominator")
    }

    /// How many `kept_rate` is a share of, by what the report says of that.
    func keptRateOf(_ figures: ReportFigures) -> Int {
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

/// Figures by their names in the API.
struct ReportFigures {
    private let members: [String: JSONValue]

    init(_ value: JSONValue) {
        guard case .object(let members) = value else {
            self.members = [:]
            return
        }
        self.members = Dictionary(members.map { ($0.name.string, $0.value) }) { first, _ in first }
    }

    /// A whole number; nil where there is none.
    func count(_ name: String) -> Int? {
        if case .integer(let number)? = members[name] { Int(number) } else { nil }
    }

    /// A number; nil where there is none.
    func number(_ name: String) -> Double? {
        switch members[name] {
        case .integer(let number)?: Double(number)
        case .fraction(let number)?: number
        default: nil
        }
    }

    func text(_ name: String) -> String? {
        if case .string(let text)? = members[name] { text.string } else { nil }
    }

    func flag(_ name: String) -> Bool { members[name] == .boolean(true) }

    /// What lies in it; nothing where there is no such object.
    func object(_ name: String) -> ReportFigures { ReportFigures(members[name] ?? .null) }

    func objects(_ name: String) -> [ReportFigures] {
        if case .array(let values)? = members[name] { values.map { ReportFigures($0) } } else { [] }
    }
}
