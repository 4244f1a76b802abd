import Foundation

/// The files of an open database. SQLite keeps them open and never asks whether they still have their names; what it
/// writes into a file that has lost its name is gone with the process.
struct DatabaseFiles: Sendable {
    private let files: [(path: String, identity: FileStatus.Identity)]
    private let folder: String

    /// Looks at the files as they are now: the write-ahead log must be open, for it is only deleted when nobody has it.
    init(path: String) {
        let resolved = DatabaseName.resolved(path)
        folder = URL(filePath: resolved).deletingLastPathComponent().path
        files = [path, resolved + "-wal", resolved + "-shm"].compactMap { path in
            FileStatus(path).map { (path, $0.identity) }
        }
    }

    /// The first file that was deleted or has another in its place. Costs a system call a file.
    var lost: String? { files.first(where: Self.isLost)?.path }

    /// Whether the database itself was deleted or has another in its place.
    var isDatabaseLost: Bool { files.first.map(Self.isLost) ?? false }

    private static func isLost(_ file: (path: String, identity: FileStatus.Identity)) -> Bool {
        FileStatus(file.path)?.identity != file.identity
    }

    /// Where a copy of a database goes that has lost its name.
    static func rescued(_ path: String) -> String { DatabaseName.resolved(path) + ".rescued" }

    /// A name for a copy, and those for further ones.
    static func names(from place: String) -> [String] { [place] + (2...99).map { "\(place)-\($0)" } }

    /// The first of these under which there is nothing, not even a link; nil where there is something under each.
    static func freeName(from place: String) -> String? {
        names(from: place).first { FileStatus($0, followsLink: false) == nil }
    }

    /// Where this process has the database's file open, and its write-ahead log, whatever became of their names.
    var rescue: DatabaseRescue? {
        let own = files.map { (path: $0.path, descriptor: OpenFiles.descriptor(of: $0.identity)) }
        guard let database = own.first?.descriptor else { return nil }
        let log = own.first { $0.path.utf8.suffix(4).elementsEqual("-wal".utf8) }?.descriptor
        return DatabaseRescue(database: Self.open(database), log: log.map(Self.open))
    }

    private static func open(_ descriptor: String) -> String { "/proc/\(getpid())/fd/\(descriptor)" }

    /// The bytes that may still be written on the disk, without those kept back for root. Nil when nobody can tell.
    var freeBytes: Int? { DiskSpace(at: folder)?.free }

    /// What is kept free unless told otherwise.
    var usualReserve: Int { DiskSpace(at: folder)?.usualReserve ?? 64 << 20 }
}

// MARK: - Who can read them
extension DatabaseFiles {
    /// Makes the file of a database that is not there yet: SQLite would let its permissions to the umask, and gives what
    /// it puts beside a database the database's own, and its owner.
    ///
    /// - Returns: whether it was made.
    /// - Throws: `StoreError` when it can't be made, or is there and no regular file.
    @discardableResult
    static func make(_ path: String) throws(StoreError) -> Bool {
        try requireRegular(path)
        try requireOwnName(path)
        do throws(SystemError) {
            let resolved = DatabaseName.resolved(path)
            close(try NewFile.make(resolved, for: .folder))
            try settleNames(beside: resolved) { unlink(resolved) }
            return true
        } catch {
            switch error.code {
            case EEXIST:
                // SQLite would open it all the same, and tell of it with the first change.
                guard let trouble = AccessTrouble(ofDatabase: path, writing: true) else { return false }
                throw .unusable("\(path) can't be opened: \(trouble)")
            case ENOSPC, EDQUOT: throw .diskFull
            default:
                let trouble = AccessTrouble(ofDatabase: path, writing: true)
                throw .unusable("\(path) can't be made: \(trouble?.description ?? "\(error).")")
            }
        }
    }

    /// Has the folder on disk before the next name in it changes: after a power cut, what is put beside a database must not be
    /// found without it, or it would count as what is left of one that is lost (`requireWhole`).
    private static func settleNames(beside path: String, orElse undo: () -> Void) throws(SystemError) {
        do throws(SystemError) {
            try NewFile.syncFolder(of: path)
        } catch {
            // A folder that can't be read, or a file system without a sync of folders, has no order to be kept: as SQLite does.
            guard ![EACCES, EINVAL].contains(error.code) else { return }
            undo()
            throw error
        }
    }

    /// - Throws: `StoreError.unusable` for a folder, a device or a pipe, which SQLite might wait for without end, also where it
    ///   is in the place of what SQLite keeps beside a database. There it follows no link.
    static func requireRegular(_ path: String) throws(StoreError) {
        guard FileStatus(path)?.isRegular ?? true else {
            throw .unusable("\(path) is no regular file. Give another one.")
        }
        if let obstacle = strange(beside: path) { throw .unusable(obstacle) }
    }

    /// What keeps SQLite from what it puts beside a database: something else than a file in its place; nil where there is not.
    static func strange(beside path: String) -> String? {
        let resolved = DatabaseName.resolved(path)
        return DatabaseName.companions.map { resolved + $0 }
            .first { FileStatus($0, followsLink: false).map { !$0.isRegular } ?? false }
            .map { "\($0) is no regular file, and in the place of one that SQLite keeps beside \(path). Take it away." }
    }

    /// - Throws: `StoreError.unusable` for the name of what is kept beside another database, as SQLite would take what is
    ///   there for a part of that one; and for that of a folder, as what is beside it would be made for the file of the
    ///   same name.
    static func requireOwnName(_ path: String) throws(StoreError) {
        guard path.utf8.last != UInt8(ascii: "/") else {
            throw .unusable("\(path) is the name of a folder. Give that of a file.")
        }
        let resolved = DatabaseName.resolved(path)
        for suffix in DatabaseName.companions + [DatabaseName.lock] where resolved.hasSuffix(suffix) {
            let other = String(resolved.dropLast(suffix.count))
            guard FileStatus(other) == nil else {
                throw .unusable("\(path) is the name of a part of \(other). Give another file.")
            }
        }
    }

    /// - Throws: `StoreError.unusable` where a database is gone, and what was last written to it is still there, which SQLite
    ///   would take away for a new one; or the copy that a service made of it as it ended.
    static func requireWhole(_ path: String) throws(StoreError) {
        if let left = leftover(of: path) {
            throw .unusable(
                """
                \(path) is gone, and \(left) is left of it, with what was written last. Put the database back beside it, or \
                move that file away and restore a backup, or begin anew.
                """)
        }
        let copy = rescued(path)
        guard FileStatus(DatabaseName.resolved(path)) == nil, FileStatus(copy) != nil else { return }
        throw .unusable(
            """
            \(path) is gone, and the service that had it open made a copy as it ended: \(copy). Restore that, or move it \
            away to begin anew.
            """)
    }

    /// What is left of a database that is gone, and says something: a write-ahead log, or a rollback journal.
    static func leftover(of path: String) -> String? {
        let resolved = DatabaseName.resolved(path)
        guard FileStatus(resolved) == nil else { return nil }
        return ["-wal", "-journal"].map { resolved + $0 }.first { FileStatus($0).map { $0.size > 0 } == true }
    }

    /// Takes away what was made for a database that came to nothing. Its own file goes last, as the others mean nothing
    /// without it.
    static func remove(_ path: String) {
        let resolved = DatabaseName.resolved(path)
        for name in DatabaseName.companions.map({ resolved + $0 }) { unlink(name) }
        // On a disk that fails, all the more reason to take away what can be.
        try? settleNames(beside: resolved) {}
        unlink(resolved)
    }

    /// Those of a database's files that others than their owner can read or write.
    static func broader(of path: String) -> [String] {
        DatabaseName.files(of: path).filter { path in
            FileStatus(path).map { $0.permissions & 0o077 != 0 } ?? false
        }
    }
}
