import Complaints
import HTTPServer

/// `/v1/events`.
enum EventRoutes {
    static func follow(_ call: Call) throws -> Reading {
        var query = QueryReader(call.query)
        let after = query.integer("after", in: 0...Int64.max)
        let types: Set<EventType> = query.words("type")
        let limit = query.integer("limit", in: 1...ListQuery<Event>.maximumLimit).map(Int.init)
        let wait = query.integer("wait", in: 0...EventQuery.longestWait)
        let events = EventQuery(
            after: after ?? 0, types: types, limit: limit ?? ListQuery<Event>.defaultLimit, wait: wait ?? 0,
            path: call.request.path, query: query.finished())
        return Reading(
            asOf: nil, query: events.query, bytes: call.service.events.bytes(of: events), work: .events(events))
    }
}
