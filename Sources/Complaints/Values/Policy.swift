/// What the desk has decided for the cases of one severity. Changing it moves no promise already made.
public struct Policy: Sendable, Hashable {
    /// The cases it is for; there is exactly one policy for each severity.
    public let severity: Severity
    /// How soon after its receipt a case without a promise of its own is acknowledged (T1).
    public var acknowledgeIn: ElapsedTime
    /// How long before its due instant a promise's owner is warned (T3).
    public var warnAhead: ElapsedTime
    /// How far off a promise may lie.
    public var maxSpan: ElapsedTime
    /// When it was last edited; until then, when the database was made.
    public var updatedAt: Instant
    /// 1, and one more with every change.
    public var version: Int64

    /// A policy as it stands on record.
    public init(
        severity: Severity, acknowledgeIn: ElapsedTime, warnAhead: ElapsedTime, maxSpan: ElapsedTime,
        updatedAt: Instant, version: Int64
    ) {
        self.severity = severity
        self.acknowledgeIn = acknowledgeIn
        self.warnAhead = warnAhead
        self.maxSpan = maxSpan
        self.updatedAt = updatedAt
        self.version = version
    }

    /// What a default promise says.
    public static let acknowledgement = "Acknowledge the complaint and say what happens next"
}
