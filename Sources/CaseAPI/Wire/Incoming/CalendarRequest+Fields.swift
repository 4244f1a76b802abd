import Complaints

extension CalendarRequest {
    /// The body of `PUT /v1/calendars/{name}`, and a file of the same form.
    init(_ fields: FieldReader) {
        fields.named("CalendarRequest", "When a desk is open, by the clocks of its zone.")
        self.init(
            timeZone: fields.required(
                "time_zone", .zone, "The zone of its clocks, by its name in the IANA database.", placeholder: "UTC"),
            weekly: fields.required(
                object: "weekly", "The hours of each day of the week.", placeholder: [:], Self.weekly),
            specialDays: Self.specialDays(fields),
            teams: fields.values(
                "teams", .text(.label), "The teams that it is for; the one called default is for all others.",
                count: 0...Limits.calendarTeams) ?? [],
            effectiveFrom: fields.optional(
                "effective_from", .date,
                "The first local date that it holds on; before it the version of before does. Without it, all dates."))
        fields.sentBack(CalendarRecord.shown.names())
    }

    private static func weekly(_ fields: FieldReader) -> [Weekday: [OpenInterval]] {
        fields.named("WeeklyHours", "A day without hours is closed.")
        var weekly: [Weekday: [OpenInterval]] = [:]
        for day in Weekday.allCases {
            let hours = hours(day.rawValue, "", fields)
            if !hours.isEmpty { weekly[day] = hours }
        }
        return weekly
    }

    private static func specialDays(_ fields: FieldReader) -> [SpecialDay] {
        var dates = (single: Set<CivilDate>(), yearly: Set<CivilDate>())
        let days = fields.objects("special_days", "Dates with other hours, each once.") { fields in
            fields.named("SpecialDay", "Its hours are those of no day of the week.")
            let date = fields.required("date", .date, "Of a yearly one the first.", placeholder: .epoch)
            let yearly =
                fields.optional("yearly", .flag, "Whether it comes again each year on that day of that month.") ?? false
            let isNew =
                yearly
                ? dates.yearly.insert(CivilDate(year: 2000, month: date.month, day: date.day) ?? date).inserted
                : dates.single.insert(date).inserted
            if !isNew, fields.recorder == nil, date != .epoch {
                fields.issue(
                    "date", .conflictingFields,
                    yearly
                        ? "has a yearly day before it in the list: give each day of a month once."
                        : "stands before in the list: give each date once.")
            }
            return SpecialDay(
                date: date,
                name: fields.required(
                    "name", .text(.name), "What it is called, as a due is explained by it.", placeholder: ""),
                hours: hours("hours", "Without any, closed.", fields), yearly: yearly)
        }
        if days.count > Limits.specialDays {
            fields.issue(
                "special_days", .tooLong, "has \(days.count) items; at most \(Limits.specialDays) are taken.")
        }
        return days
    }

    /// The hours of one day.
    private static func hours(_ name: String, _ meaning: String, _ fields: FieldReader) -> [OpenInterval] {
        let hours =
            fields.values(name, .openInterval, meaning, count: 0...Limits.openIntervals) ?? []
        if let clash = zip(hours, hours.dropFirst()).first(where: { $0.closes > $1.opens }) {
            fields.issue(
                name, .conflictingFields,
                "must be in order and not overlap, but \(clash.1.words) does not lie after \(clash.0.words).")
        }
        return hours
    }
}

extension OpenInterval {
    fileprivate var words: String { "\(opening)-\(closing)" }
}

extension CivilDate {
    /// Stands in for a date that could not be read.
    static let epoch = CivilDate(daysSince1970: 0)
}

extension FieldKind<CivilDate> {
    /// A date as ISO 8601 has it.
    static var date: FieldKind {
        FieldKind(.date) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            guard let date = CivilDate(text.string) else {
                throw FieldFault(.invalidValue, "must be a date such as 2026-11-23.")
            }
            return date
        }
    }
}

extension FieldKind<OpenInterval> {
    /// From when to when, as two times of a day.
    static var openInterval: FieldKind {
        FieldKind(.openInterval) { value throws(FieldFault) in
            guard case .array(let items) = value else { throw wrongType(value, expected: "an array of two times") }
            guard items.count == 2 else {
                throw FieldFault(.invalidValue, "must have two times: when it opens, and when it closes.")
            }
            var times: [String] = []
            for item in items {
                guard case .string(let text) = item else { throw wrongType(item, expected: "two strings") }
                times.append(text.string)
            }
            guard let interval = OpenInterval(from: times[0], to: times[1]) else {
                throw FieldFault(
                    .invalidValue,
                    #"must be two times of a day, such as ["09:00", "17:30"]; "24:00" may be the second."#)
            }
            return interval
        }
    }
}
