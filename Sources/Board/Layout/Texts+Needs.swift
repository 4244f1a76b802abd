/// What a form can't do without, and what else there is to say of its fields.
extension Texts {
    static let required = "(required)"
    static let oneOfThese = "(one of these)"
    /// The same of what can be left out as a whole.
    static let requiredThen = "(required with any of these)"
    static let oneOfTheseThen = "(one of these, with any of the others)"

    /// The same of what is needed by how a yes or no is answered.
    static func required(with question: String, _ answer: Bool) -> String {
        "(required with “\(question): \(answer ? yes : no)”)"
    }

    /// What stands above fields that are folded away.
    static let seldomWanted = "More"
    static let ifKept = "If it is kept: when, and what shows it"
    static let ifWithdrawn = "If it is withdrawn: why, and how they were told"
    static let wantsTimeline =
        "It is the last thing that the customer was promised: fill in the next promise, or resolve the case."

    /// What a button says that takes a known name for one that was mistyped.
    static func take(_ name: String) -> String { "Take “\(name)”, and go on" }
}
