import Foundation
import GRDB

/// Detector of Litestream (https://litestream.io), which replicates a database by reading its write-ahead log. It is there where
/// its folder is beside the database: its tables would not do, as a restored copy has them too.
package struct Replication: Sendable {
    private let folder: String
    private let isSaid: Bool

    /// - Parameters:
    ///   - path: of the database.
    ///   - isSaid: whether an operator says so, as when its folder is elsewhere.
    package init(path: String, isSaid: Bool) {
        folder = Self.folder(of: path)
        self.isSaid = isSaid
    }

    /// Whether it replicates the database. Asked each time, for it may be begun and ended meanwhile.
    package var isThere: Bool { isSaid || access(folder, F_OK) == 0 }

    /// Whether a process holds a read transaction on a database for as long as one looks, as Litestream does while it runs; the ones of
    /// `holder` and of this process do not count. Not to be asked while this process has the database open, whose locks would go.
    ///
    /// The locks are those of the five read marks in the index of the write-ahead log
    /// (https://www.sqlite.org/walformat.html#wal_locks).
    ///
    /// - Parameter holder: the process that serves the database.
    /// - Returns: nil where nobody can tell.
    package static func isRead(path: String, besides holder: Int32?) -> Bool? {
        let index = DatabaseName.resolved(path) + "-shm"
        let descriptor = open(index, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { return errno == ENOENT ? false : nil }
        defer { close(descriptor) }
        // It lets go of its own for a moment as it has the log begin anew.
        for _ in 0..<20 {
            for mark in 0..<5 {
                var lock = flock()
                lock.l_type = Int16(F_WRLCK)
                lock.l_whence = Int16(SEEK_SET)
                lock.l_start = 123 + mark
                lock.l_len = 1
                guard fcntl(descriptor, F_GETLK, &lock) == 0 else { return nil }
                if lock.l_type != Int16(F_UNLCK), lock.l_pid != holder { return true }
            }
            usleep(5000)
        }
        return false
    }

    /// Where Litestream keeps what it has yet to send.
    package static func folder(of path: String) -> String {
        let url = URL(filePath: DatabaseName.resolved(path))
        return url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent)-litestream").path
    }
}

extension ReadTransaction {
    /// Whether Litestream has replicated the database once, or one that it was restored from: its tables stay.
    package func wasReplicated() throws -> Bool { try statements.first(Self.litestream, db) { $0.flag(0) } ?? false }

    private static let litestream = SQL("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_litestream_seq')")
}
