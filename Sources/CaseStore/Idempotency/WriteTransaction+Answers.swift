import Complaints
import GRDB

/// A key that has answered a request already, and not this one.
public struct IdempotencyKeyReused: Error {}

extension WriteTransaction {
    /// The answer that the request with this key got, if it is not too old; one of this batch counts too.
    ///
    /// - Throws: `IdempotencyKeyReused` when that request was another.
    public func storedAnswer(_ key: IdempotencyKey) throws -> StoredAnswer? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT fingerprint, status, location, entity_tag, body FROM answered_request
                WHERE key_hash = ? AND recorded_at > ?
                """)
        let row = try Row.fetchOne(
            statement, arguments: [DatabaseBytes.value(key.scopeHash), oldestKept.milliseconds])
        guard let row else { return nil }
        guard DatabaseBytes.bytes(row, 0) == key.fingerprint else { throw IdempotencyKeyReused() }
        return StoredAnswer(status: row[1], location: row[2], entityTag: row[3], body: DatabaseBytes.bytes(row, 4))
    }

    /// Keeps an answer with the change that it tells of: both are there, or neither.
    public func store(_ answer: StoredAnswer, for key: IdempotencyKey) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO answered_request
                    (id, key_hash, fingerprint, recorded_at, status, location, entity_tag, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            nextID(Self.nextAnswer), DatabaseBytes.value(key.scopeHash), DatabaseBytes.value(key.fingerprint),
            now.milliseconds, answer.status, answer.location, answer.entityTag, DatabaseBytes.value(answer.body),
        ])
    }

    /// Forgets answers that are too old, the oldest first and no more than `limit`.
    ///
    /// - Returns: how many.
    public func forgetAnswers(limit: Int) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                DELETE FROM answered_request
                WHERE id IN (SELECT id FROM answered_request ORDER BY id LIMIT ?) AND recorded_at <= ?
                """)
        try statement.execute(arguments: [limit, oldestKept.milliseconds])
        return db.changesCount
    }

    private var oldestKept: Instant {
        Instant(milliseconds: now.milliseconds - IdempotencyKey.lifetime.milliseconds)
    }
}
