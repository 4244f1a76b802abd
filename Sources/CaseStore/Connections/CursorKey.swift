import GRDB
import Hashing

/// The key that the cursors of a database are signed with. Made once, when a database is opened to be written that has
/// none yet. A backup has it too, so cursors stay good in what is restored from it, as what they point at does.
enum CursorKey {
    /// The key, which is made if need be.
    static func obtain(_ db: Database) throws -> HMACSHA256 {
        if let key = try read(db) { return key }
        // The system's own source, good for secrets.
        var random = SystemRandomNumberGenerator()
        let key = (0..<SHA256.size).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        // Another process may have made one since.
        try StatementCache().run(insert, db) { $0.add(key) }
        guard let key = try read(db) else { throw StoreError.unreadable("the cursor_key row is missing") }
        return key
    }

    private static func read(_ db: Database) throws -> HMACSHA256? {
        try StatementCache().first(select, db) { HMACSHA256(key: $0.bytes(0)) }
    }

    private static let insert = SQL("INSERT INTO cursor_key (id, key) VALUES (1, ?) ON CONFLICT DO NOTHING")
    private static let select = SQL("SELECT key FROM cursor_key WHERE id = 1")
}
