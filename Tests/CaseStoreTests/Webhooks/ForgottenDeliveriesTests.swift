import Complaints
import Testing

@testable import CaseStore

@Suite("What a webhook was told")
struct ForgottenDeliveriesTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
    }

    /// Has a webhook tested, and notes what its receiver answered.
    private func tell(_ webhook: Webhook, _ status: Int = 200) throws -> Int64 {
        try desk.store.write { transaction in
            let delivery = try transaction.test(webhook, Incoming(())).delivery
            let attempt = DeliveryAttempt(
                number: 1, at: delivery.createdAt, duration: .zero,
                outcome: .answered(status: status, retryAfter: nil, beginning: []))
            let (tried, off) = delivery.tried(attempt, at: delivery.createdAt, chance: 0)
            var journal = WebhookJournal()
            journal.tried = [WebhookJournal.Tried(delivery: tried, attempt: attempt, off: off)]
            try transaction.note(journal)
            return delivery.id
        }
    }

    private func isThere(_ id: Int64, _ webhook: Webhook) throws -> Bool {
        try desk.reader.read { try $0.delivery(id, ofWebhook: webhook.id) } != nil
    }

    @Test("is forgotten after thirty days, a few at a time, unless it waits; and what a deleted one was told at once")
    func forgotten() throws {
        let (webhook, other) = (try desk.keepWebhook(), try desk.keepWebhook())
        let waiting = try desk.store.write { try $0.test(webhook, Incoming(())).delivery.id }
        let old = [try tell(webhook), try tell(webhook, 500)]
        desk.clock.advance(by: .days(29))
        let late = [try tell(webhook), try tell(other)]
        #expect(try desk.store.write { try $0.forgetDeliveries(limit: 9) } == 0)
        desk.clock.advance(by: .days(2))
        #expect(try desk.store.write { try $0.forgetDeliveries(limit: 1) } == 1)
        #expect(try desk.store.write { try $0.forgetDeliveries(limit: 9) } == 1)
        #expect(try old.allSatisfy { try !isThere($0, webhook) })
        #expect(try isThere(waiting, webhook) && isThere(late[0], webhook) && isThere(late[1], other))
        _ = try desk.store.write {
            try $0.perform(.delete(webhook: other.id, Incoming(())), on: other, by: Desk.manager)
        }
        #expect(try desk.store.write { try $0.forgetDeliveries(limit: 9) } == 1)
        #expect(try isThere(waiting, webhook) && !isThere(late[1], other))
        #expect(try desk.reader.verify().findings == [])
    }
}
