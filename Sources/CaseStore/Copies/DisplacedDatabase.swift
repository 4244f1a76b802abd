import Complaints
import Foundation
import GRDB

/// The database that stands where another one is to be put, held so that nobody opens it meanwhile.
///
/// SQLite applies a write-ahead log to whatever database it finds beside it, so the log has to be gone, for good,
/// before another database takes the place; and before it goes, what is in it has to be in its own database. Then the
/// old database is whole up to the moment at which the new one is there, whole, in its place.
struct DisplacedDatabase {
    private let connection: DatabaseQueue?
    /// What is in it; nil when there is none, or none that can be read.
    let contents: DisplacedContents?

    /// Takes hold of the database at `path`, if there is one, and leaves nothing beside it.
    ///
    /// - Throws: `CopyError.inUse` when a process has it open.
    init(at path: String) throws {
        connection = FileStatus(path) == nil ? nil : try Self.hold(path)
        contents = connection.flatMap(Self.contents)
        for companion in DatabaseName.companions where unlink(path + companion) != 0 && errno != ENOENT {
            throw CopyError.file("\(path + companion): \(String(cString: strerror(errno)))")
        }
    }

    /// Lets go of it, wherever it is now. What SQLite can't close at once it closes with the last of its statements, and
    /// then the lock ends with the process at the latest: there is nothing that anybody could do.
    func release() {
        try? connection?.close()
    }

    /// One that is damaged, of another version or empty is replaced all the same, and nothing is said of what was in it.
    private static func contents(_ connection: DatabaseQueue) -> DisplacedContents? {
        try? connection.inDatabase { db in
            let transaction = ReadTransaction(
                db, names: NameBook(), statements: StatementCache(), asOf: .latest, committed: .latest)
            let cases = try db.first("SELECT count(*) FROM complaint_case") { Int($0.integer(0)) } ?? 0
            return DisplacedContents(cases: cases, head: try transaction.logHead())
        }
    }

    /// SQLite's own lock, for whoever does not ask for `DatabaseLock`: any process that has the database open makes it
    /// impossible. Nil for a file that SQLite can't read, which nothing can be saved from.
    private static func hold(_ path: String) throws -> DatabaseQueue? {
        var configuration = Configuration.unobserved("casekeeper.displaced")
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            try db.run("PRAGMA locking_mode = EXCLUSIVE")
            try db.run("PRAGMA synchronous = FULL")
        }
        do {
            let queue = try DatabaseQueue(path: DatabaseName.plain(path), configuration: configuration)
            try queue.inDatabase { db in
                // Moves the write-ahead log into the database, and removes it.
                let mode = try db.first("PRAGMA journal_mode = DELETE") { $0.text(0) }
                guard mode == "delete" else { throw inUse(path) }
                try db.run("BEGIN EXCLUSIVE")
            }
            return queue
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw inUse(path)
            case .SQLITE_NOTADB, .SQLITE_CORRUPT: return nil
            default: throw StoreError(error, opening: path)
            }
        }
    }

    private static func inUse(_ path: String) -> CopyError {
        .inUse(
            path, by: OpenFiles.otherHolder(of: [path, path + "-wal", path + "-shm"]),
            isReplicated: Replication(path: path, isSaid: false).isThere)
    }
}
