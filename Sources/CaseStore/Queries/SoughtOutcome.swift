public import Complaints

/// What cases are looked for by that are over: what was found, or that nobody said.
public enum SoughtOutcome: String, Vocabulary {
    case upheld
    case partlyUpheld = "partly_upheld"
    case notUpheld = "not_upheld"
    case withdrawn
    case outOfScope = "out_of_scope"
    /// Nobody said.
    case none
}
