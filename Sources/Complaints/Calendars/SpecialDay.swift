/// A date whose hours are not those of its day of the week: a holiday, or a day that a desk is open longer.
public struct SpecialDay: Sendable, Hashable {
    /// The date; of a yearly one the first.
    public let date: CivilDate
    /// What it is called: `Easter Monday`.
    public let name: String
    /// In order, and apart from each other; none: closed.
    public let hours: [OpenInterval]
    /// Whether it comes again each year on that day of that month; one of 29 February in leap years alone.
    public let yearly: Bool

    /// A day as it stands on record.
    public init(date: CivilDate, name: String, hours: [OpenInterval], yearly: Bool) {
        self.date = date
        self.name = name
        self.hours = hours
        self.yearly = yearly
    }
}
