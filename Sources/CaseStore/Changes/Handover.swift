public import Complaints

/// What went over in a handover, as it stands on record once its batch is on disk.
public struct Handover: Sendable {
    /// Its entry's number in the log of who had it; nil where nothing went over, and there is none.
    public let seq: Int64?
    /// Who had it.
    public let from: String
    /// Who has it from now on.
    public let to: String
    /// Why.
    public let reason: String
    /// The handover that it undoes; nil: none.
    public let only: Int64?
    /// When.
    public let at: Instant
    /// What they have to keep now, the earliest due first.
    public let promises: [Part]
    /// The cases that they handle now.
    public let caseIDs: [Int64]
    /// How many promises did not go over, as there are too many for one handover.
    public let promisesLeft: Int
    /// The same of cases.
    public let casesLeft: Int
    /// How many promises did not come back, as they were accepted since, and who asks may not take them.
    public let accepted: Int
    /// What whoever has it from now on carries today; nil where they have nothing.
    public let load: OwnerLoad?
    /// The name of whoever has it, where nobody was known by it.
    public let new: [NewName]

    /// A promise that went over.
    public struct Part: Sendable {
        /// As it is now.
        public let promise: Promise
        /// What whoever gave it is told with it.
        public let advice: PromiseAdvice
    }
}
