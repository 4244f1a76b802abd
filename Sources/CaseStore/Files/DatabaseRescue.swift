/// Where a database that has lost its name can still be copied from, as long as the process lives that has it open
/// (proc_pid_fd(5)).
public struct DatabaseRescue: Sendable {
    /// Its file: `/proc/4711/fd/12`.
    public let database: String
    /// Its write-ahead log, with what has not been moved into the file: whoever still reads an older state keeps that there.
    /// Nil where the process has none.
    public let log: String?

    /// The commands that copy all that it has, for a shell.
    ///
    /// - Parameter place: what to call the copy, as a word of the shell.
    public func commands(to place: String) -> String {
        (["cp \(database) \(place)"] + (log.map { ["cp \($0) \(place)-wal"] } ?? [])).joined(separator: " && ")
    }
}
