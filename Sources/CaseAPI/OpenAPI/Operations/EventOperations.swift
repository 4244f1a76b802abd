import Complaints
import HTTPTypes

/// `/v1/events`.
enum EventOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/events", "followEvents", "Follow what changes",
            description: """
                Every change in the order of commits, without gaps. Go on with next as after; with wait an answer comes as \
                soon as there is something, or empty once the time is over. What is about no case has null in its place, and \
                the whole entry of the log. As CSV all of it up to now, unless limit is given. As text/event-stream all of it \
                as it comes, without an end: a browser's EventSource follows it, and takes it up again where it lost it.
                """,
            query: QuerySchema(EventFilter.init(_:)), answer: .init(.feed("EventPage"), "Events, and where to go on."))
    ]
}
