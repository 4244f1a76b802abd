package import Complaints
import Foundation

/// A file of a folder that is a database of this program, as a backup is.
package struct Backup: Sendable, Hashable {
    package let path: String
    /// When it was last written.
    package let madeAt: Instant
}

/// A folder of backups, as it was looked at: what is a backup in it, what looks like one and is none, and when the newest was made.
package struct BackupFolder: Sendable {
    /// What is known of the newest backup.
    package enum Newest: Sendable, Hashable {
        /// Nobody can say, as something may not be read that may be one.
        case unknown
        case none
        case made(Instant)
    }

    /// Whether there is such a folder.
    package let isThere: Bool
    /// The oldest first.
    package let backups: [Backup]
    /// Files without a byte, as a disk that was full leaves them.
    package let empty: [String]
    /// The folder, or files in it, that may not be read: among them may be a newer one.
    package let unreadable: [String]

    package init(_ path: String) {
        isThere = FileStatus(path) != nil
        let isReadable = !isThere || faccessat(AT_FDCWD, path, R_OK | X_OK, AT_EACCESS) == 0
        var backups: [Backup] = []
        var empty: [String] = []
        var unreadable = isReadable ? [] : [path]
        for name in Self.names(in: path) where !Self.isPartial(name) {
            let file = "\(path)/\(name)"
            guard let status = FileStatus(file), status.isRegular else { continue }
            if status.size == 0 {
                empty.append(file)
            } else if faccessat(AT_FDCWD, file, R_OK, AT_EACCESS) != 0 {
                unreadable.append(file)
            } else if DatabaseHeader.isOurs(path: file) {
                backups.append(Backup(path: file, madeAt: status.writtenAt))
            }
        }
        self.backups = backups.sorted { $0.madeAt < $1.madeAt }
        self.empty = empty
        self.unreadable = unreadable
    }

    package var newest: Newest {
        guard unreadable.isEmpty else { return .unknown }
        return backups.last.map { .made($0.madeAt) } ?? .none
    }

    /// The names of what is in a folder, in order; of as many as anybody would look through. None where it can't be read.
    package static func names(in folder: String) -> [String] {
        Array(((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().prefix(10_000))
    }

    /// Whether it is the name of a file that is being made, or was left by a command that was killed.
    package static func isPartial(_ name: String) -> Bool { name.contains(".partial-") }

    /// The folder that backups of a database go to unless another is named: beside it.
    package static func usual(ofDatabase database: String) -> String {
        URL(filePath: DatabaseName.folder(of: DatabaseName.resolved(database))).appending(path: "backups").path
    }
}
