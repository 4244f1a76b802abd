import Foundation
import Synchronization

/// Detector of other processes that have a database's write-ahead log open: each holds a shared lock on one byte of the log's
/// index (the deadman switch of SQLite's os_unix.c) for as long as it has, also between its transactions. Such locks are the
/// kernel's, so they show in all containers that share the file.
final class LogSharing: Sendable {
    /// Behind the eight locks of the log, which begin at byte 120 (https://www.sqlite.org/walformat.html#wal_locks).
    private static let place: off_t = 128

    /// Of the database.
    let database: String
    /// Of the index; -1 until it was opened. Never closed: closing any descriptor of a file gives up SQLite's own locks on it
    /// in this process.
    private let descriptor = Mutex<CInt>(-1)

    /// - Parameter path: of the database.
    init(path: String) {
        database = DatabaseName.resolved(path)
    }

    /// The index's descriptor, not to be closed; nil while there is no index.
    var index: CInt? {
        let descriptor = descriptor.withLock { descriptor in
            if descriptor < 0 { descriptor = open("\(database)-shm", O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
            return descriptor
        }
        return descriptor < 0 ? nil : descriptor
    }

    /// Whether another process has it open now. Locks of this process are not seen, as they are not in its own way.
    var isShared: Bool {
        guard let descriptor = index else { return false }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = Self.place
        lock.l_len = 1
        return fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }
}
