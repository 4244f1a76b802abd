/// How much hangs on a case; each has its `Policy`, for the cases that no other rule is for.
public enum Severity: String, Vocabulary {
    case low, normal, high, critical
}
