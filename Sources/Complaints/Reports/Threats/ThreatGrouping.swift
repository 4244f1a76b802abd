/// By what the report on threats puts them together (T16).
public enum ThreatGrouping: String, ReportGrouping {
    /// By what the customer threatens with.
    case threatKind = "threat_kind"
    /// By what came of looking into them; those that nobody has looked into have none.
    case verdict
    /// By the owner of the case.
    case owner
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
    /// By the day the threat was written down.
    case day
    /// By the ISO 8601 week it was written down in.
    case week
    /// By the month it was written down in.
    case month
}
