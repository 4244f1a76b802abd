/// A week of ISO 8601: it begins on Monday, and belongs to the year that its Thursday lies in.
struct ISOWeek: Hashable {
    let year: Int
    /// 1 to 53.
    let number: Int

    /// The week of a day, which is given in days since 1970-01-01.
    init(ofDay day: Int) {
        let thursday = day - Self.weekday(ofDay: day) + 3
        year = CivilDate(daysSince1970: thursday).year
        let newYear = CivilDate(year: year, month: 1, day: 1)?.daysSince1970 ?? thursday
        number = (thursday - newYear) / 7 + 1
    }

    /// Days since Monday: 0 to 6. 1970-01-01 was a Thursday.
    static func weekday(ofDay day: Int) -> Int {
        Int(Int64(day + 3).flooredDivision(by: 7).remainder)
    }
}
