import Complaints
import HTTPTypes

/// `/v1/events`.
enum EventOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/events", "followEvents", "Follow what changes",
            description: """
                Every change in the order of commits, without gaps. Go on with next as after; with wait an answer comes as \
                soon as there is something, or empty once the time is over.
                """,
            query: [
                .query(
                    "after", .count, "The id of the last event that is known; without it, from the first.", example: 0),
                .words("type", EventType.self, "Any of these.", example: [.promiseMade, .promiseOverdue]),
                .query(
                    "limit", .integer(1...ListQuery<Event>.maximumLimit),
                    "How many at most; without it \(ListQuery<Event>.defaultLimit).", example: 20),
                .query(
                    "wait", .integer(0...EventQuery.longestWait), "How many seconds to wait for the first one.",
                    example: 0),
            ],
            answer: .init(.feed("EventPage"), "Events, and where to go on."))
    ]
}
