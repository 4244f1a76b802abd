/// The special days of a version of a calendar, by their dates: a single one outranks a yearly one.
struct SpecialDays: Sendable {
    private let single: [Int: SpecialDay]
    /// By month and day.
    private let yearly: [Int: SpecialDay]
    private let days: [Int]
    private let keys: [Int]

    init(_ all: [SpecialDay]) {
        var single: [Int: SpecialDay] = [:]
        var yearly: [Int: SpecialDay] = [:]
        for day in all {
            if day.yearly { yearly[Self.key(day.date)] = day } else { single[day.date.daysSince1970] = day }
        }
        (self.single, self.yearly) = (single, yearly)
        days = single.keys.sorted()
        keys = yearly.keys.sorted()
    }

    private static func key(_ date: CivilDate) -> Int { date.month * 32 + date.day }

    /// The special day of a date, in days since 1970.
    func day(_ number: Int) -> SpecialDay? {
        if let day = single[number] { return day }
        guard !keys.isEmpty else { return nil }
        let date = CivilDate(daysSince1970: number)
        return yearly[Self.key(date)].flatMap { $0.date.year <= date.year ? $0 : nil }
    }

    /// No date from this one on, but before the one returned, is special.
    func next(from number: Int) -> Int {
        var (low, high) = (0, days.count)
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < number { low = middle + 1 } else { high = middle }
        }
        let bound = low < days.count ? days[low] : Int.max
        guard !keys.isEmpty else { return bound }
        // A yearly one comes again within eight years, be it 29 February (1896 to 1904).
        let year = CivilDate(daysSince1970: number).year
        for year in year...year + 8 {
            for key in keys {
                guard let date = CivilDate(year: year, month: key / 32, day: key % 32) else { continue }
                let candidate = date.daysSince1970
                if candidate >= bound { return bound }
                if candidate >= number { return candidate }
            }
        }
        return bound
    }
}
