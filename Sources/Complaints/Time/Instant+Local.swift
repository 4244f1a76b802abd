import Foundation

extension Instant {
    /// What clocks of the zone show then, as spreadsheet programs take it for a date and a time in whatever language:
    /// `2026-03-01 10:00:00`, whole seconds.
    public func localText(in zone: Zone) -> String {
        let (second, _) = milliseconds.flooredDivision(by: 1000)
        let (day, time) = (second + Int64(zone.offset(at: self))).flooredDivision(by: 86_400)
        let date = CivilDate(daysSince1970: Int(day))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let year = String(repeating: "0", count: max(0, 4 - String(date.year).utf8.count)) + String(date.year)
        let clock = [time / 3600, time / 60 % 60, time % 60].map { two(Int($0)) }.joined(separator: ":")
        return "\(year)-\(two(date.month))-\(two(date.day)) \(clock)"
    }
}

extension Zone {
    /// How many seconds its clocks are ahead of UTC at an instant.
    package func offset(at instant: Instant) -> Int {
        self == .utc
            ? 0 : rules.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
    }
}
