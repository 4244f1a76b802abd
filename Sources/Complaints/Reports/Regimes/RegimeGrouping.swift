/// By what the report on a regime puts cases together.
public enum RegimeGrouping: String, ReportGrouping {
    /// By the category of the case.
    case category
    /// By the latest stage of the regime that the case came to.
    case stage
    /// By the outcome of the case.
    case outcome
    /// By the channel of the case.
    case channel
    /// By the severity of the case.
    case severity
    /// By the team of the case.
    case team
    /// By the owner of the case.
    case owner
    /// By the day the complaint was received, or settled.
    case day
    /// By the ISO 8601 week it was that in.
    case week
    /// By the month it was that in.
    case month
}
