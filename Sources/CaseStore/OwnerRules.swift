public import Complaints

/// How a store takes the names of those who keep promises.
public struct OwnerRules: Sendable {
    /// By whose days the load of those is counted who have no time zone of their own.
    public var timeZone: Zone
    /// Whether only who is known is given anything.
    public var mustBeKnown: Bool

    /// By UTC, and whoever is named.
    public init(timeZone: Zone = .utc, mustBeKnown: Bool = false) {
        self.timeZone = timeZone
        self.mustBeKnown = mustBeKnown
    }

    /// By whose days their load is counted. A zone that the system does not have any more is passed over.
    func zone(of owner: Owner?) -> Zone {
        owner?.fields.timeZone.flatMap(ZoneDatabase.system.zone(named:)) ?? timeZone
    }
}
