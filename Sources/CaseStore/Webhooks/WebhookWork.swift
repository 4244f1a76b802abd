public import Complaints
import GRDB

/// A webhook that something is posted to, with what whoever posts has to know.
public struct WebhookLane: Sendable {
    /// The webhook.
    public let webhook: Webhook
    /// What is sent is signed with each of these.
    public let secrets: [WebhookSecret]
    /// Up to which event its deliveries were taken in hand.
    public let cursor: Int64
}

/// A delivery whose time has come, with what it tells of.
public struct DueDelivery: Sendable {
    /// The delivery.
    public let delivery: Delivery
    /// Nil for a test.
    public let event: WebhookEvent?
}

/// How the webhooks are doing, together.
public struct WebhookState: Sendable, Hashable {
    /// How many are on.
    public let active: Int
    /// How many somebody turned off.
    public let off: Int
    /// How many the service turned off.
    public let disabled: Int
    /// What waits for those that are on, by their ids.
    public let waiting: [Waiting]

    /// What waits for a webhook that is on.
    public struct Waiting: Sendable, Hashable {
        /// Of the webhook.
        public let id: Int64
        /// How many deliveries wait for their turn, or to be tried again.
        public let count: Int
        /// When the one of them was taken in hand that waits longest; nil where none does.
        public let since: Instant?
    }
}

extension ReadTransaction {
    private static let lanes = SQL(
        """
        SELECT \(WebhookColumns.list), w.secret, w.former_secret, coalesce(r.event_id, w.after_event)
        FROM webhook w LEFT JOIN webhook_cursor r ON r.webhook_id = w.id
        WHERE w.deleted_at IS NULL AND (w.active OR EXISTS (SELECT 1 FROM webhook_delivery t
            INDEXED BY webhook_delivery_by_hand WHERE t.webhook_id = w.id AND t.status = 'pending' AND t.once = 1))
        ORDER BY w.id
        """)

    /// The webhooks that something is posted to: those that are on, and any to which something is to be posted by hand.
    ///
    /// - Parameter now: by the wall clock.
    public func webhookLanes(at now: Instant) throws -> [WebhookLane] {
        var lanes: [WebhookLane] = []
        try statements.rows(Self.lanes, db) { row in
            let webhook = try WebhookColumns.webhook(row)
            let first = WebhookColumns.count
            var secrets = [try WebhookSecret(bytes: row.bytes(first))]
            if let former = row.optionalBytes(first + 1), let until = webhook.formerSecretUntil, now < until {
                secrets.append(try WebhookSecret(bytes: former))
            }
            lanes.append(WebhookLane(webhook: webhook, secrets: secrets, cursor: row.integer(first + 2)))
        }
        return lanes
    }

    private static let waiting = SQL(
        """
        SELECT count(*) FROM webhook_delivery INDEXED BY webhook_delivery_pending WHERE webhook_id = ? AND status = 'pending'
        """)

    /// How many deliveries of a webhook wait: about `Webhook.mostWaiting` at most.
    public func waitingDeliveries(ofWebhook id: Int64) throws -> Int {
        try statements.first(Self.waiting, db, bind: { $0.add(id) }) { Int($0.integer(0)) } ?? 0
    }

    private static let eventsToTake = SQL(
        """
        SELECT \(WebhookEventColumns.list) FROM \(WebhookEventColumns.tables)
        WHERE l.id > ? ORDER BY l.id LIMIT ?
        """)

    /// What of the log comes next for a webhook: those of `looking` entries that it takes, up to so many, and the last entry that
    /// was looked at.
    public func webhookEvents(
        for webhook: Webhook, after cursor: Int64, looking: Int, taking: Int
    ) throws -> (taken: [WebhookEvent], cursor: Int64) {
        var (taken, last, isOver): ([WebhookEvent], Int64, Bool) = ([], cursor, false)
        try statements.rows(
            Self.eventsToTake, db,
            bind: { row in
                row.add(cursor)
                row.add(Int64(looking))
            }
        ) { row in
            guard !isOver else { return }
            let event = try WebhookEventColumns.event(row, names, db)
            if webhook.fields.takes(event) {
                isOver = taken.count == taking
                if isOver { return }
                taken.append(event)
            }
            last = event.id
        }
        return (taken, last)
    }

    private static let held = SQL(
        """
        SELECT case_id, min(event_id) FROM webhook_delivery INDEXED BY webhook_delivery_next
        WHERE webhook_id = ? AND status = 'pending' AND next_at > ? AND NOT once AND case_id IS NOT NULL
        GROUP BY case_id
        """)

    private static let due = """
        SELECT \(DeliveryColumns.list), \(WebhookEventColumns.list)
        FROM webhook_delivery d INDEXED BY webhook_delivery_pending
        \(WebhookEventColumns.ofDelivery)
        WHERE d.webhook_id = :webhook AND d.status = 'pending' AND d.next_at <= :now
            AND (:active OR d.once)
        ORDER BY d.event_id
        """

    /// The deliveries of a webhook whose time has come, in the order of their events, tests first: none that has to wait for
    /// another of its case whose time has not. Of one that is off, those alone that somebody asked for.
    public func dueDeliveries(of webhook: Webhook, at now: Instant, limit: Int) throws -> [DueDelivery] {
        var held: [Int64: Int64] = [:]
        try statements.rows(
            Self.held, db,
            bind: { row in
                row.add(webhook.id)
                row.add(now)
            }
        ) { held[$0.integer(0)] = $0.integer(1) }
        var due: [DueDelivery] = []
        let values: [String: SQLValue] = [
            "webhook": .integer(webhook.id), "now": .instant(now), "active": .integer(webhook.fields.active ? 1 : 0),
        ]
        try statements.rows(Self.due, values, db) { row in
            let delivery = try DeliveryColumns.delivery(row)
            if !delivery.isOnce, let caseID = delivery.caseID, let eventID = delivery.eventID,
                let first = held[caseID], first < eventID
            {
                return true
            }
            due.append(DueDelivery(delivery: delivery, event: try event(of: row)))
            return due.count < limit
        }
        return due
    }

    private static let nextTime = SQL(
        """
        SELECT min(next_at) FROM webhook_delivery INDEXED BY webhook_delivery_next
        WHERE webhook_id = ? AND status = 'pending' AND next_at > ?
        """)

    /// When the time of another delivery of a webhook comes; nil when none waits for its time.
    public func nextDelivery(of webhook: Webhook, after now: Instant) throws -> Instant? {
        try statements.first(
            Self.nextTime, db,
            bind: { row in
                row.add(webhook.id)
                row.add(now)
            }
        ) { $0.optionalInstant(0) } ?? nil
    }

    private static let state = SQL(
        """
        SELECT w.id, w.active, w.off_reason,
            (SELECT count(*) FROM webhook_delivery d INDEXED BY webhook_delivery_pending
                WHERE d.webhook_id = w.id AND d.status = 'pending' AND w.active),
            (SELECT d.created_at FROM webhook_delivery d INDEXED BY webhook_delivery_pending
                WHERE d.webhook_id = w.id AND d.status = 'pending' AND w.active ORDER BY d.event_id LIMIT 1)
        FROM webhook w WHERE w.deleted_at IS NULL ORDER BY w.id
        """)

    /// How the webhooks are doing, as of today.
    public func webhookState() throws -> WebhookState {
        var (off, disabled, waiting): (Int, Int, [WebhookState.Waiting]) = (0, 0, [])
        try statements.rows(Self.state, db) { row in
            if row.flag(1) {
                waiting.append(
                    WebhookState.Waiting(id: row.integer(0), count: Int(row.integer(3)), since: row.optionalInstant(4)))
            } else if row.optionalText(2) != nil {
                disabled += 1
            } else {
                off += 1
            }
        }
        return WebhookState(active: waiting.count, off: off, disabled: disabled, waiting: waiting)
    }
}
