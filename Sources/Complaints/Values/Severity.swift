/// How much hangs on a case; each has its `Policy`.
public enum Severity: String, Vocabulary {
    case low, normal, high, critical
}
