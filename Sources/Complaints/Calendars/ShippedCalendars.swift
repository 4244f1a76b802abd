/// Calendars that come with the program, and are in no database: version 0 of each. One on record takes the place of the shipped
/// one of its name. None is for a team, so no desk's business time is counted on one.
public enum ShippedCalendars {
    /// Every one there is.
    public static let all: [BusinessCalendar] = [englandAndWales]

    /// The one of that name; nil when none has it.
    package static func calendar(named name: FoldedName) -> BusinessCalendar? { byName[name] }

    /// Their folded names.
    package static let names = Set(byName.keys)

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { (FoldedName($0.name), $0) })

    /// Working days in England and Wales: Monday to Friday without the bank holidays of 2024 to 2030, as gov.uk lists those that
    /// are proclaimed and the Banking and Financial Dealings Act 1971 has the others. Those that fall on a weekend are told of
    /// by their substitute day alone.
    private static let englandAndWales = BusinessCalendar(
        name: "england-and-wales", timeZone: "Europe/London",
        weekly: Dictionary(
            uniqueKeysWithValues: [Weekday.mon, .tue, .wed, .thu, .fri].map { ($0, [officeHours]) }),
        specialDays: bankHolidays.map { SpecialDay(date: $0.date, name: $0.name, hours: [], yearly: false) },
        version: 0)

    private static let officeHours = OpenInterval(opens: 9 * 60, closes: 17 * 60)!

    private static let bankHolidays: [(date: CivilDate, name: String)] =
        [
            (2024, [(1, 1), (3, 29), (4, 1), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26)]),
            (2025, [(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
            (2026, [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]),
            (2027, [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]),
            (2028, [(1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]),
            (2029, [(1, 1), (3, 30), (4, 2), (5, 7), (5, 28), (8, 27), (12, 25), (12, 26)]),
            (2030, [(1, 1), (4, 19), (4, 22), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26)]),
        ].flatMap { year, dates in
            zip(dates, holidays).map { date, name in (CivilDate(year: year, month: date.0, day: date.1)!, name) }
        }

    /// In the order of a year.
    private static let holidays = [
        "New Year's Day", "Good Friday", "Easter Monday", "Early May bank holiday", "Spring bank holiday",
        "Summer bank holiday", "Christmas Day", "Boxing Day",
    ]
}
