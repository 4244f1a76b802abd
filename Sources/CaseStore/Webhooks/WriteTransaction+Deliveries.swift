public import Complaints
import GRDB

/// What somebody asks for of deliveries, and what is forgotten of them. All of it is of this file alone.
extension WriteTransaction {
    private static let insertTest = SQL(
        """
        INSERT INTO webhook_delivery (webhook_id, once, status, created_at, next_at) VALUES (?1, 1, 'pending', ?2, ?2)
        RETURNING id
        """)

    /// Has a webhook tested: a message without an event is posted to it once, be it on or off.
    ///
    /// - Throws: `Refusal`.
    public func test(_ webhook: Webhook, _ incoming: Incoming<Void>) throws -> DeliveryRecord {
        _ = try incoming.taken()
        touchesWebhooks = true
        let id = try locally {
            try statements.first(
                Self.insertTest, db,
                bind: { row in
                    row.add(webhook.id)
                    row.add(now)
                }
            ) { $0.integer(0) }
        }
        guard let id, let record = try record.delivery(id, ofWebhook: webhook.id) else {
            throw StoreError.unreadable("the test of webhook \(webhook.id) is not there")
        }
        return record
    }

    private static let againDelivery = SQL(
        """
        UPDATE webhook_delivery SET status = ?2, once = ?3, next_at = ?4, delivered_at = NULL WHERE id = ?1
        """)

    /// Has a delivery posted once more.
    ///
    /// - Throws: `Refusal`.
    public func redeliver(
        _ subject: DeliveryRecord, of webhook: Webhook, _ incoming: Incoming<Void>
    ) throws -> DeliveryRecord {
        let delivery = try subject.delivery.redelivered(of: webhook, at: now)
        _ = try incoming.taken()
        touchesWebhooks = true
        try locally {
            try statements.run(Self.againDelivery, db) { row in
                row.add(delivery.id)
                row.add(delivery.status.rawValue)
                row.add(delivery.isOnce)
                row.add(delivery.nextAt)
            }
        }
        return DeliveryRecord(delivery: delivery, event: subject.event, attempts: subject.attempts)
    }

    private static let doneLongAgo = SQL(
        """
        SELECT id FROM webhook_delivery INDEXED BY webhook_delivery_by_age
        WHERE status <> 'pending' AND created_at < ?1
        UNION ALL
        SELECT d.id FROM webhook w CROSS JOIN webhook_delivery d INDEXED BY webhook_delivery_by_id
        WHERE w.deleted_at IS NOT NULL AND d.webhook_id = w.id
        LIMIT ?2
        """)
    private static let deleteAttempts = SQL("DELETE FROM webhook_attempt WHERE delivery_id = ?")
    private static let deleteDelivery = SQL("DELETE FROM webhook_delivery WHERE id = ?")

    /// Forgets deliveries that were done long ago, and those of webhooks that are gone. Returns how many.
    ///
    /// - Parameter limit: how many at most, so that others need not wait for long.
    public func forgetDeliveries(limit: Int) throws -> Int {
        var ids: [Int64] = []
        try statements.rows(
            Self.doneLongAgo, db,
            bind: { row in
                row.add(Instant(milliseconds: now.milliseconds - Webhook.keptFor.milliseconds))
                row.add(Int64(limit))
            }
        ) { ids.append($0.integer(0)) }
        try locally {
            for id in ids {
                try statements.run(Self.deleteAttempts, db) { $0.add(id) }
                try statements.run(Self.deleteDelivery, db) { $0.add(id) }
            }
        }
        return ids.count
    }
}
