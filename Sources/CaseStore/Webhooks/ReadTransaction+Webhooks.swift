public import Complaints
import GRDB

extension ReadTransaction {
    private static let webhookByID = SQL(
        "SELECT \(WebhookColumns.list) FROM webhook w WHERE w.id = ? AND w.deleted_at IS NULL")

    /// The webhook of that id, as it is today; nil when there is none, or none any more.
    public func webhook(_ id: Int64) throws -> Webhook? {
        try statements.first(Self.webhookByID, db, bind: { $0.add(id) }, WebhookColumns.webhook)
    }

    private static let webhookPage = SQL(
        "SELECT \(WebhookColumns.list) FROM webhook w WHERE w.id > ? AND w.deleted_at IS NULL ORDER BY w.id LIMIT ?")

    /// A page of all webhooks, oldest first; as they are today.
    public func webhooks(_ request: PageRequest) throws -> Page<Webhook> {
        var list = ListSQL()
        list.add("w.deleted_at IS NULL")
        let count = request.counts ? try count(from: "webhook w", list) : nil
        var webhooks: [Webhook] = []
        try statements.rows(
            Self.webhookPage, db,
            bind: {
                $0.add(request.after?.id ?? 0)
                $0.add(Int64(request.limit + 1))
            }
        ) { webhooks.append(try WebhookColumns.webhook($0)) }
        return page(webhooks, request, count: count) { PageKey(value: nil, id: $0.id) }
    }

    private static let countWebhooks = SQL("SELECT count(*) FROM webhook WHERE deleted_at IS NULL")

    /// How many there are.
    func webhookCount() throws -> Int {
        try statements.first(Self.countWebhooks, db) { Int($0.integer(0)) } ?? 0
    }

    /// A page of what a webhook was told, or is to be: the newest first; as it is today.
    ///
    /// - Parameter statuses: only what came to one of these; none for any.
    public func deliveries(
        ofWebhook id: Int64, _ statuses: Set<DeliveryStatus>, _ request: PageRequest
    ) throws -> Page<DeliveryRecord> {
        var list = ListSQL()
        list.add("d.webhook_id = :webhook", "webhook", .integer(id))
        if !statuses.isEmpty { list.add("d.status", in: statuses) }
        let count = request.counts ? try count(from: "webhook_delivery d INDEXED BY webhook_delivery_by_id", list) : nil
        if let after = request.after { list.add("d.id < :after", "after", .integer(after.id)) }
        var deliveries: [(Delivery, WebhookEvent?)] = []
        let sql = """
            SELECT \(DeliveryColumns.list), \(WebhookEventColumns.list)
            FROM webhook_delivery d INDEXED BY webhook_delivery_by_id
            \(WebhookEventColumns.ofDelivery)
            \(list.whereClause)
            ORDER BY d.id DESC
            LIMIT \(request.limit + 1)
            """
        try statements.rows(sql, list.values, db) { row in
            deliveries.append((try DeliveryColumns.delivery(row), try event(of: row)))
            return true
        }
        let records = try deliveries.map { delivery, event in
            DeliveryRecord(delivery: delivery, event: event, attempts: try attempts(of: delivery.id))
        }
        return page(records, request, count: count) { PageKey(value: nil, id: $0.delivery.id) }
    }

    /// The event of a row whose columns come after those of a delivery; nil for a test.
    func event(of row: Columns) throws -> WebhookEvent? {
        guard !row.isNull(DeliveryColumns.count) else { return nil }
        return try WebhookEventColumns.event(row, at: DeliveryColumns.count, names, db)
    }

    private static let deliveryByID = SQL(
        """
        SELECT \(DeliveryColumns.list), \(WebhookEventColumns.list)
        FROM webhook_delivery d
        \(WebhookEventColumns.ofDelivery)
        WHERE d.id = ? AND d.webhook_id = ?
        """)

    /// A delivery of a webhook; nil when there is none, or none any more.
    public func delivery(_ id: Int64, ofWebhook webhookID: Int64) throws -> DeliveryRecord? {
        let found = try statements.first(
            Self.deliveryByID, db,
            bind: { row in
                row.add(id)
                row.add(webhookID)
            }
        ) { (try DeliveryColumns.delivery($0), try event(of: $0)) }
        return try found.map { DeliveryRecord(delivery: $0, event: $1, attempts: try attempts(of: $0.id)) }
    }

    private static let lastAttempts = SQL(
        """
        SELECT number, at, milliseconds, status, failure, answer FROM webhook_attempt
        WHERE delivery_id = ? ORDER BY number DESC LIMIT \(DeliveryRecord.mostAttempts)
        """)

    private func attempts(of id: Int64) throws -> [DeliveryAttempt] {
        var attempts: [DeliveryAttempt] = []
        try statements.rows(Self.lastAttempts, db, bind: { $0.add(id) }) { row in
            let outcome: DeliveryAttempt.Outcome
            if let failure: DeliveryFailure = try row.optionalWord(4) {
                outcome = .failed(failure)
            } else {
                outcome = .answered(
                    status: Int(row.integer(3)), retryAfter: nil, beginning: row.optionalBytes(5) ?? [])
            }
            attempts.append(
                DeliveryAttempt(
                    number: row.integer(0), at: row.instant(1), duration: ElapsedTime(milliseconds: row.integer(2)),
                    outcome: outcome))
        }
        return attempts.reversed()
    }
}

/// A delivery with what it tells of, and how it was tried.
public struct DeliveryRecord: Sendable, Hashable {
    /// What became of it.
    public let delivery: Delivery
    /// Nil for a test.
    public let event: WebhookEvent?
    /// The last times that it was tried, oldest first.
    public let attempts: [DeliveryAttempt]

    /// How many of its attempts are told of.
    public static let mostAttempts = 20
}
