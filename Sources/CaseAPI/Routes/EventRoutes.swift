import Complaints
import HTTPServer

/// `/v1/events`.
enum EventRoutes {
    static func follow(_ call: Call) throws -> Reading {
        var query = QueryReader(call)
        let filter = EventFilter(&query)
        let events = EventQuery(filter: filter, path: call.request.path, query: query.finished())
        return Reading(
            asOf: nil, query: events.query, bytes: call.service.events.bytes(of: events), work: .events(events))
    }
}
