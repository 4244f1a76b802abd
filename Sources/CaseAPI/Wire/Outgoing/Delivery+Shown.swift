import CaseStore
import Complaints

extension DeliveryRecord {
    /// What a webhook was told, or is to be, and what came of it.
    static let shown: [Shown<DeliveryRecord>] = [
        .id("id") { $0.delivery.id },
        .id("webhook_id") { $0.delivery.webhookID },
        .text("message_id", "Its webhook-id: the same each time that it is posted.") { $0.message.id },
        .text("type", "As the feed of events calls it; \(WebhookMessage.testType) for a test.") { $0.message.type },
        .id("event_id", "Its place among all events; null for a test.") { $0.event?.id },
        .id("case_id", "What follows in the same case waits for it.") { $0.delivery.caseID },
        .word("status") { $0.delivery.status },
        .flag("by_hand", "Whether it is posted once, out of the order, as somebody asked for it.") {
            $0.delivery.isOnce
        },
        .instant("created_at", "When it was taken in hand.") { $0.delivery.createdAt },
        .count("attempt_count", "How often it was tried.") { $0.delivery.attempts },
        .instant("next_attempt_at", "When it is tried next, unless it has to wait for another; null once it is done.") {
            $0.delivery.status == .pending ? $0.delivery.nextAt : nil
        },
        .instant("delivered_at", "When the receiver took it last.") { $0.delivery.deliveredAt },
        .objects(
            "attempts", "The last times that it was tried, oldest first.", of: DeliveryAttempt.shown,
            schema: .named("DeliveryAttempt"), bounds: 0...mostAttempts
        ) { $0.attempts },
    ]

    private var message: WebhookMessage { WebhookMessage(delivery, event) }
}

extension DeliveryAttempt {
    static let shown: [Shown<DeliveryAttempt>] = [
        .count("number", "1 for the first, and one more for each.") { $0.number },
        .instant("at", "When it began.") { $0.at },
        .seconds("seconds", "How long it took.") { $0.duration },
        .count("status", "Of the answer; null without one.") { $0.status },
        .wordOrNull("failure", "Why there was no answer.") { $0.failure },
        .text("answer", "How the answer's body begins: 1 KiB at most, read as UTF-8.") { $0.answer },
    ]

    private var status: Int? { if case .answered(let status, _, _) = outcome { status } else { nil } }

    private var failure: DeliveryFailure? { if case .failed(let failure) = outcome { failure } else { nil } }

    private var answer: String? {
        guard case .answered(_, _, let beginning) = outcome else { return nil }
        return String(decoding: beginning, as: UTF8.self)
    }
}

extension ItemForm<DeliveryRecord> {
    static let delivery = ItemForm(DeliveryRecord.shown)
}

extension ListForm<DeliveryRecord> {
    static let deliveries = ListForm(.delivery, hasHistory: false)
}
