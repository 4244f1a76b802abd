import Complaints
import GRDB

/// A key that has answered a request already, and not this one.
public struct IdempotencyKeyReused: Error {}

extension RuleViolation {
    /// An answer without a body was one that spoke of somebody who is erased.
    fileprivate static let answerErased = RuleViolation(
        .customerErased,
        "This request was done before, and its answer was erased with the customer it spoke of. Nothing has changed.")
}

extension WriteTransaction {
    private static let findAnswer = SQL(
        """
        SELECT fingerprint, status, location, entity_tag, body FROM answered_request
        WHERE key_hash = ? AND recorded_at > ?
        """)

    private static let insertAnswer = SQL(
        """
        INSERT OR REPLACE INTO answered_request
            (id, key_hash, fingerprint, recorded_at, customer_id, case_id, status, location, entity_tag, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    private static let deleteAnswers = SQL(
        """
        DELETE FROM answered_request
        WHERE id IN (SELECT id FROM answered_request ORDER BY id LIMIT ?) AND recorded_at <= ?
        """)

    /// The answer that the request with this key got, if it is not too old; one of this batch counts too.
    ///
    /// - Throws: `IdempotencyKeyReused` when that request was another, `Refusal` when its answer is erased.
    public func storedAnswer(_ key: IdempotencyKey) throws -> StoredAnswer? {
        try statements.first(Self.findAnswer, db) {
            $0.add(key.scopeHash)
            $0.add(oldestKept)
        } _: { row in
            guard row.bytes(0) == key.fingerprint else { throw IdempotencyKeyReused() }
            let body = row.bytes(4)
            guard !body.isEmpty else { throw Refusal.rule(.answerErased) }
            return StoredAnswer(
                status: Int(row.integer(1)), location: row.optionalText(2), entityTag: row.optionalText(3),
                body: body)
        }
    }

    /// Keeps an answer with the change that it tells of: both are there, or neither.
    ///
    /// - Parameter subject: of whom it tells.
    public func store(_ answer: StoredAnswer, of subject: AnswerSubject, for key: IdempotencyKey) throws {
        let id = try nextID(Self.nextAnswer)
        try statements.run(Self.insertAnswer, db) { row in
            row.add(id)
            row.add(key.scopeHash)
            row.add(key.fingerprint)
            row.add(now)
            row.add(subject.customerID)
            row.add(subject.caseID)
            row.add(Int64(answer.status))
            row.add(answer.location)
            row.add(answer.entityTag)
            row.add(answer.body)
        }
        inserted(id, Self.nextAnswer)
    }

    /// Forgets answers that are too old, the oldest first and no more than `limit`.
    ///
    /// - Returns: how many.
    public func forgetAnswers(limit: Int) throws -> Int {
        try statements.run(Self.deleteAnswers, db) { row in
            row.add(Int64(limit))
            row.add(oldestKept)
        }
        return db.changesCount
    }

    private var oldestKept: Instant {
        Instant(milliseconds: now.milliseconds - IdempotencyKey.lifetime.milliseconds)
    }
}
