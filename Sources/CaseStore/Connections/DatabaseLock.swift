import Complaints
import Foundation
import Synchronization

/// That one process at a time serves a database, imports into it or puts another in its place.
///
/// It is a lock of the system (flock(2)) on a file of its own beside the database, so it ends with the process, however
/// that ends. The file stays and means nothing by itself; only who made it and made nothing else takes it away.
/// SQLite's own locks would not do, as they are held for a transaction at a time.
public final class DatabaseLock: Sendable {
    /// Bytes; what this program writes there is far shorter.
    private static let sizeLimit = 4096

    /// How the file is opened, always: there may be anything in its place, and a pipe would be waited for.
    static let looking = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC

    let descriptor: CInt
    private let path: String
    /// Whether there was none before.
    private let isNew: Bool
    /// Who holds it and what for, as a line.
    let note: String
    /// What was last written down of the clock.
    let published = Mutex<Instant?>(nil)

    /// Takes the lock, and holds it as long as the value lives.
    ///
    /// - Parameters:
    ///   - path: the database's file, which need not be there. Two symbolic links to one file are one database.
    ///   - purpose: what for, as the next one that wants it is told: "serve".
    /// - Throws: `StoreError.inUse` when another process has it, and `.unusable` when the file can't be made.
    public init(path: String, purpose: String) throws(StoreError) {
        self.path = Self.path(ofDatabase: path)
        note = "\(getpid()) (\(purpose))\n"
        while true {
            let file: (descriptor: CInt, isNew: Bool)
            do throws(SystemError) {
                file = try Self.openFile(self.path)
            } catch {
                let trouble = AccessTrouble(ofDatabase: path, writing: true) ?? AccessTrouble(of: self.path)
                throw .unusable("\(path) can't be locked: \(trouble?.description ?? "\(self.path): \(error).")")
            }
            guard let status = FileStatus(descriptor: file.descriptor), status.isRegular, Self.isNote(file.descriptor)
            else {
                close(file.descriptor)
                throw .unusable(
                    "\(path) can't be locked: \(self.path) is something else than a lock. Take it away.")
            }
            guard Self.lock(file.descriptor) else {
                let holder = Contents(Self.text(of: file.descriptor)).holder
                close(file.descriptor)
                throw .inUse(
                    "\(path) is in use\(holder.map { " by process \($0)" } ?? ""): end that first. Meanwhile verify, "
                        + "export and backup can read it, and import and token can add to it.")
            }
            // Who had it may have withdrawn it meanwhile, and then what is locked has no name any more.
            guard FileStatus(self.path, followsLink: false)?.identity == status.identity else {
                close(file.descriptor)
                continue
            }
            (descriptor, isNew) = file
            break
        }
        write(note)
    }

    deinit {
        close(descriptor)
    }

    /// Looks whether the file that would be locked may be one, without locking or making it.
    ///
    /// - Throws: `StoreError.unusable` as `init` does.
    static func requireUsable(ofDatabase path: String) throws(StoreError) {
        let file = Self.path(ofDatabase: path)
        let descriptor = open(file, O_RDWR | looking)
        guard descriptor >= 0 else {
            let error = SystemError()
            guard
                let trouble = AccessTrouble(of: file)?.description
                    ?? (error.code == ENOENT ? nil : "\(file): \(error).")
            else { return }
            throw .unusable("\(path) can't be locked: \(trouble)")
        }
        defer { close(descriptor) }
        guard FileStatus(descriptor: descriptor)?.isRegular == true, isNote(descriptor) else {
            throw .unusable("\(path) can't be locked: \(file) is something else than a lock. Take it away.")
        }
    }

    /// Takes the file away if it was made for this lock, while it is still held: what it was for came to nothing.
    func withdraw() {
        if isNew { unlink(path) }
    }

    /// Whether a lock of this program's lies beside a database, with what is written into one that is held.
    static func isLeft(ofDatabase path: String) -> Bool {
        let descriptor = open(Self.path(ofDatabase: path), O_RDONLY | looking)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard let status = FileStatus(descriptor: descriptor), status.isRegular, status.size > 0 else { return false }
        return isNote(descriptor)
    }

    /// What whoever wants the lock is told where there is something else in its place; nil where there is not, as far as that is
    /// seen without opening it.
    static func obstacle(ofDatabase path: String) -> String? {
        let place = Self.path(ofDatabase: path)
        guard let status = FileStatus(place, followsLink: false), !status.isRegular else { return nil }
        return "\(path) can't be locked: \(place) is something else than a lock. Take it away."
    }

    /// The file that is locked.
    static func path(ofDatabase path: String) -> String {
        DatabaseName.resolved(path) + DatabaseName.lock
    }

    /// Opens the file, or makes it. Two may come at once, so each of these can find that the other was faster.
    private static func openFile(_ path: String) throws(SystemError) -> (descriptor: CInt, isNew: Bool) {
        while true {
            let descriptor = Foundation.open(path, O_RDWR | looking)
            if descriptor >= 0 { return (descriptor, false) }
            guard errno == ENOENT else { throw SystemError() }
            do throws(SystemError) {
                return (try NewFile.make(path, for: .folder), true)
            } catch {
                guard error.code == EEXIST else { throw error }
            }
        }
    }

    /// Whether the file is empty or holds lines of this program's: what is in any other is not written over.
    private static func isNote(_ descriptor: CInt) -> Bool {
        guard let size = FileStatus(descriptor: descriptor)?.size, size > 0 else { return true }
        guard size <= sizeLimit else { return false }
        return text(of: descriptor).split(separator: "\n").allSatisfy { line in
            line.wholeMatch(of: /\d+ \([a-z]+\)|(?:clock|accept) .*/) != nil
        }
    }

    /// Tries a little longer than somebody takes who only looks whether it is held.
    private static func lock(_ descriptor: CInt) -> Bool {
        for _ in 0..<5 {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            usleep(10_000)
        }
        return false
    }

    /// Only for people and for `casekeeper clock`: that it can't be written, as on a full disk, is no reason not to hold
    /// the lock.
    func write(_ text: String) {
        let bytes = Array(text.utf8)
        // Written over before it is cut, as others read it at any time: what is never there can't be taken for "nobody says".
        let isWritten = pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
        _ = ftruncate(descriptor, isWritten ? off_t(bytes.count) : 0)
    }
}
