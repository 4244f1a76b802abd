import Complaints

/// Lookup table of calendars, of the one connection that writes: so that it costs a new promise no statement to see which one
/// its team goes by, and what that says.
///
/// It depends on the rows of calendars and of their versions: whoever writes one has it forgotten, as does another process;
/// and on the day.
final class KnownCalendars {
    private var book: CalendarBook?
    private var calendars: [Int64: Known] = [:]

    /// A calendar as it is known today: what it said from some instant on.
    private struct Known {
        let calendar: DeskCalendar
        let from: Instant
        let day: Int
    }

    /// How far back it is known in any case: most letters are younger.
    private static let usualReach = ElapsedTime.days(31)

    /// Which calendar is whose.
    func book(_ transaction: ReadTransaction) throws -> CalendarBook {
        if let book { return book }
        let book = try transaction.calendarBook()
        self.book = book
        return book
    }

    /// The calendar that a team goes by: its own, else the one called `default`; nil when there is neither.
    ///
    /// - Parameter start: nothing is counted from before that.
    func calendar(ofTeam team: String?, from start: Instant, _ transaction: ReadTransaction) throws -> DeskCalendar? {
        guard let entry = try book(transaction).calendar(ofTeam: team, at: transaction.asOf) else { return nil }
        let day = transaction.asOf.dayOfUTC
        if let known = calendars[entry.id], known.day == day, known.from <= start { return known.calendar }
        let from = min(start, transaction.asOf - Self.usualReach)
        guard let calendar = try transaction.deskCalendar(entry.name, from: from) else { return nil }
        calendars[entry.id] = Known(calendar: calendar, from: from, day: day)
        return calendar
    }

    /// Rows may be other than they were.
    func forget() {
        book = nil
        calendars.removeAll()
    }
}
