import Complaints
import HTTPTypes

/// `/v1/calendars`.
enum CalendarOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/calendars", "listCalendars", "List calendars",
            description: "By name, without their special days; those that come with the service among them.",
            query: .list(.calendars), answer: .init(.list("CalendarSummary"), "A page of them.")),
        APIOperation(
            .get, "/v1/calendars/{name}", "getCalendar", "Show a calendar",
            description: """
                Its last version, whenever that holds, or another one. One that comes with the service is version 0, until there is \
                one of its name on record.
                """,
            query: .single { $0.version() }, answer: .init(.resource("Calendar"), "The calendar.")),
        APIOperation(
            .put, "/v1/calendars/{name}", "putCalendar", "Make a calendar, or give it a new version",
            description: """
                The whole of it is sent each time, and becomes a version that stays as it is: 201 where there was no calendar of that \
                name, 200 where there was. On record it takes the place of one of that name that comes with the service. What says the same as the last version makes none. Without effective_from the first holds from ever, and \
                any other from today on, by the clocks of its zone; a version takes the place of those before it from its date \
                on, be it in the past or still to come. It moves no promise that is already made. A team is in one calendar at \
                a time, from effective_from on as the hours are. What it takes away, and what is most likely a mistake, is said in \
                warnings.
                """,
            body: APIOperation.Body(
                CalendarRequest.init(_:),
                examples: [
                    APIOperation.Example(
                        "office", "A lunch break, and a day off each year",
                        [
                            "time_zone": "Europe/Berlin",
                            "weekly": .members(
                                ["mon", "tue", "wed", "thu"].map {
                                    ($0, [["09:00", "12:00"], ["13:00", "17:30"]])
                                } + [("fri", [["09:00", "15:00"]])]),
                            "special_days": [
                                ["date": "2026-12-25", "name": "Christmas Day", "yearly": true],
                                ["date": "2026-12-24", "name": "Christmas Eve", "hours": [["09:00", "12:00"]]],
                            ],
                        ]),
                    APIOperation.Example(
                        "night", "Nights, for a team of their own, from new year on",
                        [
                            "time_zone": "America/New_York",
                            "weekly": ["fri": [["22:00", "06:00"]], "sat": [["22:00", "24:00"]]],
                            "teams": ["Nights"], "effective_from": "2027-01-01",
                        ]),
                ]),
            answer: .init(.replaced("ChangedCalendar"), "The calendar as it is now; 201 where it was just made.")),
        APIOperation(
            .post, "/v1/calendars/{name}/holidays", "addHolidays", "Add holidays to a calendar",
            description: """
                From an iCalendar file (RFC 5545), as many sites and programs give them: events of whole days, once or each year on \
                their date. The desk is closed on these days from then on, in the version that holds now and in those that are \
                planned: each is followed by one with these days, from the same date on. A date that has special hours already, \
                be it each year, keeps them. What is no whole day is refused, event by event, and hinders no other. Sent again, nothing changes.
                """,
            body: APIOperation.Body(
                file: "HolidayFile", "An iCalendar file.",
                examples: [
                    APIOperation.Example(
                        "may", "One day, each year",
                        .string(
                            [
                                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Holidays//EN", "BEGIN:VEVENT",
                                "UID:may-day@example.com", "DTSTAMP:20260101T000000Z", "DTSTART;VALUE=DATE:20260501",
                                "RRULE:FREQ=YEARLY", "SUMMARY:May Day", "END:VEVENT", "END:VCALENDAR",
                            ].map { "\($0)\r\n" }.joined()))
                ]),
            answer: .init(.resource("AddedHolidays"), "What became of each day.")),
        APIOperation(
            .post, "/v1/calendars/{name}/preview", "previewDue", "Show when something would be due",
            description: """
                In business time, from now or from another instant, with how it is counted; nothing is promised by it. Open time \
                is real time, so PT4H may end on another day; due is the earliest instant at which it is used up. Days are open \
                dates after that of the start, whether that is open or not.
                """,
            query: .single,
            body: APIOperation.Body(
                DuePreviewRequest.init(_:),
                examples: [
                    APIOperation.Example(
                        "hours", "Four hours over a weekend",
                        ["from": "2026-04-03T14:30:00+02:00", "due_in_business": "PT4H"]),
                    APIOperation.Example("days", "The second open day after today", ["due_in_business": "P2D"]),
                    APIOperation.Example("date", "By the end of a day", ["due_on": "2026-04-07", "at": "end_of_day"]),
                ]),
            answer: .init(.document("BusinessDue"), "When it would be due, and how that was counted.")),
    ]
}
