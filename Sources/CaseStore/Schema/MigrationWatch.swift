public import Complaints

/// Whoever waits while a database is brought up to date: is told how far that has come, and may have had enough.
public struct MigrationWatch: Sendable {
    /// How long a step goes on before it is told of again.
    public var interval: ElapsedTime
    /// Told as a step begins, each interval while it goes on, and as it is done; on the thread that does it.
    public var tell: @Sendable (MigrationProgress) -> Void
    /// Whether nothing more is to be applied. The step that runs is given up then, and what was applied before it stays.
    public var isUnwanted: @Sendable () -> Bool

    /// Nobody waits, unless told otherwise.
    public init(
        interval: ElapsedTime = .seconds(10), isUnwanted: @escaping @Sendable () -> Bool = { false },
        tell: @escaping @Sendable (MigrationProgress) -> Void = { _ in }
    ) {
        self.interval = interval
        self.isUnwanted = isUnwanted
        self.tell = tell
    }
}
