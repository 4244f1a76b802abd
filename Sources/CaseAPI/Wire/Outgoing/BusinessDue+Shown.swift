package import Complaints

extension BusinessDue {
    /// What is answered to the question when something would be due.
    static let shown: [Shown<BusinessDue>] = [
        .instant("due_at", "When it would be due.") { $0.instant },
        .value("due_local", .instant, "The same by the clocks of the calendar's zone, to the second.") { $0.local },
        .text("due_explained", "How that was counted, in words, and by what.") { $0.explained },
        .objects(
            "steps",
            "How that was counted, in order: what each date gave, or several that are put together where there is much of it.",
            of: BusinessStep.shown
        ) { $0.steps },
    ]

    /// The same as a JSON text, for a person.
    package var json: [UInt8] {
        var json = JSONWriter()
        json.write(self, Self.shown)
        return JSONIndenter.indented(json.bytes)
    }
}

extension BusinessStep {
    static let shown: [Shown<BusinessStep>] = [
        .word("kind", "What it is about.") { $0.kind },
        .value("date", .date, "The date, or the first of several.") { $0.first.iso8601 },
        .value("until", .date, "The last date.") { $0.last.iso8601 },
        .text("name", "What the special day is called; null for any other, and for several dates.") { $0.name },
        .objects("hours", "Whose open time was taken, of one date alone.", of: BusinessHours.shown) { step in
            step.hours.map { LocalHours(hours: $0, zone: step.zone) }
        },
        .value("taken", .duration, "How much open time was taken, in hours; null where days are counted.") { step in
            [.open, .over, .closed, .together].contains(step.kind) && step.days == nil
                ? BusinessSpan(time: step.taken).iso8601 : nil
        },
        .count("open_dates", "How many of the dates are open.") { $0.openDates },
        .count("special_dates", "How many of them are special days.") { $0.specialDates },
        .count("days", "Where days are counted: how many there were by its end.") { $0.days },
        .value("at", .instant, "When it is due, or goes on in hours, by the clocks of the calendar's zone.") { step in
            step.at?.rfc3339(in: step.zone)
        },
        .text("time", "Which time of its date that is, as at says it.") { $0.time?.text },
    ]
}

/// Hours with the zone by whose clocks they are shown.
struct LocalHours: Sendable {
    let hours: BusinessHours
    let zone: Zone
}

extension BusinessHours {
    static let shown: [Shown<LocalHours>] = [
        .value("from", .instant, "By the clocks of the calendar's zone.") { $0.hours.from.rfc3339(in: $0.zone) },
        .value("to", .instant) { $0.hours.to.rfc3339(in: $0.zone) },
    ]
}
