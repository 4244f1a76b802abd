import Complaints

/// Lookup table of calendars, of the one connection that writes: so that it costs a new promise no statement to see which one
/// its team goes by, and what that says.
///
/// It depends on the rows of calendars and of their versions: whoever writes one has it forgotten, as does another process;
/// and on the day, from which on a calendar is known.
final class KnownCalendars {
    private var book: CalendarBook?
    private var calendars: [Int64: (calendar: DeskCalendar, day: Int)] = [:]

    /// Which calendar is whose.
    func book(_ transaction: ReadTransaction) throws -> CalendarBook {
        if let book { return book }
        let book = try transaction.calendarBook()
        self.book = book
        return book
    }

    /// The calendar that a team goes by from now on: its own, else the one called `default`; nil when there is neither.
    func calendar(ofTeam team: String?, _ transaction: ReadTransaction) throws -> DeskCalendar? {
        guard let entry = try book(transaction).calendar(ofTeam: team, at: transaction.asOf) else { return nil }
        let day = transaction.asOf.dayOfUTC
        if let known = calendars[entry.id], known.day == day { return known.calendar }
        guard let calendar = try transaction.deskCalendar(entry.name, from: transaction.asOf) else { return nil }
        calendars[entry.id] = (calendar, day)
        return calendar
    }

    /// Rows may be other than they were.
    func forget() {
        book = nil
        calendars.removeAll()
    }
}
