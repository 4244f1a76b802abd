/// A day of the week, in the order of ISO 8601, which begins with Monday.
public enum Weekday: String, CaseIterable, Sendable, Hashable {
    case mon, tue, wed, thu, fri, sat, sun
}

extension CivilDate {
    /// Its day of the week: 1970-01-01 was a Thursday.
    public var weekday: Weekday {
        Weekday.allCases[Int(Int64(daysSince1970 + 3).flooredDivision(by: 7).remainder)]
    }
}
