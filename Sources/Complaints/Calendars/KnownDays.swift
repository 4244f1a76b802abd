/// The special days of a calendar, by what it has one of.
struct KnownDays {
    private let days: [SpecialDate: SpecialDay]

    init(_ days: [SpecialDay]) { self.days = Dictionary(days.map { (SpecialDate($0), $0) }) { $1 } }

    /// The one that is there on the date of another, be it each year.
    subscript(day: SpecialDay) -> SpecialDay? {
        if let same = days[SpecialDate(day)] { return same }
        guard let yearly = days[SpecialDate(day).eachYear], yearly.date.year <= day.date.year else { return nil }
        return yearly
    }
}

/// What a calendar has one special day of: a date, or a day of each year.
struct SpecialDate: Hashable {
    private var year: Int?
    private let month: Int
    private let day: Int

    /// That day of each year.
    var eachYear: SpecialDate {
        var date = self
        date.year = nil
        return date
    }

    init(_ special: SpecialDay) {
        year = special.yearly ? nil : special.date.year
        (month, day) = (special.date.month, special.date.day)
    }
}
