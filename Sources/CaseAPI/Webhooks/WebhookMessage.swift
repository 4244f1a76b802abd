import CaseStore
import Complaints
import HTTPClient

/// What a webhook is posted (Standard Webhooks 1.0): a type, a timestamp, and ids with links to them. It has no words of
/// anybody's: whoever may see these asks for them.
struct WebhookMessage: Sendable {
    /// `webhook-id`: the same each time that it is sent, and another for each event, webhook and database.
    let id: String
    let type: String
    let timestamp: Instant
    let data: WebhookData

    /// What tests are called; no event is.
    static let testType = "webhook.test"

    init(_ due: DueDelivery, _ links: PublicLinks) {
        self.init(due.delivery, due.event, links)
    }

    init(_ delivery: Delivery, _ event: WebhookEvent?, _ links: PublicLinks = .relative) {
        if let event {
            id = "msg_\(delivery.webhookID)_\(event.id)_\(event.mark)"
            type = event.type.rawValue
            timestamp = event.at
        } else {
            id = "msg_\(delivery.webhookID)_test_\(delivery.id)_\(delivery.createdAt.milliseconds)"
            type = Self.testType
            timestamp = delivery.createdAt
        }
        data = WebhookData(webhookID: delivery.webhookID, event: event, links: links)
    }

    static let shown: [Shown<WebhookMessage>] = [
        .text("type", "As the feed of events calls it; \(testType) for a test.") { $0.type },
        .instant("timestamp", "When it happened.") { $0.timestamp },
        .object("data", "What it is about: ids and links.", of: WebhookData.shown, schema: .named("WebhookData")) {
            $0.data
        },
    ]

    /// The request that posts it at an instant.
    func request(
        id number: UInt64, to webhook: Webhook, signedWith secrets: [WebhookSecret], at now: Instant, agent: String
    ) -> OutgoingRequest {
        var json = JSONWriter(capacity: 512)
        json.write(self, Self.shown)
        let body = json.bytes
        // The second is that of the attempt: a receiver turns down what is too old.
        let second = now.milliseconds / 1000
        let signatures = secrets.map { $0.signature(id: id, timestamp: second, body: body) }
        return OutgoingRequest(
            id: number, url: webhook.url.text, isEncrypted: webhook.url.isEncrypted,
            fields: [
                ("Content-Type", "application/json"), ("User-Agent", agent), ("webhook-id", id),
                ("webhook-timestamp", "\(second)"), ("webhook-signature", signatures.joined(separator: " ")),
            ], body: body)
    }
}

/// What a message is about. Without an event, a test.
struct WebhookData: Sendable {
    let webhookID: Int64
    let event: WebhookEvent?
    /// Where people find the service.
    let links: PublicLinks

    static let shown: [Shown<WebhookData>] = [
        .id("webhook_id", "Who is told.") { $0.webhookID },
        .id("event_id", "Its place among all events; null for a test.") { $0.event?.id },
        .wordOrNull("kind", "Of its entry in the log.") { $0.event?.kind },
        .wordOrNull("about", "What sort of thing it is about.") { $0.event?.subject.sort },
        .id("about_id", "Which one.") { $0.event?.subject.id },
        .id("case_id", "Null when it is about no case.") { $0.event?.subject.caseID },
        .id("promise_id", "The promise it is about.") { $0.event?.promiseID },
        .object(
            "links",
            "Where all of it is to be had: under the public URL where there is one, else below the service's own address.",
            of: shownLinks
        ) { $0 },
    ]

    private static let shownLinks: [Shown<WebhookData>] = [
        .text("event") { data in data.link(data.event.map { "/v1/events?after=\($0.id - 1)&limit=1" }) },
        .text("case") { data in data.link(data.event?.subject.caseID.map { "/v1/cases/\($0)" }) },
        .text("log") { data in
            data.link(
                data.event.flatMap { event in event.subject.caseID.map { "/v1/cases/\($0)/log/\(event.seq)" } })
        },
        .text("promise") { data in data.link(data.event?.promiseID.map { "/v1/promises/\($0)" }) },
        .text("board", "The case for people who look.") { data in
            data.link(data.event?.subject.caseID.map { "/board/cases/\($0)" })
        },
    ]

    private func link(_ path: String?) -> String? { path.map { links.link(to: $0) } }
}
