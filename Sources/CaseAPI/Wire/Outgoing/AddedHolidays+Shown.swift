import CaseStore
import Complaints

extension AddedHolidays {
    /// What became of the days of a file.
    static let shown: [Shown<AddedHolidays>] = [
        .count("version", "The last version of the calendar: a new one where any day was added.") {
            $0.calendar.lastVersion
        },
        .objects("added", "Closed from now on.", of: SpecialDay.shown, schema: .named("CalendarDay")) { $0.added },
        .objects(
            "already_there", "Days that the calendar has special hours for already, which stay.", of: SpecialDay.shown,
            schema: .named("CalendarDay")
        ) { $0.alreadyThere },
        .objects("refused", "Events that are no whole days, or no days at all.", of: FeedRefusal.shown) { $0.refused },
    ]
}

extension FeedRefusal {
    static let shown: [Shown<FeedRefusal>] = [
        .count("line", "Where the event begins in the file, from 1; 0 for what is about no line.") { $0.line },
        .text("summary", "What it is called.") { $0.summary },
        .text("reason", "Why, in a sentence.") { $0.reason },
    ]
}
