import Foundation

/// Detector of Litestream (https://litestream.io), which replicates a database by reading its write-ahead log. It is there where
/// its folder is beside the database: its tables would not do, as a restored copy has them too.
struct Replication: Sendable {
    private let folder: String
    private let isSaid: Bool

    /// - Parameters:
    ///   - path: of the database.
    ///   - isSaid: whether an operator says so, as when its folder is elsewhere.
    init(path: String, isSaid: Bool) {
        folder = Self.folder(of: path)
        self.isSaid = isSaid
    }

    /// Whether it replicates the database. Asked each time, for it may be begun and ended meanwhile.
    var isThere: Bool { isSaid || access(folder, F_OK) == 0 }

    /// Where Litestream keeps what it has yet to send.
    static func folder(of path: String) -> String {
        let url = URL(filePath: DatabaseName.resolved(path))
        return url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent)-litestream").path
    }
}
