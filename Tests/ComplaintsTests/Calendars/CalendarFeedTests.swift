import TestSupport
import Testing

@testable import Complaints

@Suite("Holidays of an iCalendar file")
struct CalendarFeedTests {
    private func feed(_ events: String..., end: String = "\r\n") throws -> CalendarFeed {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//"]
        for event in events {
            lines += ["BEGIN:VEVENT", "UID:1"]
            lines += event.split(separator: "\n").map(String.init)
            lines.append("END:VEVENT")
        }
        lines += ["END:VCALENDAR", ""]
        return try CalendarFeed(Array(lines.joined(separator: end).utf8))
    }

    private func shown(_ feed: CalendarFeed) -> [String] {
        feed.days.map { "\($0.date.iso8601) \($0.name)\($0.yearly ? " yearly" : "")" }
    }

    @Test(
        "are its whole days: one, several, or each year",
        arguments: [
            ("DTSTART;VALUE=DATE:20260406\nSUMMARY:Easter Monday", ["2026-04-06 Easter Monday"]),
            ("DTSTART:20260406\nSUMMARY:Easter Monday", ["2026-04-06 Easter Monday"]),
            ("DTSTART;VALUE=DATE:20260406\nDTEND;VALUE=DATE:20260407\nSUMMARY:x", ["2026-04-06 x"]),
            ("DTSTART;VALUE=DATE:20260406\nDTEND;VALUE=DATE:20260406\nSUMMARY:x", ["2026-04-06 x"]),
            ("DTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270102\nSUMMARY:x", ["2026-12-31 x", "2027-01-01 x"]),
            ("DTSTART;VALUE=DATE:20260406\nDURATION:P2D\nSUMMARY:x", ["2026-04-06 x", "2026-04-07 x"]),
            ("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY\nSUMMARY:x", ["2026-12-25 x yearly"]),
            (
                "DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25;INTERVAL=1\nSUMMARY:x",
                ["2026-12-25 x yearly"]
            ),
            ("DTSTART;VALUE=DATE:20261225\nRRULE:COUNT=2;FREQ=yearly\nSUMMARY:x", ["2026-12-25 x", "2027-12-25 x"]),
            (
                "DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;UNTIL=20281224\nSUMMARY:x",
                ["2026-12-25 x", "2027-12-25 x"]
            ),
            (
                "DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;UNTIL=20281225T000000Z;INTERVAL=2\nSUMMARY:x",
                ["2026-12-25 x", "2028-12-25 x"]
            ),
            ("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY;COUNT=2\nSUMMARY:x", ["2024-02-29 x", "2028-02-29 x"]),
            (
                "DTSTART;VALUE=DATE:20260406\nSUMMARY;LANGUAGE=de:Ostern\\, \\\"Mon\\;tag\\\\\\nfrei",
                ["2026-04-06 Ostern, \"Mon;tag\\ frei"]
            ),
            ("DTSTART;VALUE=DATE;X-A=\"b:c;d\":20260406\nSUMMARY:Os\n\tter\n mon\nX-TAG:1", ["2026-04-06 Ostermon"]),
            ("dtstart;value=date:20260406\nsummary:x\nBEGIN:VALARM\nDTSTART:nonsense\nEND:VALARM", ["2026-04-06 x"]),
        ])
    func taken(event: String, expected: [String]) throws {
        for end in ["\r\n", "\n"] { #expect(try shown(feed(event, end: end)) == expected) }
    }

    @Test("are read from folded lines, whatever ends them, and behind a byte order mark")
    func folded() throws {
        for end in ["\r\n", "\n"] {
            let text = [
                "\u{FEFF}BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART;VALUE=", " DATE:2026", "\t0406",
                "SUMMARY:Oster", "  montag", "END:VEVENT", "END:VCALENDAR",
            ].joined(separator: end)
            #expect(try shown(CalendarFeed(Array(text.utf8))) == ["2026-04-06 Oster montag"])
        }
        // In the middle of a letter, as some programs count bytes.
        var bytes = Array(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260406\nSUMMARY:\u{C4}\nEND:VEVENT\nEND:VCALENDAR".utf8)
        let place = try #require(bytes.firstIndex(of: 0x84))
        bytes.insert(contentsOf: Array("\n ".utf8), at: place)
        #expect(try shown(CalendarFeed(bytes)) == ["2026-04-06 \u{C4}"])
    }

    @Test(
        "what is none is refused with its line and the reason, and the others are taken",
        arguments: [
            (
                "DTSTART:20260406T090000Z\nSUMMARY:x",
                "It has a time of day: only whole days are holidays (DTSTART;VALUE=DATE)."
            ),
            ("DTSTART:20260431\nSUMMARY:x", "DTSTART must be a date such as 20260406."),
            ("SUMMARY:x", "DTSTART must be given."),
            ("DTSTART:20260406", "SUMMARY, what the day is called, must be given: one line of up to 200 characters."),
            (
                "DTSTART:20260406\nSUMMARY: ",
                "SUMMARY, what the day is called, must be given: one line of up to 200 characters."
            ),
            ("DTSTART:20260406\nDTEND:20260405\nSUMMARY:x", "DTEND must not lie before DTSTART."),
            ("DTSTART:20260406\nDTEND:20260407\nDURATION:P1D\nSUMMARY:x", "It has both DTEND and DURATION."),
            ("DTSTART:20260406\nDURATION:PT1H\nSUMMARY:x", "DURATION must be whole days, such as P1D."),
            ("DTSTART:20260406\nDTEND:20270406\nSUMMARY:x", "It has 365 days; at most 45 are taken for one event."),
            ("DTSTART:20260406\nRRULE:FREQ=WEEKLY\nSUMMARY:x", "RRULE must be FREQ=YEARLY."),
            (
                "DTSTART:20260406\nRRULE:FREQ=YEARLY;BYDAY=2MO\nSUMMARY:x",
                "BYDAY of RRULE is not taken: name each date in an event of its own."
            ),
            (
                "DTSTART:20260406\nRRULE:FREQ=YEARLY;BYMONTH=5\nSUMMARY:x",
                "BYMONTH of RRULE is another than that of DTSTART."
            ),
            (
                "DTSTART:20260406\nRRULE:FREQ=YEARLY;COUNT=2;UNTIL=20300101\nSUMMARY:x",
                "RRULE has both COUNT and UNTIL."
            ),
            ("DTSTART:20260406\nRRULE:FREQ=YEARLY;INTERVAL=2\nSUMMARY:x", "INTERVAL of RRULE needs COUNT or UNTIL."),
            (
                "DTSTART:20260406\nRRULE:FREQ=YEARLY;COUNT=1000\nSUMMARY:x",
                "COUNT of RRULE must be a number from 1 to 100."
            ),
            ("DTSTART:20260406\nRRULE:FREQ=YEARLY;UNTIL=20250101\nSUMMARY:x", "UNTIL of RRULE lies before DTSTART."),
            (
                "DTSTART:20260406\nRRULE:FREQ=YEARLY;UNTIL=99991231\nSUMMARY:x",
                "UNTIL of RRULE is more than 100 years off."
            ),
            ("DTSTART:99900406\nRRULE:FREQ=YEARLY;COUNT=20\nSUMMARY:x", "It goes past the year 9999."),
            ("DTSTART:20260406\nRRULE:FREQ\nSUMMARY:x", "RRULE can't be read."),
            (
                "DTSTART:20260406\nRDATE:20260501\nSUMMARY:x",
                "RDATE is not taken: name each date in an event of its own."
            ),
            ("DTSTART:20260406\nSTATUS:CANCELLED\nSUMMARY:x", "It is cancelled."),
            ("DTSTART:20260406\nDTSTART:20260407\nSUMMARY:x", "It has more than one DTSTART."),
            ("DTSTART:20260406\nSUMMARY:x\nnonsense", "Line 13 is none of iCalendar: it has no colon."),
        ])
    func refused(event: String, reason: String) throws {
        let good = "DTSTART:20260501\nSUMMARY:May Day"
        let feed = try feed(good, event)
        #expect(shown(feed) == ["2026-05-01 May Day"])
        #expect(feed.refused.map(\.reason) == [reason])
        #expect(feed.refused.map(\.line) == [9])
    }

    @Test("a date has one name: the same event again is passed over, another one refused")
    func again() throws {
        let day = "DTSTART:20260501\nSUMMARY:May Day"
        let feed = try feed(
            day, day, "DTSTART:20260501\nSUMMARY:Ascension", "DTSTART:20260501\nRRULE:FREQ=YEARLY\nSUMMARY:y")
        #expect(shown(feed) == ["2026-05-01 May Day", "2026-05-01 y yearly"])
        #expect(feed.refused.map(\.reason) == ["Its date is May Day already, and a date has one name."])
        let others = [SpecialDay(date: feed.days[0].date, name: "Ours", hours: [], yearly: false)]
        let sorted = feed.sorted(beside: others)
        #expect(sorted.added.map(\.name) == ["y"] && sorted.alreadyThere.map(\.other.name) == ["Ours"])
        // A day of each year is there on its date of every year from its first on.
        func yearly(_ year: Int) -> [SpecialDay] {
            [SpecialDay(date: CivilDate(year: year, month: 5, day: 1)!, name: "Ours", hours: [], yearly: true)]
        }
        #expect(feed.sorted(beside: yearly(2020)).added.isEmpty)
        #expect(feed.sorted(beside: yearly(2027)).added.map(\.name) == ["May Day"])
    }

    @Test("a file that is none is refused as a whole")
    func noCalendar() {
        let cases: [(CalendarFeed.Fault, [UInt8])] = [
            (.noCalendar, []), (.noCalendar, Array("hello".utf8)), (.noCalendar, Array("BEGIN:VCALENDAR\n".utf8)),
            (.noCalendar, Array("{}".utf8)), (.notUTF8, [0xFF, 0xFE, 0x42]),
            (.tooLong, [UInt8](repeating: 0x0A, count: CalendarFeed.longest + 1)),
        ]
        for (fault, bytes) in cases { #expect(throws: fault) { try CalendarFeed(bytes) } }
    }

    @Test("whatever bytes are read or refused, and no more is listed than is of use")
    func random() throws {
        let event =
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260406\r\nRRULE:FREQ=YEARLY;COUNT=3\r\nSUMMARY:East\\,er\r\nEND:VEVENT\r\n"
        let whole = Array("BEGIN:VCALENDAR\r\n\(String(repeating: event, count: 3))END:VCALENDAR\r\n".utf8)
        var random = SeededRandom(3)
        for _ in 0..<3_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 9...127, using: &random)
            }
            guard let feed = try? CalendarFeed(bytes) else { continue }
            #expect(feed.days.count <= Limits.specialDays && feed.refused.count <= 3)
        }
        let many = String(repeating: "BEGIN:VEVENT\nEND:VEVENT\n", count: 500)
        let feed = try CalendarFeed(Array("BEGIN:VCALENDAR\n\(many)END:VCALENDAR".utf8))
        #expect(feed.refused.count == 101 && feed.refused.last?.reason == "400 more events were refused.")
        let dates = (0..<2_500).map {
            "BEGIN:VEVENT\nSUMMARY:x\nDTSTART:\(CivilDate(daysSince1970: 20_000 + $0).iso8601.filter { $0 != "-" })\nEND:VEVENT\n"
        }
        let full = try CalendarFeed(Array("BEGIN:VCALENDAR\n\(dates.joined())END:VCALENDAR".utf8))
        #expect(full.days.count == Limits.specialDays && full.refused.count == 101)
    }
}
