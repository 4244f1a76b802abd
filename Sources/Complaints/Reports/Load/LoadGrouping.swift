/// By what the report on load puts together what people carry (T20).
public enum LoadGrouping: String, ReportGrouping {
    /// Whose case it was when the mood was observed, and whose promise it is.
    case owner
    /// By the team of the case.
    case team

    /// The owner is that of an entry or a promise, and has history.
    public var caseField: CaseField? { self == .team ? .team : nil }
}
