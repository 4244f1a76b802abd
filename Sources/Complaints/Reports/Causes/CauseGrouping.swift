/// By what the report on causes puts lessons together (T19).
public enum CauseGrouping: String, ReportGrouping {
    /// By what went wrong, in the words of the lesson.
    case cause
    /// By the process at fault.
    case process
    /// By the category of the case.
    case category
    /// By the team of the case.
    case team
    /// By the owner of the case.
    case owner
    /// By the outcome of the case.
    case outcome
    /// By the day the lesson was written down.
    case day
    /// By the ISO 8601 week it was written down in.
    case week
    /// By the month it was written down in.
    case month
}
