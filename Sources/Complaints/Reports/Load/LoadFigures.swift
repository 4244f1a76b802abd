/// The columns of the report on load: what somebody has had to bear, and what they still have to do (T20).
public struct LoadFigures: Sendable, Hashable {
    /// How often a customer's mood was observed.
    public internal(set) var contacts = 0
    /// How often it was angry or abusive.
    public internal(set) var hotContacts = 0
    /// In how many cases it was.
    public internal(set) var hotCases = 0
    /// How many of the latest contacts were hot, one after the other; in the total the most of any group.
    public internal(set) var hotInARow = 0
    /// Promises to customers that are unsettled and not past due, whenever they are due.
    public internal(set) var open = 0
    /// Those that are past due.
    public internal(set) var overdue = 0
    /// Cases with a hot contact, or with a promise due in the range that was late or broken at some time.
    public internal(set) var hardCases = 0
    /// Those of them that nobody has talked over with anybody yet (T18).
    public internal(set) var hardCasesWithoutDebrief = 0

    init() {}
}
