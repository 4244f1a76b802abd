/// An event of an iCalendar file, as far as it may be a holiday.
struct FeedEvent {
    /// Where it begins, from 1.
    let line: Int
    private var lines: [ContentLine] = []
    /// It ends where another component does, or does not end.
    private var isOpen = true

    /// Why an event is no holiday.
    enum Fault: Error {
        case tooMany
        case taken(by: String)
        case reason(String)

        var detail: String {
            switch self {
            case .tooMany: "There are more special days than the \(Limits.specialDays) that a calendar may have."
            case .taken(let name): "Its date is \(name) already, and a date has one name."
            case .reason(let reason): reason
            }
        }
    }

    /// The events of a file; what else is in it (zones, to-dos) is passed over.
    static func all(_ lines: [ContentLine]) -> [FeedEvent] {
        var events: [FeedEvent] = []
        var current: FeedEvent?
        // Of a component inside of the event, an alarm.
        var inner = 0
        for line in lines {
            if line.isMark("BEGIN", "VEVENT") {
                if let current { events.append(current) }
                (current, inner) = (FeedEvent(line: line.number), 0)
            } else if line.isMark("END", "VEVENT"), var event = current {
                event.isOpen = false
                events.append(event)
                current = nil
            } else if current != nil {
                if line.name == "BEGIN" { inner += 1 }
                if inner == 0 { current?.lines.append(line) }
                if line.name == "END" { inner -= 1 }
            }
        }
        if let current { events.append(current) }
        return events
    }

    private init(line: Int) { self.line = line }

    private func property(_ name: ExactText) -> ContentLine? { lines.first { $0.name == name } }

    /// What it is called, on one line; nil when it has no name, or one that is none.
    var summary: String? {
        guard let text = property("SUMMARY")?.text else { return nil }
        let line = text.utf8.map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }
        return try? TextRule.name.checked(String(decoding: line, as: UTF8.self))
    }

    /// The special days that it is, closed all day.
    func days() throws(Fault) -> [SpecialDay] {
        guard !isOpen else { throw .reason("It has no END:VEVENT.") }
        if let odd = lines.first(where: { $0.name == "" }) {
            throw .reason("Line \(odd.number) is none of iCalendar: it has no colon.")
        }
        for name in ["DTSTART", "DTEND", "DURATION", "RRULE", "SUMMARY"] as [ExactText]
        where lines.count(where: { $0.name == name }) > 1 {
            throw .reason("It has more than one \(name).")
        }
        for name in ["RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"] as [ExactText] where property(name) != nil {
            throw .reason("\(name) is not taken: name each date in an event of its own.")
        }
        if let status = property("STATUS"), ExactText(status.value).asciiLowercased == "cancelled" {
            throw .reason("It is cancelled.")
        }
        guard let name = summary else {
            throw .reason(
                "SUMMARY, what the day is called, must be given: one line of up to \(Limits.name) characters.")
        }
        let first = try date("DTSTART")
        let count = try count(from: first)
        guard count <= CalendarFeed.longestEvent else {
            throw .reason("It has \(count) days; at most \(CalendarFeed.longestEvent) are taken for one event.")
        }
        let dates = (0..<count).map { CivilDate(daysSince1970: first.daysSince1970 + $0) }
        let furthest = Fault.reason("It goes past the year 9999.")
        guard dates.last?.year ?? 1 <= 9999 else { throw furthest }
        guard let rule = property("RRULE") else { return dates.map { Self.day($0, name, yearly: false) } }
        guard let years = try YearlyRule(rule.value, from: first).years else {
            return dates.map { Self.day($0, name, yearly: true) }
        }
        guard (dates.last?.year ?? 1) + (years.last ?? 0) <= 9999 else { throw furthest }
        return years.flatMap { years in
            dates.compactMap { date in
                // 29 February of a common year is no date, and no holiday.
                CivilDate(year: date.year + years, month: date.month, day: date.day)
            }
        }.map { Self.day($0, name, yearly: false) }
    }

    private static func day(_ date: CivilDate, _ name: String, yearly: Bool) -> SpecialDay {
        SpecialDay(date: date, name: name, hours: [], yearly: yearly)
    }

    /// `DTSTART;VALUE=DATE:20260406`. Many programs leave the `VALUE` out.
    private func date(_ name: ExactText) throws(Fault) -> CivilDate {
        guard let line = property(name) else { throw .reason("\(name) must be given.") }
        guard let date = CivilDate(basic: line.value) else {
            throw .reason(
                line.value.utf8.contains(UInt8(ascii: "T"))
                    ? "It has a time of day: only whole days are holidays (\(name);VALUE=DATE)."
                    : "\(name) must be a date such as 20260406.")
        }
        return date
    }

    /// How many days it has: up to the day before `DTEND`, or as `DURATION` says, or one (section 3.6.1).
    private func count(from first: CivilDate) throws(Fault) -> Int {
        if let duration = property("DURATION") {
            guard property("DTEND") == nil else { throw .reason("It has both DTEND and DURATION.") }
            guard let length = try? ElapsedTime(iso8601: duration.value), length > .zero,
                length.milliseconds.isMultiple(of: 86_400_000)
            else { throw .reason("DURATION must be whole days, such as P1D.") }
            return Int(length.milliseconds / 86_400_000)
        }
        guard property("DTEND") != nil else { return 1 }
        let count = try date("DTEND").daysSince1970 - first.daysSince1970
        // Some programs write the same date for one day.
        guard count >= 0 else { throw .reason("DTEND must not lie before DTSTART.") }
        return max(1, count)
    }
}

extension CivilDate {
    /// As iCalendar writes it: `20260406`.
    init?(basic text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.digits(4), year > 0, let month = scanner.digits(2), let day = scanner.digits(2),
            scanner.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
