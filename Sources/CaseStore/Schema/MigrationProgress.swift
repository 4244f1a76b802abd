public import Complaints

/// How far a database has come on its way to the shape that this program knows.
public struct MigrationProgress: Sendable, Equatable {
    /// The step that runs: 1 is the first that there ever was.
    public let step: Int
    /// How many steps there are by now, those among them that were applied long ago.
    public let total: Int
    /// The migration's name.
    public let name: String
    /// How long the step has taken until now.
    public let elapsed: ElapsedTime
    /// Whether it has been applied, for good.
    public let isDone: Bool
}
