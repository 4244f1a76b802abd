/// Where a case stands.
public enum CaseStatus: String, Vocabulary {
    case open, resolved, closed
}
