/// What a customer threatens with (T16).
public enum ThreatKind: String, Vocabulary {
    case legal, publicity, chargeback, safety, other
}

/// What came of looking into a threat (T16).
public enum ThreatVerdict: String, Vocabulary {
    case credible, unfounded, unknown
}
