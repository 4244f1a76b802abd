import Complaints
import Testing

@Suite("A delivery")
struct DeliveryTests {
    private static let start = Instant(milliseconds: 1_772_355_600_000)

    private static let new = Delivery(
        id: 1, webhookID: 1, eventID: 7, caseID: 3, createdAt: start, nextAt: start)

    private static func attempt(
        _ status: Int, retryAfter: ElapsedTime? = nil, number: Int64 = 1, at: Instant = start
    ) -> DeliveryAttempt {
        DeliveryAttempt(
            number: number, at: at, duration: .zero,
            outcome: .answered(status: status, retryAfter: retryAfter, beginning: []))
    }

    @Test("is done with any status of 2xx, and with no other")
    func taken() {
        for status in [200, 201, 204, 299] {
            let (delivery, off) = Self.new.tried(Self.attempt(status), at: Self.start, chance: 0)
            #expect(delivery.status == .delivered && delivery.deliveredAt == Self.start && off == nil)
        }
        for status in [300, 302, 304, 400, 404, 429, 500, 503] {
            let (delivery, off) = Self.new.tried(Self.attempt(status), at: Self.start, chance: 0)
            #expect(delivery.status == .pending && delivery.deliveredAt == nil && off == nil, "\(status)")
        }
    }

    @Test("that failed is tried again after pauses that grow, for three days")
    func pauses() {
        let seconds = (1...12).map { RetrySchedule.pause(after: $0, chance: 0).wholeSeconds }
        #expect(seconds == [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800, 28_800, 28_800])
        var (delivery, now, count) = (Self.new, Self.start, 0)
        while true {
            count += 1
            let (next, off) = delivery.tried(
                Self.attempt(500, number: Int64(count), at: now), at: now, chance: 0)
            if off != nil {
                #expect(off == .failing && next.status == .pending)
                break
            }
            #expect(next.nextAt > now)
            (delivery, now) = (next, next.nextAt)
        }
        #expect(count == 18)
        #expect(now - Self.start >= .days(3) && now - Self.start < .hours(80))
    }

    @Test("is spread by up to a quarter of its pause, and waits for as long as the receiver asks, a day at most")
    func jitter() {
        #expect(RetrySchedule.pause(after: 3, chance: 0) == .seconds(120))
        #expect(RetrySchedule.pause(after: 3, chance: 1) == .seconds(150))
        #expect(RetrySchedule.pause(after: 1, chance: 0, wish: .seconds(90)) == .seconds(90))
        #expect(RetrySchedule.pause(after: 6, chance: 0, wish: .seconds(90)) == .hours(1))
        #expect(RetrySchedule.pause(after: 1, chance: 0, wish: .days(400)) == .days(1))
        let (delivery, _) = Self.new.tried(
            Self.attempt(429, retryAfter: .minutes(7)), at: Self.start, chance: 0)
        #expect(delivery.nextAt == Self.start + .minutes(7))
    }

    @Test("to a receiver that takes nothing leaves it alone for longer each time, up to a minute")
    func quiet() {
        let seconds = (1...9).map { RetrySchedule.quiet(after: $0).wholeSeconds }
        #expect(seconds == [1, 2, 4, 8, 16, 32, 60, 60, 60])
        #expect(RetrySchedule.quiet(after: 1, wish: .minutes(5)) == .minutes(5))
        #expect(!Self.attempt(500).isOfReceiver && Self.attempt(503).isOfReceiver && Self.attempt(429).isOfReceiver)
    }

    @Test("turns its webhook off when the receiver says that it is gone")
    func gone() {
        #expect(Self.new.tried(Self.attempt(410), at: Self.start, chance: 0).off == .gone)
    }

    @Test("that is sent again by hand is tried once, and leaves the order alone")
    func again() throws {
        let (done, _) = Self.new.tried(Self.attempt(200), at: Self.start, chance: 0)
        let again = try done.redelivered(of: Self.webhook(active: false), at: Self.start + .hours(1))
        #expect(again.isOnce && again.status == .pending && again.nextAt == Self.start + .hours(1))
        let (refused, off) = again.tried(Self.attempt(500, number: 2), at: Self.start + .hours(1), chance: 0)
        #expect(refused.status == .delivered && off == nil && refused.attempts == 2, "what was taken is")
        #expect(refused.deliveredAt == Self.start)
        let (taken, _) = again.tried(Self.attempt(200, number: 2), at: Self.start + .hours(1), chance: 0)
        #expect(taken.status == .delivered && taken.deliveredAt == Self.start + .hours(1))
        let waiting = try Self.new.redelivered(of: Self.webhook(active: true), at: Self.start + .hours(1))
        #expect(!waiting.isOnce && waiting.nextAt == Self.start + .hours(1))
    }

    @Test("that waits for its turn is not sent by hand while its webhook is off, but where that is what it waits for")
    func off() throws {
        #expect(throws: Refusal.rule(.webhookOff(3, delivery: Self.new.id))) {
            try Self.new.redelivered(of: Self.webhook(active: false), at: Self.start)
        }
        let (done, _) = Self.new.tried(Self.attempt(200), at: Self.start, chance: 0)
        let again = try done.redelivered(of: Self.webhook(active: false), at: Self.start)
        #expect(try again.redelivered(of: Self.webhook(active: false), at: Self.start).isOnce)
    }

    private static func webhook(active: Bool) throws -> Webhook {
        var fields = WebhookFields()
        fields.active = active
        return Webhook(
            id: 3, url: try WebhookURL("https://example.com/"), fields: fields, afterEvent: 0, createdBy: "Ann",
            recordedAt: start, updatedAt: start)
    }
}
