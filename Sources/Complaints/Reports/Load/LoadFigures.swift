/// The columns of the report on load: what somebody has had to bear, what they still have to do, and what went well (T20).
public struct LoadFigures: Sendable, Hashable {
    /// With how many customers they had to do, each case counted once a day.
    public internal(set) var contacts = 0
    /// How many of them were angry or abusive.
    public internal(set) var hotContacts = 0
    /// In how many cases they were.
    public internal(set) var hotCases = 0
    /// How many of the latest contacts were hot, one after the other; of several people the most of any.
    public internal(set) var hotInARow = 0
    /// Promises to customers that are unsettled and not past due, whenever they are due.
    public internal(set) var open = 0
    /// Those that are past due.
    public internal(set) var overdue = 0
    /// Cases with a hot contact, or with a promise due in the range that was late or broken at some time.
    public internal(set) var hardCases = 0
    /// Those of them that nobody has talked over with anybody yet (T18).
    public internal(set) var hardCasesWithoutDebrief = 0
    /// Promises to customers due in the range that were kept in time, and were on record as that by then; those that were
    /// made within the same minute aside.
    public internal(set) var kept = 0
    /// Resolutions that the customer was content with.
    public internal(set) var accepted = 0
    /// Those that they were not content with.
    public internal(set) var notAccepted = 0
    /// How often a customer said thank you.
    public internal(set) var thanked = 0

    init() {}
}
