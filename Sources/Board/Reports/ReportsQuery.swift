import CaseAPI
import Complaints

/// What the page of reports is asked for: what the API's reports take, said once for all of them.
struct ReportsQuery {
    typealias Parameters = [(name: String, value: String?)]

    /// The range and the time zone.
    let range: Parameters
    /// The same as far as somebody has said it.
    let given: Parameters
    /// To whose cases and what is narrowed down, where that can be.
    let filters: Parameters
    /// By what the load is put together; nil: by owner.
    let groupBy: String?
    /// Whose clocks are shown; nil: of the first regime that has any case in the range.
    let regime: String?
    /// What a page or a table of reports has in its address.
    static let names = ["period", "from", "to", "tz", "as_of"] + filterNames
    /// What of that narrows down.
    static let filterNames = ["owner", "team", "category"]
    /// How many weeks are shown where nobody says which: that of the page's instant, and those before it.
    static let usualWeeks = 8

    /// - Parameters:
    ///   - parameter: the value of a parameter; nil where there is none.
    ///   - now: the instant of the page.
    ///   - deskZone: by whose clocks weeks begin without a time zone.
    init(_ parameter: (String) -> String?, now: Instant, deskZone: Zone) {
        groupBy = parameter("group_by")
        regime = parameter("regime")
        filters = Self.filterNames.map { ($0, parameter($0)) }
        let zone = parameter("tz")
        given = ["period", "from", "to", "tz"].map { ($0, parameter($0)) }
        guard given.allSatisfy({ $0.value == nil || $0.name == "tz" }) else {
            range = given
            return
        }
        // What zone there is not, the API says.
        let today = CivilDate(of: now, in: zone.flatMap { ZoneDatabase.system.zone(named: $0) } ?? deskZone)
        let week = today.daysSince1970 - today.weekday
        let (first, end) = (week - 7 * (Self.usualWeeks - 1), week + 7)
        range = [
            ("from", CivilDate(daysSince1970: first).iso8601), ("to", CivilDate(daysSince1970: end).iso8601),
            ("tz", zone),
        ]
    }
}

extension CivilDate {
    /// Days since Monday: 0 to 6. 1970-01-01 was a Thursday.
    fileprivate var weekday: Int { ((daysSince1970 + 3) % 7 + 7) % 7 }
}
