/// What a case has to know of one that went on in it as its duplicate: what waits there, or did, and what was broken there, so
/// that a duplicate neither hides nor forgives anything.
public struct DuplicateFile: Sendable, Hashable {
    /// What waits there for somebody, or did, oldest first.
    var matters: [Matter]
    /// When its promises to the customer were broken that did not go on elsewhere.
    var broke: [Instant]

    /// Of what it has on record, seen at `now`.
    public init(promises: [Promise], matters: [Matter], at now: Instant) {
        self.matters = matters
        broke = promises.broke(at: now).map { $0.at }
    }

    /// The same as the record had it at an earlier instant.
    func asOf(_ instant: Instant) -> DuplicateFile {
        var then = self
        then.matters = matters.compactMap { $0.asOf(instant) }
        then.broke = broke.filter { $0 <= instant }
        return then
    }
}
