/// How the write-ahead log is doing.
public struct LogFigures: Sendable, Hashable {
    /// Its length in bytes, as of the last commit or checkpoint.
    public internal(set) var bytes = 0
    /// Past how many bytes no long read is begun.
    public internal(set) var limit = 0
    /// Whether Litestream replicates the database, so that it alone has the log begin anew.
    public internal(set) var isReplicated = false
    /// Checkpoints that moved all of it into the database.
    public internal(set) var complete = 0
    /// Checkpoints that had to leave what a reader still needs as it was.
    public internal(set) var partial = 0
    /// Checkpoints that failed.
    public internal(set) var failed = 0
}
