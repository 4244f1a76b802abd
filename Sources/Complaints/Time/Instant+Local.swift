extension Instant {
    /// By RFC 3339, as clocks of the zone show it, with their offset: `2026-03-01T11:00:00+01:00`, whole seconds; with `Z`
    /// where that is none.
    public func rfc3339(in zone: Zone) -> String {
        let minutes = zone.offset(at: self) / 60_000
        guard minutes != 0 else { return rfc3339 }
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let local = localText(in: zone).replacing(" ", with: "T")
        return "\(local)\(minutes < 0 ? "-" : "+")\(two(abs(minutes) / 60)):\(two(abs(minutes) % 60))"
    }

    /// What clocks of the zone show then, as spreadsheet programs take it for a date and a time in whatever language:
    /// `2026-03-01 10:00:00`, whole seconds.
    public func localText(in zone: Zone) -> String {
        let (second, _) = milliseconds.flooredDivision(by: 1000)
        let (day, time) = (second + zone.offset(at: self) / 1000).flooredDivision(by: 86_400)
        let date = CivilDate(daysSince1970: Int(day))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let year = String(repeating: "0", count: max(0, 4 - String(date.year).utf8.count)) + String(date.year)
        let clock = [time / 3600, time / 60 % 60, time % 60].map { two(Int($0)) }.joined(separator: ":")
        return "\(year)-\(two(date.month))-\(two(date.day)) \(clock)"
    }
}
