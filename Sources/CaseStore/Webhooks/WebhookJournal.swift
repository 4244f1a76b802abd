public import Complaints
import GRDB

/// What whoever posts has to have written down: a bounded part of the log that was taken in hand, and what came of some
/// attempts. It is of this file alone, but that a webhook is turned off.
public struct WebhookJournal: Sendable {
    /// How far a webhook got, and which of the events up to there it is told of.
    public struct Taken: Sendable {
        /// Whose it is.
        public let webhookID: Int64
        /// The last event that was looked at.
        public let cursor: Int64
        /// Those it takes.
        public let events: [WebhookEvent]

        /// A step through the log.
        public init(webhookID: Int64, cursor: Int64, events: [WebhookEvent]) {
            self.webhookID = webhookID
            self.cursor = cursor
            self.events = events
        }
    }

    /// What an attempt left of a delivery.
    public struct Tried: Sendable {
        /// As it is afterwards.
        public let delivery: Delivery
        /// The attempt.
        public let attempt: DeliveryAttempt
        /// Why its webhook is to be turned off, if so.
        public let off: WebhookOffReason?

        /// An attempt and what it left.
        public init(delivery: Delivery, attempt: DeliveryAttempt, off: WebhookOffReason?) {
            self.delivery = delivery
            self.attempt = attempt
            self.off = off
        }
    }

    /// One step a webhook.
    public var taken: [Taken] = []
    /// In the order in which they ended.
    public var tried: [Tried] = []

    /// An empty one.
    public init() {}

    /// Whether there is nothing to write.
    public var isEmpty: Bool { taken.isEmpty && tried.isEmpty }
}

extension WriteTransaction {
    /// Writes down what whoever posts has done.
    public func note(_ journal: WebhookJournal) throws {
        try locally {
            for taken in journal.taken { try note(taken) }
            for tried in journal.tried { try note(tried) }
        }
        var off: [Int64: WebhookOffReason] = [:]
        for tried in journal.tried { if let reason = tried.off { off[tried.delivery.webhookID] = reason } }
        for (id, reason) in off.sorted(by: { $0.key < $1.key }) { try turnOff(webhook: id, reason) }
    }

    private static let moveCursor = SQL(
        """
        INSERT INTO webhook_cursor (webhook_id, event_id) VALUES (?, ?)
        ON CONFLICT (webhook_id) DO UPDATE SET event_id = excluded.event_id WHERE excluded.event_id > webhook_cursor.event_id
        """)

    private static let insertDelivery = SQL(
        """
        INSERT INTO webhook_delivery (webhook_id, event_id, case_id, status, created_at, next_at)
        VALUES (?, ?, ?, 'pending', ?, ?) ON CONFLICT DO NOTHING
        """)

    private func note(_ taken: WebhookJournal.Taken) throws {
        for event in taken.events {
            try statements.run(Self.insertDelivery, db) { row in
                row.add(taken.webhookID)
                row.add(event.id)
                row.add(event.subject.caseID)
                row.add(now)
                row.add(now)
            }
        }
        try statements.run(Self.moveCursor, db) { row in
            row.add(taken.webhookID)
            row.add(taken.cursor)
        }
    }

    /// Of a customer who has been erased, nothing is kept that a receiver says of them.
    private static let insertAttempt = SQL(
        """
        INSERT INTO webhook_attempt (delivery_id, number, at, milliseconds, status, failure, answer)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, CASE WHEN u.erased_at IS NULL THEN ?7 END
        FROM webhook_delivery d
        LEFT JOIN case_log l ON l.id = d.event_id
        LEFT JOIN complaint_case c ON c.id = l.case_id
        LEFT JOIN customer u ON u.id = coalesce(c.customer_id, CASE WHEN l.about = 'customer' THEN l.about_id END)
        WHERE d.id = ?1
        """)

    private static let updateDelivery = SQL(
        """
        UPDATE webhook_delivery SET status = ?2, attempts = ?3, first_tried_at = ?4, tries = ?5, next_at = ?6,
            delivered_at = ?7
        WHERE id = ?1
        """)

    private func note(_ tried: WebhookJournal.Tried) throws {
        let (delivery, attempt) = (tried.delivery, tried.attempt)
        try statements.run(Self.insertAttempt, db) { row in
            row.add(delivery.id)
            row.add(attempt.number)
            row.add(attempt.at)
            row.add(attempt.duration.milliseconds)
            switch attempt.outcome {
            case .answered(let status, _, let beginning):
                row.add(Int64(status))
                row.add(nil as String?)
                row.add(Array(beginning.prefix(DeliveryAttempt.keptBytes)))
            case .failed(let failure):
                row.add(nil as Int64?)
                row.add(failure.rawValue)
                row.add(nil as [UInt8]?)
            }
        }
        try statements.run(Self.updateDelivery, db) { row in
            row.add(delivery.id)
            row.add(delivery.status.rawValue)
            row.add(delivery.attempts)
            row.add(delivery.firstTriedAt)
            row.add(delivery.tries)
            row.add(delivery.nextAt)
            row.add(delivery.deliveredAt)
        }
    }
}
