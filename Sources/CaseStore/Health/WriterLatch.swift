/// Why nothing is written any more until the service is restarted. Reads go on.
public enum WriterLatch: Sendable, Hashable {
    /// A commit failed on its way to the disk, so nobody can tell what the write-ahead log holds from there on; in
    /// SQLite's words.
    case commitFailed(String)
    /// The write-ahead log could not be moved into the database; in SQLite's words. After a sync that failed, what was
    /// written before it may be gone though the next one succeeds, so the log has to stay until a process that knows
    /// nothing of all this moves it from its beginning.
    case checkpointFailed(String)
    /// A file of the database is no longer the one that was opened: it was deleted, or another was put in its place.
    /// Nobody would find what is written now.
    case fileLost(path: String)
    /// A part of the database can't be read, or not be understood: SQLite takes the one for the other. In its words.
    case damaged(String)

    /// The kind of it, for programs.
    public var word: String {
        switch self {
        case .commitFailed: "commit_failed"
        case .checkpointFailed: "checkpoint_failed"
        case .fileLost: "file_lost"
        case .damaged: "damaged"
        }
    }

    /// What happened, in a sentence that tells nothing of the machine.
    public var summary: String {
        switch self {
        case .commitFailed: "A commit failed on its way to the disk."
        case .checkpointFailed: "The write-ahead log could not be moved into the database."
        case .fileLost: "A file of the database was deleted, or another was put in its place."
        case .damaged: "A part of the database can't be read."
        }
    }

    /// What it was, for the log.
    public var cause: String {
        switch self {
        case .commitFailed(let reason), .checkpointFailed(let reason), .damaged(let reason), .fileLost(let reason):
            reason
        }
    }
}
