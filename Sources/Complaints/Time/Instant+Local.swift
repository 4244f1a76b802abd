extension Instant {
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
