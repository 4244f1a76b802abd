/// By what the report on promises puts them together.
public enum PromiseGrouping: String, ReportGrouping {
    /// By who was accountable for the promise at its due instant; as of the report when it is due later.
    case owner
    /// By the team of the promise's case.
    case team
    case kind
    /// By the category of the promise's case.
    case category
    /// By the channel of the promise's case.
    case channel
    /// By the severity of the promise's case.
    case severity
    /// By the outcome of the promise's case.
    case outcome
    /// By who made the promise; the policy's are made by `policy`.
    case madeBy = "made_by"
    /// By the day the promise is due.
    case day
    /// By the ISO 8601 week the promise is due in.
    case week
    /// By the month the promise is due in.
    case month

    /// Who is accountable follows from the promise, and has history.
    public var caseField: CaseField? {
        self == .owner ? nil : CaseField(rawValue: rawValue)
    }
}
