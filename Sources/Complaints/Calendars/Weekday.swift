/// A day of the week, in the order of ISO 8601, which begins with Monday.
public enum Weekday: String, Vocabulary {
    case mon, tue, wed, thu, fri, sat, sun

    /// As it begins a sentence: `Monday`.
    public var name: String {
        switch self {
        case .mon: "Monday"
        case .tue: "Tuesday"
        case .wed: "Wednesday"
        case .thu: "Thursday"
        case .fri: "Friday"
        case .sat: "Saturday"
        case .sun: "Sunday"
        }
    }

    /// Its first three letters: `Mon`.
    var short: String { String(name.prefix(3)) }
}

extension CivilDate {
    /// Its day of the week: 1970-01-01 was a Thursday.
    public var weekday: Weekday {
        Weekday.allCases[Int(Int64(daysSince1970 + 3).flooredDivision(by: 7).remainder)]
    }
}
