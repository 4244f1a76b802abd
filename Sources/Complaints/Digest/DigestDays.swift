/// The days that a digest is told by: today, and what comes of the week after it, by the clocks of one zone. A due belongs to the
/// day that it is the end, 24:00, of (`Instant.lastBeforeDue`); weeks begin on Monday (ISO 8601).
public struct DigestDays: Sendable, Hashable {
    /// Whose clocks these are.
    public let zone: Zone
    /// The date of the digest.
    public let today: CivilDate
    /// The Sunday of its week.
    public let lastOfWeek: CivilDate
    /// The first due of tomorrow.
    public let endOfToday: Instant
    /// The first due of the next week; on a Sunday that is `endOfToday`.
    public let endOfWeek: Instant

    /// The days of a digest as of an instant.
    public init(at now: Instant, in zone: Zone) {
        let day = LocalDay(of: now, in: zone)
        self.zone = zone
        today = CivilDate(of: now, in: zone)
        lastOfWeek = CivilDate(
            daysSince1970: today.daysSince1970 - ISOWeek.weekday(ofDay: today.daysSince1970) + 6)
        endOfToday = day.end.firstDueOfDay
        // Where midnight comes twice on a Sunday, these two may take another one of both.
        endOfWeek = max(endOfToday, NamedPeriod.thisWeek.ends(at: now, in: zone).to.firstDueOfDay)
    }
}
