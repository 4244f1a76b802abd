extension LogDraft {
    /// That a webhook was made: to whom, and what it takes; nothing of its secret, and of its URL no more than the receiver.
    package static func webhookCreated(_ webhook: Webhook) -> LogDraft {
        var draft = LogDraft(.webhookCreated, at: webhook.recordedAt, texts: [receiver(of: webhook)])
        draft.add(webhook.fields)
        return draft
    }

    /// Each changed field of a webhook, as it is and as it was.
    package static func webhookUpdated(from before: Webhook, to after: Webhook) -> LogDraft {
        let changes = after.fields.changes(from: before.fields)
        let isMoved = !after.url.text.isExactly(before.url.text)
        return LogDraft(
            .webhookUpdated, at: after.updatedAt,
            facts: changes.facts + (isMoved ? [Fact("url_changed", .boolean(true))] : []),
            texts: [receiver(of: after)] + changes.texts)
    }

    /// That it has another secret.
    package static func webhookRotated(_ webhook: Webhook) -> LogDraft {
        LogDraft(.webhookRotated, at: webhook.updatedAt, texts: [receiver(of: webhook)])
    }

    /// That the service turned it off.
    package static func webhookDisabled(
        _ webhook: Webhook, from before: Webhook, _ reason: WebhookOffReason
    ) -> LogDraft {
        LogDraft(
            .webhookDisabled, at: webhook.updatedAt,
            facts: [Fact("reason", .text(reason.rawValue))] + webhook.fields.changes(from: before.fields).facts,
            texts: [receiver(of: webhook)])
    }

    /// That it was taken away.
    package static func webhookDeleted(_ webhook: Webhook, at now: Instant) -> LogDraft {
        LogDraft(.webhookDeleted, at: now, texts: [receiver(of: webhook)])
    }

    private static func receiver(of webhook: Webhook) -> Fact { Fact("receiver", .text(webhook.url.origin)) }
}
