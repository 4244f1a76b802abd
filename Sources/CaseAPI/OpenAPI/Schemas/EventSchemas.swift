import Complaints

/// What the feed of events tells.
enum EventSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("EventPage", .object(EventPage.shown)), ("Event", .object(Event.shown)),
    ]
}
