/// An instant that a client says has passed, by a clock of its own. Clients' clocks and the stamps of batches differ a
/// little, so one that lies up to a tolerance after the stamp counts as the stamp; what lies further ahead is an issue.
///
/// It can't be used as an instant but through these two, so no rule can leave the tolerance out or take what is not past.
public struct PastInstant: Sendable, Hashable {
    /// How far clocks differ, unless an operator says otherwise.
    public static let usualTolerance = ElapsedTime.seconds(2)

    /// What the client said.
    public let told: Instant
    /// How far its clock may be ahead of ours.
    public let tolerance: ElapsedTime

    /// Whether stamps lay ahead of the wall clock when it was told, which had been set back a little. A client whose clock
    /// is right then tells of a time before that of what was stamped just now.
    public let isWallBehindStamps: Bool

    /// An instant as it was told.
    public init(_ told: Instant, tolerance: ElapsedTime = usualTolerance, isWallBehindStamps: Bool = false) {
        self.told = told
        self.tolerance = tolerance
        self.isWallBehindStamps = isWallBehindStamps
    }

    /// What it counts as: never after now.
    package func instant(at now: Instant) -> Instant { min(told, now) }

    /// The same of what can't have been before something else: while stamps are ahead of the wall clock, what lies before
    /// that by no more than the tolerance counts as the same time.
    package func instant(at now: Instant, notBefore earliest: Instant) -> Instant {
        let instant = instant(at: now)
        guard isWallBehindStamps, instant < earliest, earliest - instant <= tolerance else { return instant }
        return earliest
    }

    /// What is wrong with it when it is not past by any clock near ours.
    package func issues(at now: Instant, path: FieldPath) -> [FieldIssue] {
        guard told - now > tolerance else { return [] }
        return [FieldIssue(path, .inTheFuture, "must not lie after now, \(now.rfc3339).")]
    }
}
