import CaseStore
import Complaints
import HTTPServer

/// `/v1/calendars`. Promises keep the due instant that a calendar gave them.
enum CalendarRoutes {
    static func list(_ call: Call) throws -> Reading {
        .list(call, QueryReader(call), ListQuery(form: .calendars) { try $0.calendars($1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let name = try call.name()
        var query = QueryReader(call)
        let version = query.version()
        return .single(call, "calendar \(name)", .calendar, reading: query) { transaction in
            guard let calendar = try transaction.calendar(name, version: version) else {
                throw missing(version == nil ? nil : try transaction.calendar(name), name)
            }
            return Resource(tag: EntityTag(calendar), view: calendar)
        }
    }

    static func put(_ call: Call) throws -> Change {
        let name = try call.name()
        try call.requireNoParameters()
        let (request, sentBack) = try call.body.readWhole(CalendarRequest.init(_:))
        return .calendars(.put(name: name, request), sentBack)
    }

    static func addHolidays(_ call: Call) throws -> Change {
        let name = try call.name()
        try call.requireNoParameters()
        return .holidays(calendar: name, call.body.calendarFeed())
    }

    /// When something would be due, by the calendar as it is on record at the instant asked for.
    static func preview(_ call: Call) throws -> Reading {
        let name = try call.name()
        var query = QueryReader(call)
        let asOf = query.asOf()
        let form = ItemForm.due.selecting(query.fields(among: ItemForm.due.names))
        let incoming = try call.body.read(DuePreviewRequest.init(_:))
        return Reading(asOf: asOf, query: query.finished()) { transaction in
            let start = incoming.value.from ?? transaction.asOf
            guard let calendar = try transaction.deskCalendar(name, from: start) else { throw missing(name) }
            guard incoming.issues.isEmpty, let request = incoming.value.due else {
                throw Refusal.invalid(incoming.issues)
            }
            let (due, issue) = calendar.due(request, from: start)
            guard let due else { throw Refusal.invalid(issue.map { [$0] } ?? []) }
            var json = JSONWriter(capacity: 2048)
            form.json(&json, due)
            return .json(json.bytes, asOf: transaction.asOf)
        }
    }

    /// That there is none of that name, or, where there is one, no such version.
    private static func missing(_ calendar: CalendarRecord?, _ name: String) -> Problem {
        guard let calendar else { return missing(name) }
        guard !calendar.isShipped else {
            return Problem(
                .notFound,
                "The calendar \(calendar.name) comes with the service, and is its version 0 alone.")
        }
        return Problem(
            .notFound, "The calendar \(calendar.name) has \(calendar.lastVersion) versions, and not that one.")
    }

    /// That there is none of that name, and how to make it.
    static func missing(_ name: String) -> Problem {
        let path = "/v1/calendars/\(QueryParameters.encoded(ExactText(name)))"
        return Problem(
            .notFound,
            "There is no calendar \(name). PUT \(path) makes it: "
                + #"{"time_zone": "Europe/Berlin", "weekly": {"mon": [["09:00", "17:30"]]}}."#)
    }
}

extension QueryReader {
    /// Which version is asked for of what has several.
    mutating func version() -> Int64? {
        integer(
            "version", in: 0...Int64.max,
            "This version instead of the last one; what comes with the service is version 0.",
            example: 1)
    }
}
