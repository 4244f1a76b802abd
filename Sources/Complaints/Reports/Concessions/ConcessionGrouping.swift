/// By what the report on concessions puts them together (T15).
public enum ConcessionGrouping: String, ReportGrouping {
    /// By the owner of the case.
    case owner
    /// By where the concession stands.
    case state
    case currency
    /// By the team of the case.
    case team
    /// By the category of the case.
    case category
    /// By the channel of the case.
    case channel
    /// By the severity of the case.
    case severity
    /// By the outcome of the case.
    case outcome
    /// By the day the concession was written down.
    case day
    /// By the ISO 8601 week it was written down in.
    case week
    /// By the month it was written down in.
    case month
}
