public import Complaints

/// A place beside the record where words of somebody who was erased still stand, of which whoever erases them is told, with how
/// long they do.
public enum ErasureTrace: Sendable, Hashable {
    /// The write-ahead log.
    case log(isReplicated: Bool)
    /// Older parts of the full-text index.
    case index
    /// What Litestream has replicated.
    case replica
    /// Backups, and any other copy.
    case backups

    /// Which it is, for programs.
    public enum Code: String, Vocabulary {
        /// `log`.
        case log = "words_in_log"
        /// `index`.
        case index = "words_in_index"
        /// `replica`.
        case replica = "words_in_replica"
        /// `backups`.
        case backups = "words_in_backups"
    }

    /// All of them, by whether Litestream replicates the database.
    public static func all(isReplicated: Bool) -> [ErasureTrace] {
        [.log(isReplicated: isReplicated), .index] + (isReplicated ? [.replica] : []) + [.backups]
    }

    /// Which it is.
    public var code: Code {
        switch self {
        case .log: .log
        case .index: .index
        case .replica: .replica
        case .backups: .backups
        }
    }

    /// What stands where, for how long, and how it goes sooner.
    public var detail: String {
        switch self {
        case .log(isReplicated: false):
            "The words stand in the write-ahead log until that is emptied: right after this, or as soon as no reader needs it."
        case .log(isReplicated: true):
            "The words stand in the write-ahead log until as much has been written over it again. At once they go with Litestream "
                + "stopped, the service restarted, and Litestream started again."
        case .index:
            "Searches find none of the words any more; older parts of the full-text index have them until these are merged, which "
                + "takes some minutes and goes on by itself while the service runs."
        case .replica:
            "The words can be restored from the replica for snapshot.retention and one snapshot.interval of Litestream's "
                + "configuration, and from one that nobody replicates to any more for as long as it is kept: delete that."
        case .backups:
            "The words stand in every backup and copy of before for as long as it is kept. Let them expire, and erase again after a "
                + "restore."
        }
    }
}
