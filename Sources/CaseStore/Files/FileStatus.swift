package import Complaints
package import Foundation

/// What the system knows of a file.
package struct FileStatus: Sendable {
    /// Which file it is, whatever its names.
    package struct Identity: Sendable, Hashable {
        fileprivate let device: dev_t
        fileprivate let inode: ino_t
    }

    private let status: stat

    /// Of the file at a path; nil where there is none.
    ///
    /// - Parameter followsLink: whether what is meant is the file that a symbolic link leads to.
    package init?(_ path: String, followsLink: Bool = true) {
        var status = stat()
        guard (followsLink ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        self.status = status
    }

    /// Of an open file; nil when there is none of that number.
    package init?(descriptor: CInt) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.status = status
    }

    package var identity: Identity { Identity(device: status.st_dev, inode: status.st_ino) }
    package var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }
    package var isLink: Bool { status.st_mode & S_IFMT == S_IFLNK }
    package var isPipe: Bool { status.st_mode & S_IFMT == S_IFIFO }
    /// A terminal, /dev/null and the like.
    package var isCharacterDevice: Bool { status.st_mode & S_IFMT == S_IFCHR }
    /// How many names it has (hard links).
    package var linkCount: Int { Int(status.st_nlink) }
    /// Bytes.
    package var size: Int { Int(status.st_size) }
    /// The last nine bits of its mode.
    package var permissions: mode_t { status.st_mode & 0o777 }
    /// Of a folder: who may write it may only rename and delete what is theirs there, as in /tmp (`S_ISVTX`).
    package var isSticky: Bool { status.st_mode & S_ISVTX != 0 }
    package var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
    /// When what is in it was last written.
    package var writtenAt: Instant {
        Instant(milliseconds: Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000)
    }
    /// Of the disk (file system) that it is on.
    package var device: UInt64 { UInt64(status.st_dev) }
    package var owner: (user: uid_t, group: gid_t) { (status.st_uid, status.st_gid) }
}
