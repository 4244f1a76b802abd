/// Which date of a case the range of the report on a regime is about.
public enum RegimeRange: String, Vocabulary {
    /// When its complaint was received.
    case received
    /// When it was settled: the resolution that it stands on.
    case settled
}
