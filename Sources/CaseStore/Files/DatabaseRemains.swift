import Foundation
import GRDB

/// What tells of a file whose header (`DatabaseHeader`) does not say so any more that it was a database of this program: a
/// restore may replace it. A lock beside it is no proof by itself, as it may lie beside whatever got the name since.
enum DatabaseRemains {
    /// A name that stands in the schema of each of our databases, and so in one of its first pages.
    private static let trace = Array("complaint_case".utf8)
    /// How far the schema is looked for, in bytes.
    private static let reach = 16 << 20
    private static let piece = 1 << 20
    /// The least page that SQLite has, in bytes.
    private static let page = 512

    /// Whether a lock of this program's is beside a file that was a database, and is readable as nothing else.
    static func areOurs(path: String) -> Bool {
        guard DatabaseLock.isLeft(ofDatabase: path) else { return false }
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let beginning = read(descriptor, page, at: 0)
        // One that SQLite can read, and whose header says that it is not ours, is another program's.
        if beginning.starts(with: "SQLite format 3\0".utf8) { return !isReadable(path) }
        if beginning.count == page, beginning.allSatisfy({ $0 == 0 }) { return true }
        return hasTrace(descriptor)
    }

    /// A text has no NUL, also one that has our names in it, such as what `.dump` of SQLite's shell writes.
    private static func hasTrace(_ descriptor: CInt) -> Bool {
        guard read(descriptor, 1 << 16, at: 0).contains(0) else { return false }
        for offset in stride(from: 0, to: reach, by: piece) {
            // With what may begin in one piece and end in the next.
            let bytes = read(descriptor, piece + trace.count, at: offset)
            if Data(bytes).firstRange(of: trace) != nil { return true }
            if bytes.count < piece { return false }
        }
        return false
    }

    private static func isReadable(_ path: String) -> Bool {
        let schema = try? SQLiteConnection.openStill(path: path, options: StoreOptions()).unsafeRead { db in
            try db.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
        }
        return schema != nil
    }

    private static func read(_ descriptor: CInt, _ count: Int, at offset: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = max(0, pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)))
        }
    }
}
