/// By what the report on load puts together what people carry (T20).
public enum LoadGrouping: String, ReportGrouping {
    /// Who noted the mood, resolved the case or was thanked, and whose promise it is.
    case owner
    /// By the team of the case.
    case team

    /// The owner is that of an entry or a promise, and has history.
    public var caseField: CaseField? { self == .team ? .team : nil }
}
