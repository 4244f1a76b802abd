/// A change that is asked for of two cases on record, as a value: that one is a duplicate of the other. It is performed as a
/// `CaseCommand` is, and holds nothing of the cases either.
public struct DuplicateCommand: Sendable {
    /// The case that is a duplicate.
    public let caseID: Int64
    /// Of which one, and why.
    public let request: Incoming<DuplicateRequest>

    /// That the case of that id is a duplicate.
    public init(case id: Int64, _ request: Incoming<DuplicateRequest>) {
        caseID = id
        self.request = request
    }
}
