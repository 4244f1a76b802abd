/// What a digest has, in its order. Whatever is not settled and due by the end of the week is in one of the first three.
public enum DigestSection: String, Vocabulary {
    /// Past due.
    case overdue
    /// Due yet today.
    case dueToday = "due_today"
    /// Due on a later day of the week.
    case dueThisWeek = "due_this_week"
    /// Promises that their owner has yet to accept, or that nobody took on since they were declined, whenever they are due: what is
    /// due by the end of the week stands in one of the others too (T4).
    case waiting = "waiting_for_acceptance"

    /// What it has, as a sentence.
    public var meaning: String {
        switch self {
        case .overdue: "Past due."
        case .dueToday: "Due on the day of as_of, and not past due."
        case .dueThisWeek: "Due after that day, to Sunday."
        case .waiting:
            "Those that their owner has yet to accept, or that were declined, whenever they are due: what is due by Sunday stands above "
                + "too."
        }
    }
}
