public import Complaints
import GRDB

extension WriteTransaction {
    private static let insertWebhook = SQL(
        """
        INSERT INTO webhook (url, description, types, severity, owner, team, active, off_reason, former_secret_until,
            updated_at, version, id, secret, recorded_at, after_event, created_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    /// Makes a webhook with that secret: it is told of what comes after this.
    ///
    /// - Throws: `Refusal`.
    public func createWebhook(
        _ incoming: Incoming<WebhookRequest>, secret: WebhookSecret, by actor: Actor
    ) throws -> Webhook {
        var issues: [FieldIssue] = []
        let count = try record.webhookCount()
        if count >= Limits.webhooks {
            issues.append(
                FieldIssue(.body, .outOfRange, "There are \(count) webhooks, and no more are taken: take one away."))
        }
        let request = try incoming.adding(issues).taken()
        guard let url = request.url else { preconditionFailure("a request without a URL has an issue") }
        // Its own entry is the first that it could be told of, and is no news to who made it.
        let webhook = Webhook(
            id: try nextID(Self.nextWebhook), url: url, fields: request.fields, afterEvent: log.lastID + 1,
            createdBy: actor.name, recordedAt: now, updatedAt: now)
        try statements.run(Self.insertWebhook, db) { row in
            WebhookColumns.add(webhook, to: &row)
            row.add(webhook.id)
            row.add(secret.bytes)
            row.add(webhook.recordedAt)
            row.add(webhook.afterEvent)
            row.add(webhook.createdBy)
        }
        inserted(webhook.id, Self.nextWebhook)
        touchesWebhooks = true
        try log(.webhookCreated(webhook), about: .webhook(webhook.id), by: actor)
        return webhook
    }

    /// The webhook that a command is about; nil when there is none.
    public func subject(of command: WebhookCommand) throws -> Webhook? { try record.webhook(command.webhookID) }

    /// Performs a command on the webhook that it is about, as this transaction has read it.
    ///
    /// - Throws: `Refusal`.
    public func perform(_ command: WebhookCommand, on subject: Webhook, by actor: Actor) throws -> Webhook {
        switch command {
        case .edit(_, let incoming):
            guard let webhook = try subject.edited(incoming, at: now) else { return subject }
            try update(webhook)
            if webhook.fields.active, !subject.fields.active { try resume(webhook) }
            try log(.webhookUpdated(from: subject, to: webhook), about: .webhook(webhook.id), by: actor)
            return webhook
        case .delete(_, let incoming):
            _ = try incoming.taken()
            try delete(subject, by: actor)
            return subject
        }
    }

    private static let updateWebhook = SQL(
        """
        UPDATE webhook SET url = ?, description = ?, types = ?, severity = ?, owner = ?, team = ?, active = ?,
            off_reason = ?, former_secret_until = ?, updated_at = ?, version = ?
        WHERE id = ?
        """)

    private func update(_ webhook: Webhook) throws {
        try statements.run(Self.updateWebhook, db) { row in
            WebhookColumns.add(webhook, to: &row)
            row.add(webhook.id)
        }
        touchesWebhooks = true
    }

    /// What waits is tried at once, and for as long as what is new.
    private static let resumeDeliveries = SQL(
        """
        UPDATE webhook_delivery SET next_at = ?1, first_tried_at = NULL, tries = 0
        WHERE webhook_id = ?2 AND status = 'pending'
        """)

    private func resume(_ webhook: Webhook) throws {
        try locally {
            try statements.run(Self.resumeDeliveries, db) { row in
                row.add(now)
                row.add(webhook.id)
            }
        }
    }

    private static let rotateSecret = SQL(
        """
        UPDATE webhook SET former_secret = secret, former_secret_until = ?1, secret = ?2, updated_at = ?3, version = ?4
        WHERE id = ?5
        """)

    /// Gives a webhook another secret; the one it had is signed with for a while, and any before it is not any more.
    ///
    /// - Throws: `Refusal`.
    public func rotate(
        _ subject: Webhook, _ incoming: Incoming<Void>, to secret: WebhookSecret, by actor: Actor
    ) throws -> Webhook {
        _ = try incoming.taken()
        let webhook = subject.rotated(at: now)
        try statements.run(Self.rotateSecret, db) { row in
            row.add(webhook.formerSecretUntil)
            row.add(secret.bytes)
            row.add(webhook.updatedAt)
            row.add(webhook.version)
            row.add(webhook.id)
        }
        touchesWebhooks = true
        try log(.webhookRotated(webhook), about: .webhook(webhook.id), by: actor)
        return webhook
    }

    /// Turns a webhook off by itself, unless it is off or gone already.
    func turnOff(webhook id: Int64, _ reason: WebhookOffReason) throws {
        guard let subject = try record.webhook(id), subject.fields.active else { return }
        let webhook = subject.turnedOff(reason, at: now)
        try update(webhook)
        try log(.webhookDisabled(webhook, from: subject, reason), about: .webhook(id), by: .clock)
    }

    private static let deleteWebhook = SQL(
        """
        UPDATE webhook SET url = '', description = NULL, active = 0, off_reason = NULL, secret = x'', former_secret = NULL,
            former_secret_until = NULL, deleted_at = ?1, updated_at = ?1, version = version + 1
        WHERE id = ?2
        """)

    private func delete(_ webhook: Webhook, by actor: Actor) throws {
        try statements.run(Self.deleteWebhook, db) { row in
            row.add(now)
            row.add(webhook.id)
        }
        touchesWebhooks = true
        try log(.webhookDeleted(webhook, at: now), about: .webhook(webhook.id), by: actor)
    }
}
