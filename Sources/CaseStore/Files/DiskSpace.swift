import Foundation

/// Room on the disk (file system) that a folder is on (statvfs(3)).
package struct DiskSpace: Sendable, Hashable {
    /// Bytes that may still be written, without those kept back for root.
    package let free: Int
    /// Bytes in all.
    package let size: Int

    /// Nil when nobody can tell.
    package init?(at folder: String) {
        var disk = statvfs()
        guard statvfs(folder, &disk) == 0 else { return nil }
        free = Int(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize))
        size = Int(clamping: UInt64(disk.f_blocks) * UInt64(disk.f_frsize))
    }

    /// What is kept free unless told otherwise: room for the write-ahead log to grow in, and not all of a small disk.
    package var usualReserve: Int { min(64 << 20, size / 20) }
}
