/// What somebody outside of the desk, such as an ombudsman, decided of a complaint that was referred to them.
public enum ReferralDecision: String, Vocabulary {
    case upheld
    case partlyUpheld = "partly_upheld"
    case notUpheld = "not_upheld"
    /// Both sides agreed before it was decided.
    case settled
    /// The customer took it back there.
    case withdrawn
    /// It is not for them to look into.
    case outOfScope = "out_of_scope"
}
