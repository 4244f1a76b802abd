/// A version of a regime with its calendar: by when each of its clocks is due.
public struct RegimeTimetable: Sendable {
    /// The version whose clocks these are.
    public let regime: Regime
    /// The versions of its calendar.
    public let calendar: Timetable

    /// - Parameter calendar: that of `regime.calendar`, as far as it holds from the receipt on.
    public init(_ regime: Regime, calendar: Timetable) {
        self.regime = regime
        self.calendar = calendar
    }
}

extension RegimeTimetable {
    /// The date of an instant by the clocks of its calendar.
    package func date(of instant: Instant) -> CivilDate { CivilDate(daysSince1970: calendar.day(at: instant).day) }
}
