import CaseStore
import Complaints
import Logging
import TestSupport
import Testing

@testable import CaseAPI

extension TestDesk {
    /// A desk whose webhooks may post to this machine.
    static func allowingLoopback(
        posts: Bool = true, links: PublicLinks = .relative, logger: Logger? = nil, continuing before: TestDesk? = nil
    ) throws -> TestDesk {
        let range = try #require(AddressRange("127.0.0.0/8"))
        return try TestDesk(
            receivers: ReceiverRules(allowing: [range]), posts: posts, links: links, logger: logger, continuing: before)
    }

    /// Makes a webhook; `more` are members of its JSON, each with a comma before it.
    @discardableResult
    func webhook(to receiver: TestReceiver, _ more: String = "") throws -> (id: Int64, secret: WebhookSecret) {
        let made = try client.post("/v1/webhooks", #"{"url":"\#(receiver.url)"\#(more)}"#)
        #expect(made.status == 201, "\(made.response.text)")
        return (try #require(made["id"].integer), try #require(made["secret"].text.flatMap(WebhookSecret.init)))
    }

    /// Lets time go by, and has what is due by then done.
    func pass(_ span: ElapsedTime) {
        clock.advance(by: span)
        service.dispatcher.lookAtRecord()
    }

    /// What became of the deliveries of a webhook, oldest first.
    func statuses(ofWebhook id: Int64) throws -> [String] {
        try client.get("/v1/webhooks/\(id)/deliveries")["items"].items.reversed().map { $0["status"].text ?? "" }
    }
}

extension TestReceiver.Received {
    /// Whether one of its signatures is that of its body by the secret.
    func isSigned(with secret: WebhookSecret) -> Bool {
        guard let id = fields["webhook-id"], let second = fields["webhook-timestamp"].flatMap({ Int64($0) }) else {
            return false
        }
        let signature = secret.signature(id: id, timestamp: second, body: body)
        return fields["webhook-signature"]?.split(separator: " ").contains(Substring(signature)) ?? false
    }

    /// The type that its body says.
    var type: String { (try? JSONParser.value(of: body))?["type"].text ?? "" }

    /// The case that it is about.
    var caseID: Int64? { (try? JSONParser.value(of: body))?["data"]["case_id"].integer }
}
