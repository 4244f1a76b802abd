/// Which owners a list shows, and in which order.
public struct OwnerFilter: Sendable, Hashable {
    /// The team that they are in, compared as names are; nil: any or none.
    public var team: String?
    /// Whether they stand from the last name to the first.
    public var isDescending = false

    /// Everybody, by name.
    public init() {}
}
