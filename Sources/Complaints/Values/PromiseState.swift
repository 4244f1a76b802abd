/// What has become of a promise. Always derived from instants (`Promise.state(at:)`), never stored.
public enum PromiseState: String, Vocabulary {
    /// Unsettled, and not past its due instant.
    case open
    /// Unsettled past its due instant.
    case overdue
    /// Kept at or before its due instant.
    case kept
    /// Kept after its due instant.
    case keptLate = "kept_late"
    /// Superseded at or before its due instant, by a promise the customer was told of.
    case renegotiated
    /// Given up with the customer's release, or as the relationship ended, at or before its due instant.
    case withdrawn
    /// Superseded or given up too late, given up without the customer's release, or found not to have been kept.
    case broken
    /// Goes on, with the same due instant, as a promise of the case that its own is a duplicate of: neither kept nor broken.
    case transferred
    /// Entered by mistake and taken back.
    case void
}
