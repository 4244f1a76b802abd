import Foundation

/// That one process at a time serves a database, imports into it or puts another in its place.
///
/// It is a lock of the system (flock(2)) on a file of its own beside the database, so it ends with the process, however
/// that ends. The file stays and means nothing by itself: to take it away would let two processes each lock another.
/// SQLite's own locks would not do, as they are held for a transaction at a time.
public final class DatabaseLock: Sendable {
    private let descriptor: CInt

    /// Takes the lock, and holds it as long as the value lives.
    ///
    /// - Parameters:
    ///   - path: the database's file, which need not be there. Two symbolic links to one file are one database.
    ///   - purpose: what for, as the next one that wants it is told: "serve".
    /// - Throws: `StoreError.inUse` when another process has it, and `.unusable` when the file can't be made.
    public init(path: String, purpose: String) throws(StoreError) {
        let lockPath = Self.path(ofDatabase: path)
        descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw .unusable(
                "\(path) can't be locked: check that its folder exists and is writable (\(lockPath): \(reason)).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.note(in: descriptor)
            close(descriptor)
            throw .inUse(
                "\(path) is in use\(holder.map { " by process \($0)" } ?? ""): end that first. Meanwhile verify, "
                    + "export and backup can read it, and import and token can add to it.")
        }
        write("\(getpid()) (\(purpose))\n")
    }

    deinit {
        close(descriptor)
    }

    /// The file that is locked.
    static func path(ofDatabase path: String) -> String { DatabaseName.resolved(path) + "-lock" }

    /// Only for people: that it can't be written, as on a full disk, is no reason not to hold the lock.
    private func write(_ note: String) {
        let bytes = Array(note.utf8)
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, bytes, bytes.count, 0) }
    }

    /// What the holder has written of itself.
    private static func note(in descriptor: CInt) -> String? {
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let note = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
        return note.hasSuffix("\n") ? String(note.dropLast()) : nil
    }
}
