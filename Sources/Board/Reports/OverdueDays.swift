import CaseAPI
import Complaints

/// How much was overdue at the end of each day: what `GET /v1/promises?state=overdue` says as of then.
struct OverdueDays {
    struct Day {
        /// `2026-03-01`.
        let name: String
        /// The end of the day; of the one that is not over yet, the instant of the page.
        let asOf: Instant
        let overdue: Int
        /// Whether there was more than that.
        let isCapped: Bool
    }

    let days: [Day]

    /// How many days are looked at: the latest of the range, as each takes a look at what was unsettled then.
    static let most = 28

    /// - Parameters:
    ///   - from: where the range begins, and `to` where it ends; what of it lies after `now` is left out.
    ///   - overdue: the answer as of an instant up to `now`.
    init(from: Instant, to: Instant, now: Instant, in zone: Zone, _ overdue: (Instant) throws -> JSONValue) throws {
        guard from < min(to, now) else {
            days = []
            return
        }
        let last = CivilDate(of: min(to, now).lastBeforeDue, in: zone).daysSince1970
        let first = max(CivilDate(of: from, in: zone).daysSince1970, last - Self.most + 1)
        days = try (first...last).map { day in
            let asOf = min(CivilDate(daysSince1970: day + 1).start(in: zone), now)
            let answer = try overdue(asOf)
            return Day(
                name: CivilDate(daysSince1970: day).iso8601, asOf: asOf, overdue: answer.count("total") ?? 0,
                isCapped: answer["total_capped"].isTrue)
        }
    }

    /// The days as CSV (RFC 4180).
    var csv: String {
        days.reduce(into: "day,as_of,overdue\r\n") { csv, day in
            csv += "\(day.name),\(day.asOf.rfc3339),\(day.overdue)\r\n"
        }
    }
}
