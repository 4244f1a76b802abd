import Foundation
import Synchronization

/// A file that is made under another name beside its place, and takes its place only when it is whole: at no moment,
/// whatever happens, is there half of it or none where there was one before.
final class PendingFile: Sendable {
    private enum State {
        case pending, placed, discarded
    }

    /// What SQLite may put beside a database.
    static let companions = ["-wal", "-shm", "-journal"]

    /// Where it goes; a symbolic link that is there was followed.
    let place: String
    /// Where it is made.
    let path: String
    private let replaces: Bool
    private let state = Mutex(State.pending)

    /// Makes an empty file beside `place`. Without `replaces` there must be nothing at `place`, now or later.
    init(at place: String, replaces: Bool) throws {
        if let status = FileStatus(place) {
            guard replaces else { throw CopyError.alreadyThere(place) }
            guard status.isOrdinary else { throw CopyError.noFile(place) }
            self.place = URL(filePath: place).resolvingSymlinksInPath().path
        } else {
            self.place = place
        }
        self.replaces = replaces
        var name = Array("\(self.place).partial-XXXXXX".utf8CString)
        // Readable by its owner alone: it holds what customers said.
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw CopyError.file("\(place) can't be made: \(Self.reason)") }
        close(descriptor)
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// - Throws: `CopyError.alreadyThere` when there is something at `place` that was not to be replaced.
    func requireFreePlace() throws {
        guard replaces || FileStatus(place) == nil else { throw CopyError.alreadyThere(place) }
    }

    /// Puts the file in its place, and returns when it is there for good: its content and then its name are on disk.
    /// Whoever could read and write what was there before can do so with this file.
    func moveIntoPlace() throws {
        try state.withLock { state in
            guard state == .pending else { throw CopyError.file("\(place) was given up") }
            try FileStatus(place)?.apply(to: path)
            try Self.sync(path)
            try replaces ? rename() : linkThenUnlink()
            state = .placed
            try syncFolder()
        }
    }

    /// Removes the file with all that is beside it, unless it is in its place already: false then.
    @discardableResult
    func discard() -> Bool {
        state.withLock { state in
            guard state == .pending else { return state == .discarded }
            for name in [path] + Self.companions.map({ path + $0 }) { unlink(name) }
            state = .discarded
            return true
        }
    }

    /// Makes what has happened to names in the folder last.
    func syncFolder() throws {
        try Self.sync(URL(filePath: place).deletingLastPathComponent().path)
    }

    private func rename() throws {
        guard Foundation.rename(path, place) == 0 else { throw CopyError.file("\(place): \(Self.reason)") }
    }

    /// Where nothing may be replaced: unlike `rename`, `link` fails when somebody else was faster.
    private func linkThenUnlink() throws {
        if link(path, place) == 0 {
            unlink(path)
        } else if errno == EEXIST {
            throw CopyError.alreadyThere(place)
        } else {
            // A file system without hard links.
            try rename()
        }
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CopyError.file("\(path): \(reason)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw CopyError.file("\(path) can't be brought to disk: \(reason)") }
    }

    /// What the system says of the call that has just failed.
    private static var reason: String { String(cString: strerror(errno)) }
}

/// What the system knows of a file.
struct FileStatus {
    private let status: stat

    /// Nil where there is no file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.status = status
    }

    var isOrdinary: Bool { status.st_mode & S_IFMT == S_IFREG }

    /// Whether both are names of one file.
    func isSameFile(as other: FileStatus) -> Bool {
        status.st_dev == other.status.st_dev && status.st_ino == other.status.st_ino
    }

    /// Gives a file the same owner, as far as one may, and the same permissions.
    func apply(to path: String) throws {
        _ = chown(path, status.st_uid, status.st_gid)
        guard chmod(path, status.st_mode & 0o777) == 0 else {
            throw CopyError.file("\(path): \(String(cString: strerror(errno)))")
        }
    }
}
