import Foundation

/// That one process at a time has a database's file for itself, under whatever name: two hard links, a file that is
/// mounted elsewhere, or one that was renamed have each a lock of their own beside them (`DatabaseLock`) and each a
/// write-ahead log, and what one process keeps the other writes over.
///
/// It is a lock of the open file description (fcntl(2), F_OFD_SETLK) on a byte of the file itself, so it holds in all
/// containers that share the file, and ends with the process. The byte lies far behind those that SQLite locks and
/// behind the longest database there is. Closing any descriptor of a file gives up SQLite's own locks on it in this
/// process, so this one is taken before SQLite opens the file and closed after SQLite has closed it.
final class InodeLock: Sendable {
    private static let place: off_t = 1 << 62
    /// Of the open file description; Glibc's headers hide the names from Swift.
    private static let getLock: CInt = 36
    private static let setLock: CInt = 37

    private let descriptor: CInt

    /// Takes the lock, and holds it as long as the value lives. On a system without such locks the one beside the
    /// database stands alone.
    ///
    /// - Parameter path: a database's file, which is there.
    /// - Throws: `StoreError.inUse` when another process has it, and `.unusable` when the file can't be opened.
    init(path: String) throws(StoreError) {
        descriptor = open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let error = SystemError()
            let trouble = AccessTrouble(ofDatabase: path, writing: true)
            throw .unusable("\(path) can't be opened: \(trouble?.description ?? "\(error).")")
        }
        var lock = Self.exclusive
        guard fcntl(descriptor, Self.setLock, &lock) != 0, errno == EAGAIN || errno == EACCES else { return }
        close(descriptor)
        throw Self.inUse(path)
    }

    deinit {
        close(descriptor)
    }

    /// Whether a process has the lock of a file. Not to be asked once this process has the database open.
    static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var lock = exclusive
        return fcntl(descriptor, getLock, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }

    static func inUse(_ path: String) -> StoreError {
        .inUse(
            "\(path) is in use by a process that knows it by another name: a hard link, a mount, or what it was called "
                + "before. End that first, and use one name.")
    }

    private static var exclusive: flock {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = place
        lock.l_len = 1
        return lock
    }
}
