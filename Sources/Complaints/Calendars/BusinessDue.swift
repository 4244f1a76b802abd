/// When something is due in business time, and how that was counted.
public struct BusinessDue: Sendable {
    /// When it is due.
    public let instant: Instant
    /// From when it was counted.
    public internal(set) var start: Instant
    let table: Timetable
    /// Days that were counted, or a date.
    var days: Days?
    /// Hours that were counted, after the days.
    let hours: DueTrail?

    /// Days that were counted, or the date that was asked for.
    struct Days: Sendable {
        /// Nil for a date.
        let count: Int?
        /// In days since 1970.
        let date: Int
        let time: DueTime
        let at: Instant
        /// Dates after the start's.
        let trail: DueTrail
    }

    /// The version of the calendar that is in force when it is due.
    public var calendar: BusinessCalendar { table.day(at: instant).phase.calendar }

    /// The zone of that version, by whose clocks it is due.
    public var zone: Zone { table.zone(at: instant) }

    /// When it is due by the clocks of the desk, with their offset.
    public var local: String { instant.rfc3339(in: zone) }
}
