import Complaints
import TestSupport

@testable import CaseStore

extension Desk {
    /// Makes a webhook that takes all there is.
    func keepWebhook() throws -> Webhook {
        let request = WebhookRequest(url: try WebhookURL("https://hooks.example/"))
        return try store.write { transaction in
            try transaction.createWebhook(Incoming(request), secret: WebhookSecret(), by: Desk.manager)
        }
    }

    /// Makes a webhook, edits all of it, rotates its secret twice, and has something told; and makes others, of which one is
    /// taken away and one turned off.
    func keepWebhooks() throws {
        let webhook = try keepWebhook()
        let (gone, failing) = (try keepWebhook(), try keepWebhook())
        clock.advance(by: .hours(1))
        for number in [1, 2] {
            _ = try store.write { transaction in
                let edit = WebhookEdit(
                    url: try WebhookURL("https://hooks.example/\(number)"),
                    fields: Edit { .some($0.name == "active" ? .flag(true) : $0.type.sample(number)) })
                guard let subject = try transaction.record.webhook(webhook.id) else { throw NotThere() }
                _ = try transaction.perform(.edit(webhook: webhook.id, Incoming(edit)), on: subject, by: Desk.manager)
            }
            clock.advance(by: .hours(1))
            _ = try store.write { transaction in
                guard let subject = try transaction.record.webhook(webhook.id) else { throw NotThere() }
                _ = try transaction.rotate(subject, Incoming(()), to: WebhookSecret(), by: Desk.manager)
            }
            clock.advance(by: .hours(1))
        }
        try store.write { transaction in
            _ = try transaction.perform(.delete(webhook: gone.id, Incoming(())), on: gone, by: Desk.manager)
            try transaction.turnOff(webhook: failing.id, .failing)
            try transaction.tellOfOne(failing)
        }
    }

    private struct NotThere: Error {}
}

extension WriteTransaction {
    /// Takes an event in hand for a webhook that is told of none yet, and notes an attempt.
    func tellOfOne(_ webhook: Webhook) throws {
        let step = try record.webhookEvents(for: webhook, after: webhook.afterEvent, looking: 9, taking: 1)
        var journal = WebhookJournal()
        journal.taken = [WebhookJournal.Taken(webhookID: webhook.id, cursor: step.cursor, events: step.taken)]
        try note(journal)
        guard let due = try record.dueDeliveries(of: webhook, at: now, limit: 1).first else { return }
        let attempt = DeliveryAttempt(
            number: 1, at: now, duration: .seconds(1),
            outcome: .answered(status: 500, retryAfter: nil, beginning: [0x61]))
        let (delivery, off) = due.delivery.tried(attempt, at: now, chance: 0)
        journal = WebhookJournal()
        journal.tried = [WebhookJournal.Tried(delivery: delivery, attempt: attempt, off: off)]
        try note(journal)
    }
}
