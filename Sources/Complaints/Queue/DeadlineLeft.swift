/// How much of the time is left by when a case must be settled.
public struct DeadlineLeft: Sendable, Hashable {
    /// By when.
    public let deadline: Instant
    /// Whole days of 24 hours, below zero once it has passed.
    public let days: Int
    /// Open dates of the calendar of the case's regime, else of its team's, without that of today; below zero those that have gone
    /// by since. Nil without a calendar.
    public let businessDays: Int?
    /// By whose clocks the deadline is told.
    public let zone: Zone

    /// From so long before a deadline on it is near: ten business days of an ordinary week, and the same for every case, whatever
    /// its calendar, so that what nears is looked up by its instant.
    public static let horizon = ElapsedTime.days(14)

    /// What is left at `now`.
    public init(_ deadline: Instant, at now: Instant, businessDays: Int?, zone: Zone = .utc) {
        self.deadline = deadline
        self.zone = zone
        self.businessDays = businessDays
        days = Int((deadline - now).milliseconds.flooredDivision(by: ElapsedTime.days(1).milliseconds).quotient)
    }

    /// Since when it is near.
    public var since: Instant { Instant(milliseconds: deadline.milliseconds - Self.horizon.milliseconds) }

    /// A sentence for people.
    public var words: String {
        guard days >= 0 else {
            let open = businessDays.map { $0 < 0 ? ", \(Self.count(-$0, "business day")) ago" : "" } ?? ""
            return "The case was to be settled by \(deadline.dueText(in: zone))\(open)."
        }
        let open = businessDays.map { ", with \(Self.count($0, "business day"))" } ?? ""
        return "The case must be settled by \(deadline.dueText(in: zone)): \(Self.count(days, "day"))\(open) left."
    }

    private static func count(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }
}
