extension Instant {
    /// The last instant before a due, which is what its day, week and month are told by: what is due at the first instant of a
    /// day is due at the end, 24:00, of the day before it ("by the end of the 28th"), and belongs there.
    public var lastBeforeDue: Instant { self + ElapsedTime(milliseconds: -1) }

    /// The first due of the day that begins at this instant, for the same reason.
    public var firstDueOfDay: Instant { self + ElapsedTime(milliseconds: 1) }

    /// A due as people say it, by the clocks of a zone: `Mon 2026-11-02 16:30`, and `Mon 2026-11-02 24:00` for what is due at
    /// the end of that day.
    public func dueText(in zone: Zone) -> String {
        let isEnd = self == CivilDate(of: self, in: zone).start(in: zone)
        let date = CivilDate(of: isEnd ? lastBeforeDue : self, in: zone)
        let clock = isEnd ? "24:00" : String(localText(in: zone).dropFirst("2026-11-02 ".count).prefix("16:30".count))
        return "\(date.weekday.short) \(date.iso8601) \(clock)"
    }
}
