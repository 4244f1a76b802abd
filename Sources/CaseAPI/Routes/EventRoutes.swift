import Complaints
import HTTPServer

/// `/v1/events`.
enum EventRoutes {
    static func follow(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let filter = EventFilter(&query, call)
        let (representation, dialect) = filter.table.form(call.representation, &query)
        if representation == .csv {
            if filter.wait > 0 { query.issue("wait", "is for JSON alone: leave it out, or take format=json.") }
            if filter.fields?.isEmpty == false, ListForm<Event>.events.selecting(filter.fields).columns.isEmpty {
                query.issue("fields", "must name a field that has a column in CSV.")
            }
        }
        if filter.isStream { filter.requireEndless(&query) }
        let events = EventQuery(filter: filter, path: call.request.path, query: query.finished())
        if representation == .csv { return events.table(call, dialect) }
        return Reading(
            asOf: nil, query: events.query, bytes: filter.isStream ? 0 : call.service.events.bytes(of: events),
            work: .events(events))
    }
}
