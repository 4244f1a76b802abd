/// What somebody already carries, for whoever is about to promise more on their behalf (T4). Only promises to customers
/// count.
public struct OwnerLoad: Sendable, Hashable {
    /// Whose it is.
    public let owner: String
    /// The day on which the promise is due, where they are.
    private let localDay: LocalDay
    /// How many unsettled promises are due on that day, the new one among them, counted as far as it matters:
    /// `countedTo(under:)`.
    public let dueThatDay: Int
    /// How many promises they have past due, counted no further than `mostOverdue`.
    public let overdue: Int
    /// The share of what they promised that they kept in time, whenever it was; nil while there is nothing to tell.
    public let keptRate: Double?

    /// Nobody keeps more apart.
    public static let mostOverdue = 100

    /// How far what is due on a day is counted: past the cap, and to what a person can see at a glance.
    public static func countedTo(under policy: Policy) -> Int { max(25, policy.loadCap + 1) }

    /// That day, as a full-date of RFC 3339.
    public var day: String { localDay.date }
    /// Whose clocks it is a day of, by its name in the IANA database.
    public var timeZone: String { localDay.zone.name }

    /// What an owner carries; `record` is what became of all they ever carried.
    public init(owner: String, day: LocalDay, dueThatDay: Int, record: KeptRecord) {
        self.owner = owner
        localDay = day
        self.dueThatDay = dueThatDay
        overdue = min(record.overdue, Self.mostOverdue)
        var figures = PromiseFigures()
        figures.kept = record.kept
        figures.keptLate = record.keptLate
        figures.broken = record.broken
        figures.backdated = record.backdated
        figures.instant = record.instant
        figures.overdue = record.overdue - record.repeated
        keptRate = figures.keptRate
    }
}
