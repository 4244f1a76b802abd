import Complaints
import Testing

@testable import casekeeper

@Suite("Dates of a file's own form")
struct DatePatternTests {
    @Test(
        "are read as the instants they name",
        arguments: [
            ("yyyy/M/d", "2020/3/8", "UTC", "2020-03-08T00:00:00Z"),
            ("yyyy/M/d", "2020/12/31", "UTC", "2020-12-31T00:00:00Z"),
            ("yyyy-MM-dd", "2020-02-29", "Europe/Berlin", "2020-02-28T23:00:00Z"),
            ("dd.MM.yyyy HH:mm", "01.07.2020 14:30", "Europe/Berlin", "2020-07-01T12:30:00Z"),
            ("M/d/yyyy h:mm a", "7/1/2020 12:05 AM", "UTC", "2020-07-01T00:05:00Z"),
            ("M/d/yyyy h:mm a", "7/1/2020 12:05 pm", "UTC", "2020-07-01T12:05:00Z"),
            ("d MMM yyyy", "9 nov 1989", "UTC", "1989-11-09T00:00:00Z"),
            ("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2020-07-01T10:00:00.250+05:30", "UTC", "2020-07-01T04:30:00.250Z"),
            ("yyyyMMdd", "20200701", "UTC", "2020-07-01T00:00:00Z"),
            // Clocks skip 02:30 and show 02:30 twice.
            ("yyyy-MM-dd HH:mm", "2020-03-29 02:30", "Europe/Berlin", "2020-03-29T01:30:00Z"),
            ("yyyy-MM-dd HH:mm", "2020-10-25 02:30", "Europe/Berlin", "2020-10-25T00:30:00Z"),
            ("yyyy-MM-dd HH:mm", "2020-10-25 03:30", "Europe/Berlin", "2020-10-25T02:30:00Z"),
        ])
    func read(pattern: String, text: String, zone: String, expected: String) throws {
        let timeZone = try #require(ZoneDatabase.system.zone(named: zone))
        #expect(try DatePattern(pattern).date(text, in: timeZone)?.instant.rfc3339 == expected)
    }

    @Test(
        "are refused when they have another form, or there is no such day",
        arguments: [
            ("yyyy/M/d", "2020/13/1"), ("yyyy/M/d", "2020/2/30"), ("yyyy/M/d", "2020-2-3"), ("yyyy/M/d", "2020/2/3 "),
            ("yyyy/M/d", "20/2/3"), ("yyyy/M/d", "2020/002/3"), ("yyyy/M/d", ""), ("yyyy/M/d", "2020/2/٣"),
            ("yyyy-MM-dd", "2020-2-03"), ("yyyy-MM-dd", "0000-01-01"), ("yyyy-MM-dd HH:mm", "2020-01-01 24:00"),
            ("M/d/yyyy h a", "7/1/2020 13 PM"), ("M/d/yyyy h a", "7/1/2020 0 AM"), ("M/d/yyyy h a", "7/1/2020 1 XM"),
            ("d MMM yyyy", "9 Foo 1989"), ("yyyy-MM-dd XXX", "2020-01-01 +1:00"),
            ("yyyy-MM-dd XXX", "2020-01-01 ++1:00"), ("yyyy/M/d", "2020/3/8\u{301}"), ("yyyy/M/d", "2020/\u{301}3/8"),
            ("d MMM yyyy", "9 Nov\u{301} 1989"), ("d MMM yyyy", "9 \u{FF4E}ov 1989"),
            ("h a d/M/yyyy", "1 PM\u{200D} 1/1/2020"),
        ])
    func refused(pattern: String, text: String) throws {
        #expect(try DatePattern(pattern).date(text, in: .utc) == nil)
    }

    @Test(
        "without a time are of the whole day, however long that is",
        arguments: [
            ("dd.MM.yyyy", "07.06.2024", "Europe/Berlin", "2024-06-07T22:00:00Z"),
            ("dd.MM.yyyy", "31.03.2024", "Europe/Berlin", "2024-03-31T22:00:00Z"),
            ("dd.MM.yyyy", "27.10.2024", "Europe/Berlin", "2024-10-27T23:00:00Z"),
            ("d MMM yyyy XXX", "7 jun 2024 +05:00", "Europe/Berlin", "2024-06-07T19:00:00Z"),
            ("yyyyMMdd", "99991231", "UTC", "9999-12-31T23:59:59.999Z"),
            // Midnight of the next day is skipped, so that begins at one.
            ("dd.MM.yyyy", "07.09.2024", "America/Santiago", "2024-09-08T04:00:00Z"),
            ("dd.MM.yyyy HH:mm", "07.06.2024 00:00", "UTC", nil), ("dd.MM.yy h a", "07.06.24 1 PM", "UTC", nil),
            ("epoch", "1717718400", "UTC", nil),
        ])
    func days(pattern: String, text: String, zone: String, end: String?) throws {
        let timeZone = try #require(ZoneDatabase.system.zone(named: zone))
        let date = try #require(try DatePattern(pattern).date(text, in: timeZone))
        #expect(date.dayEnd?.rfc3339 == end)
        #expect(date.end == date.dayEnd ?? date.instant)
    }

    @Test(
        "need a form that says year, month and day",
        arguments: [
            "", "yyyy", "M/d", "yy/yyyy/M/d", "epoch_s", "epoch d", "yyyy/M/d/d", "yyyy/M/D", "yyyy/M/d h:mm",
            "yyyy/M/d a", "yyyy/M/d 'x",
            "yyyy/MMMM/d", "yyyy/M/MMM/d",
        ])
    func badPattern(pattern: String) {
        #expect(throws: DatePattern.SyntaxError.self) { try DatePattern(pattern) }
    }
}
