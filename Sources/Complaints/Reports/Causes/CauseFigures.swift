/// The columns of the report on causes: what lessons were learnt, what went wrong, and what is done about it (T19).
public struct CauseFigures: Sendable, Hashable {
    /// How many were written down.
    public internal(set) var lessons = 0
    /// Of how many cases they are.
    public internal(set) var cases = 0
    /// How many promises to the customers of these cases were late or broken at some time, whenever.
    public internal(set) var brokenPromises = 0
    /// What the customers of these cases get by their resolutions, each case once: a sum a currency.
    public internal(set) var redress: [Money] = []
    /// The processes at fault, in alphabetical order; of several spellings of a name the first one in order.
    public internal(set) var processes: [String] = []
    /// Reviews of processes that are still to be done, and not past due.
    public internal(set) var reviewsOpen = 0
    /// Those that are past due.
    public internal(set) var reviewsOverdue = 0
    /// Those that were done, in time or late.
    public internal(set) var reviewsDone = 0
    /// Those that were given up or taken back.
    public internal(set) var reviewsDropped = 0

    init() {}

    /// How many lessons have promised a review.
    public var reviews: Int { reviewsOpen + reviewsOverdue + reviewsDone + reviewsDropped }
}
