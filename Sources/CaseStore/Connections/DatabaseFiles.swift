import Foundation

/// The files of an open database. SQLite keeps them open and never asks whether they still have their names; what it
/// writes into a file that has lost its name is gone with the process.
struct DatabaseFiles: Sendable {
    private struct Identity: Equatable {
        let device: dev_t
        let inode: ino_t

        /// Nil when there is no such file. Symbolic links are followed.
        init?(path: String) {
            var information = stat()
            guard stat(path, &information) == 0 else { return nil }
            device = information.st_dev
            inode = information.st_ino
        }
    }

    private let files: [(path: String, identity: Identity)]
    private let folder: String

    /// Looks at the files as they are now: the write-ahead log must be open, for it is only deleted when nobody has it.
    init(path: String) {
        let resolved = DatabaseName.resolved(path)
        folder = URL(filePath: resolved).deletingLastPathComponent().path
        files = [path, resolved + "-wal", resolved + "-shm"].compactMap { path in
            Identity(path: path).map { (path, $0) }
        }
    }

    /// The first file that was deleted or has another in its place. Costs a system call a file.
    var lost: String? {
        files.first { Identity(path: $0.path) != $0.identity }?.path
    }

    /// Where this process has the database's file open, whatever became of its name.
    var rescue: String? {
        let folder = "/proc/self/fd"
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let own = descriptors.first { Identity(path: "\(folder)/\($0)") == files.first?.identity }
        return own.map { "/proc/\(getpid())/fd/\($0)" }
    }

    /// The bytes that may still be written on the disk, without those kept back for root. Nil when nobody can tell.
    var freeBytes: Int? { disk.map { Int(clamping: UInt64($0.f_bavail) * UInt64($0.f_frsize)) } }

    /// What is kept free unless told otherwise: room for the write-ahead log to grow in, and not all of a small disk.
    var usualReserve: Int {
        let size = disk.map { Int(clamping: UInt64($0.f_blocks) * UInt64($0.f_frsize)) } ?? .max
        return min(64 << 20, size / 20)
    }

    private var disk: statvfs? {
        var information = statvfs()
        return statvfs(folder, &information) == 0 ? information : nil
    }
}
