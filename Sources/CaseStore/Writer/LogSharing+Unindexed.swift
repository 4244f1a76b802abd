import Foundation
import GRDB

// A commit that is in the log and not in its index: its writer was killed in between, as while the log was being synced. To
// SQLite it has not happened as long as another process keeps that index, and whoever writes next writes over it. But
// Litestream (0.5.17) reads the log's file by its commit records alone, so it may have sent it on, and goes on behind
// it: the replica then lacks what was written in its place.
extension LogSharing {
    private static let logHeaderBytes = 32
    private static let frameHeaderBytes = 24
    /// Of both copies of the index's header (https://www.sqlite.org/walformat.html#the_wal_index_header).
    private static let indexHeaderBytes = 96

    /// Has SQLite make the index anew from the log, as it does where nobody had kept one: whole commits in the log are
    /// then the database's, and nobody writes over them. To be called before the first change.
    ///
    /// - Parameter db: not in a transaction.
    func indexWhatWasLeft(_ db: Database) throws {
        guard hasUnindexedFrames else { return }
        // Another process may be in the midst of a commit, which this waits for.
        try db.run("BEGIN IMMEDIATE")
        let isLeft = hasUnindexedFrames
        // Without a header it is not valid, which SQLite looks after before each of its transactions.
        if isLeft, let index {
            _ = pwrite(index, [UInt8](repeating: 0, count: Self.indexHeaderBytes), Self.indexHeaderBytes, 0)
        }
        // Nothing was written, so this gives up the lock alone; a ROLLBACK would go by the header.
        try db.run("COMMIT")
        if isLeft { try db.run("SELECT 1 FROM sqlite_schema") }
    }

    /// Whether a frame follows the last one of the index that was written since the log last began.
    private var hasUnindexedFrames: Bool {
        guard let index, let header = Self.read(index, 48, at: 0), header[12] != 0 else { return false }
        let log = open("\(database)-wal", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard log >= 0 else { return false }
        // SQLite locks nothing of the log's own file, so this may be closed.
        defer { close(log) }
        guard let start = Self.read(log, Self.logHeaderBytes, at: 0) else { return false }
        let count = header[16..<20].withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
        let pageBytes = start[8..<12].reduce(0) { $0 << 8 | Int($1) }
        let end = Self.logHeaderBytes + Int(count) * (Self.frameHeaderBytes + pageBytes)
        guard let frame = Self.read(log, Self.frameHeaderBytes, at: end) else { return false }
        return frame[8..<16] == header[32..<40]
    }

    private static func read(_ descriptor: CInt, _ count: Int, at offset: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return pread(descriptor, &bytes, count, off_t(offset)) == count ? bytes : nil
    }
}
