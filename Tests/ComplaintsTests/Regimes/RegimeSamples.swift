import Complaints
import Testing

/// Regimes of tests, on a calendar of London's about Easter and Christmas 2026.
enum RegimeSamples {
    static func london() throws -> Timetable {
        try Timetable([
            CalendarSamples.calendar(
                "Europe/London", "09:00-17:00",
                special: [
                    ("2026-04-03", "Good Friday", ""), ("2026-04-06", "Easter Monday", ""),
                    ("2026-12-25", "Christmas Day", ""), ("2026-12-28", "Boxing Day (substitute day)", ""),
                ])
        ])
    }

    static func timetable(_ closed: Regime.ReceivedClosed = .same, on calendar: Timetable? = nil) throws
        -> RegimeTimetable
    {
        let regime = Regime(
            name: "ombudsman", title: "The ombudsman's", authority: "Ombudsman", source: "Scheme 1.2", calendar: "desk",
            receivedClosed: closed, stages: [RegimeStage(name: "first", clocks: [])], version: 3)
        return RegimeTimetable(regime, calendar: try calendar ?? london())
    }

    /// A clock that makes an answer: `8 weeks`.
    static func clock(
        _ count: Int, _ unit: ClockUnit, _ until: ClockTime? = .endOfDay, anchor: ClockAnchor = .received,
        extended: ClockExtension? = nil
    ) -> RegimeClock {
        RegimeClock(
            name: "answer", anchor: anchor, length: ClockLength(count, unit), until: unit == .hours ? nil : until,
            makes: .promise(.answer), extension: extended)
    }
}
