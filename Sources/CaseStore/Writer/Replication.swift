import Foundation
import GRDB

/// Detector of Litestream (https://litestream.io), which replicates a database by reading its write-ahead log. It is there where
/// its folder is beside the database: its tables would not do, as a restored copy has them too.
package struct Replication: Sendable {
    private let folder: String
    private let isSaid: Bool

    /// - Parameters:
    ///   - path: of the database.
    ///   - isSaid: whether an operator says so, as when its folder is elsewhere.
    package init(path: String, isSaid: Bool) {
        folder = Self.folder(of: path)
        self.isSaid = isSaid
    }

    /// Whether it replicates the database. Asked each time, for it may be begun and ended meanwhile.
    package var isThere: Bool { isSaid || access(folder, F_OK) == 0 }

    /// Where Litestream keeps what it has yet to send.
    package static func folder(of path: String) -> String {
        let url = URL(filePath: DatabaseName.resolved(path))
        return url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent)-litestream").path
    }
}

extension ReadTransaction {
    /// Whether Litestream has replicated the database once, or one that it was restored from: its tables stay.
    package func wasReplicated() throws -> Bool { try statements.first(Self.litestream, db) { $0.flag(0) } ?? false }

    private static let litestream = SQL("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_litestream_seq')")
}
