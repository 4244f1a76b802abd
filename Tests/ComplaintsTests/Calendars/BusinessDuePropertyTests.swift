import TestSupport
import Testing

@testable import Complaints

extension Timetable {
    /// How much open time lies between two instants, date by date.
    fileprivate func open(from start: Instant, to end: Instant) -> ElapsedTime {
        var cursor = start
        var sum: Int64 = 0
        for day in start.dayOfUTC - 4...end.dayOfUTC + 2 {
            for span in hours(on: CivilDate(daysSince1970: day)) {
                let (opens, closes) = (max(span.opens, cursor), min(span.closes, end))
                guard opens < closes else { continue }
                sum += (closes - opens).milliseconds
                cursor = closes
            }
        }
        return ElapsedTime(milliseconds: sum)
    }
}

@Suite("Whatever the calendar")
struct BusinessDuePropertyTests {
    private static let zones = [
        "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo",
        "Africa/Casablanca", "Europe/Dublin", "Antarctica/Troll", "America/St_Johns", "UTC",
    ]

    private var random = SeededRandom(20)

    private mutating func hours(from least: Int = 0) -> [OpenInterval] {
        var marks: Set<Int> = []
        let count = 2 * Int.random(in: 1...3, using: &random)
        while marks.count < count {
            marks.insert(Int.random(in: least / 5...287, using: &random) * 5)
        }
        let sorted = marks.sorted()
        var hours = stride(from: 0, to: sorted.count, by: 2).compactMap {
            OpenInterval(opens: sorted[$0], closes: sorted[$0 + 1])
        }
        if random.once(in: 4), let last = hours.popLast(), let night = OpenInterval(opens: last.opens, closes: 300) {
            hours.append(night)
        }
        return hours
    }

    /// Open for ten hours a week at least, so that what is asked for is there within ten years.
    private mutating func calendar() -> BusinessCalendar {
        var weekly: [Weekday: [OpenInterval]] = [:]
        while weekly.values.joined().map({ $0.closes - $0.opens }).reduce(0, +) < 600 {
            for day in Weekday.allCases { weekly[day] = random.once(in: 3) ? [] : hours() }
        }
        var special: [Int: SpecialDay] = [:]
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let day = Int.random(in: 20_400...20_700, using: &random)
            special[day] = SpecialDay(
                date: CivilDate(daysSince1970: day), name: "Day", hours: random.once(in: 2) ? [] : hours(),
                yearly: false)
        }
        return BusinessCalendar(
            name: "desk", timeZone: Self.zones.randomElement(using: &random) ?? "UTC", weekly: weekly,
            specialDays: Array(special.values))
    }

    private mutating func start() -> Instant {
        Instant(milliseconds: Int64.random(in: 20_450 * 86_400_000...20_600 * 86_400_000, using: &random))
    }

    private mutating func length() -> ElapsedTime {
        .seconds(Int64.random(in: 1...(random.once(in: 2) ? 400_000 : 4_000_000), using: &random))
    }

    private func due(
        _ table: Timetable, _ start: Instant, days: Int = 0, _ time: ElapsedTime = .zero, at: DueTime? = nil
    )
        throws -> Instant
    {
        try table.due(.after(BusinessSpan(days: days, time: time), at: at), from: start).instant
    }

    @Test("a later start never gives an earlier due, in hours, and in days at their close or end")
    mutating func laterStart() throws {
        for _ in 0..<400 {
            let table = try Timetable([calendar()])
            let (start, time, days) = (start(), length(), Int.random(in: 1...40, using: &random))
            let later = start + .seconds(Int64.random(in: 0...400_000, using: &random))
            #expect(try due(table, start, time) <= due(table, later, time))
            for at in [DueTime.close, .endOfDay] {
                #expect(try due(table, start, days: days, at: at) <= due(table, later, days: days, at: at))
            }
        }
    }

    @Test(
        "that can't hold of the same time of day: on Saturday at four it is Monday at four, on Sunday at ten Monday at ten"
    )
    func sameTime() throws {
        let table = try Timetable([CalendarSamples.calendar("UTC")])
        let saturday = try Instant(rfc3339: "2026-04-11T16:00:00Z")
        let sunday = try Instant(rfc3339: "2026-04-12T10:00:00Z")
        #expect(try due(table, saturday, days: 1, at: .sameTime).rfc3339 == "2026-04-13T16:00:00Z")
        #expect(try due(table, sunday, days: 1, at: .sameTime).rfc3339 == "2026-04-13T10:00:00Z")
    }

    @Test("more time never gives an earlier due, and two steps are one of their sum")
    mutating func moreTime() throws {
        for _ in 0..<400 {
            let table = try Timetable([calendar()])
            let (start, first, second) = (start(), length(), length())
            let sum = ElapsedTime(milliseconds: first.milliseconds + second.milliseconds)
            let middle = try due(table, start, first)
            #expect(middle > start)
            #expect(try due(table, start, sum) > middle)
            #expect(try due(table, middle, second) == due(table, start, sum))
            let days = Int.random(in: 1...30, using: &random)
            #expect(try due(table, start, days: days) <= due(table, start, days: days + 1))
        }
    }

    @Test("opening longer never gives a later due in hours, and closing a date never an earlier one")
    mutating func otherHours() throws {
        for _ in 0..<400 {
            let calendar = calendar()
            let table = try Timetable([calendar])
            let (start, time, days) = (start(), length(), Int.random(in: 1...40, using: &random))
            var longer = calendar
            let day = Weekday.allCases.randomElement(using: &random) ?? .mon
            longer.weekly[day] = [OpenInterval(opens: 0, closes: 1440)].compactMap(\.self)
            let nights = (calendar.weekly[day] ?? []).filter { $0.closes > 1440 }
            longer.weekly[day]? += nights
            #expect(try due(Timetable([longer]), start, time) <= due(table, start, time))
            var shorter = calendar
            let date = CivilDate(daysSince1970: Int.random(in: 20_450...20_700, using: &random))
            shorter.specialDays.removeAll { $0.date == date }
            shorter.specialDays.append(SpecialDay(date: date, name: "Closed", hours: [], yearly: false))
            let closed = try Timetable([shorter])
            #expect(try due(closed, start, time) >= due(table, start, time))
            #expect(try due(closed, start, days: days) >= due(table, start, days: days))
        }
    }

    @Test("the due is the earliest instant by which so much open time has passed")
    mutating func earliest() throws {
        for _ in 0..<400 {
            let table = try Timetable([calendar()])
            let (start, time) = (start(), length())
            let instant = try due(table, start, time)
            let less = ElapsedTime(milliseconds: time.milliseconds - 1)
            #expect(try less == .zero || due(table, start, less) < instant)
            let open = table.open(from: start, to: instant)
            #expect(open == time)
            #expect(table.open(from: start, to: Instant(milliseconds: instant.milliseconds - 1)) < time)
        }
    }
}
