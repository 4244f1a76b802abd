public import Complaints

/// What became of the days of a file of holidays.
public struct AddedHolidays: Sendable {
    /// The calendar that they are in now.
    public let calendar: CalendarRecord
    /// Those that it did not have.
    public let added: [SpecialDay]
    /// Those on whose dates it has special hours already.
    public let alreadyThere: [SpecialDay]
    /// What was no holiday.
    public let refused: [FeedRefusal]
}
