import Complaints

extension EventPage {
    /// Events, and the `after` to go on with.
    static let shown = shown(Event.shown)

    /// The same with those members of the events.
    static func shown(_ members: [Shown<Event>]) -> [Shown<EventPage>] {
        [
            .objects(
                "items", "In the order of their ids.", of: members, schema: .named("Event"),
                bounds: 0...Int(PageParameters.mostItems)
            ) { $0.items },
            .count("next", "The after to go on with.") { $0.next },
        ]
    }
}

extension Event {
    /// What there is of an event.
    static let shown: [Shown<Event>] = [
        .id("id", "Its place among all: 1 for the first and one more for each, in the order of commits.") { $0.id },
        .word("type") { $0.type },
        .instant("at", "When it happened.") { $0.at },
        .instant("recorded_at", "When the service was told.") { $0.recordedAt },
        .id("case_id", "Null when it is about no case.") { $0.subject.caseID },
        .word("about", "What sort of thing it is about.") { $0.subject.sort },
        .id("about_id", "Which one: its id; those of the policies of the severities are 1 for the mildest, and so on.")
        { $0.subject.id },
        .id("promise_id", "The promise it is about.") { $0.promiseID },
        .text("actor", "Who acted.") { $0.actor },
        .text("token", "The name of the token that was used.") { $0.tokenName },
        .flag("imported", "Whether it tells of history from another system.") { $0.imported },
        .object("log", "Its entry in the log of that.", columns: "log_", of: place) { $0 },
        .objectOrNull(
            "promise", "That promise as the event left it.", columns: "promise_", of: EventPromise.shown,
            schema: .named("EventPromise")
        ) { $0.promise },
        .wordOrNull("hearer", "Who hears of it, where a step of the ladder has brought the promise up.") { $0.hearer },
        .text(
            "stand_in", "Who is told in place of an owner who was away; null for anything but what the clock says."
        ) { $0.standIn },
        .objectOrNull(
            "case", "The case as it is today.", columns: "", of: EventCase.shown, schema: .named("EventCase")
        ) { $0.today },
        .written(
            .nullable("entry", .named("LogEntry"), "The entry itself, where it is in no case's log.")
        ) { event, json in
            if let entry = event.entry { json.write(LogEntryView(entry)) } else { json.append("null" as StaticString) }
        },
    ]

    private static let place: [Shown<Event>] = [
        .id("seq") { $0.seq },
        .word("kind") { $0.kind },
    ]
}

extension EventCase {
    static let shown: [Shown<EventCase>] =
        .of(CaseSummary.shown) { $0.summary } + [
            .word("status", column: .named("case_status")) { $0.status },
            .text("owner", column: .named("case_owner")) { $0.owner },
        ]
}

extension EventPromise {
    static let shown: [Shown<EventPromise>] = [
        .id("id", column: .without) { $0.id },
        .word("kind") { $0.kind },
        .text("what") { $0.what },
        .word("by") { $0.by },
        .word("to") { $0.to },
        .text("owner") { $0.owner },
        .instant("due_at") { $0.dueAt },
        .word("state") { $0.state },
    ]
}

extension ListForm<Event> {
    static let events = ListForm(ItemForm(Event.shown), hasHistory: false)
}
