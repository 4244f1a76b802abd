import Complaints
import HTTPTypes

/// `/v1/webhooks`.
enum WebhookOperations {
    static let all: [APIOperation] = [
        APIOperation(
            .get, "/v1/webhooks", "listWebhooks", "List webhooks", description: "Without their secrets, as of today.",
            query: .list(.webhooks), answer: .init(.list("Webhook"), "A page of them.")),
        APIOperation(
            .post, "/v1/webhooks", "createWebhook", "Make a webhook",
            description: """
                It is told of what happens from now on, by Standard Webhooks 1.0: a type, a timestamp, and ids, signed with \
                the secret in this answer. Each message is posted until it is answered with 2xx, for three days with \
                growing pauses, at least once, and those of one case in their order; a webhook that takes one for none of \
                them is turned off. History that is imported is no news.
                """,
            body: APIOperation.Body(
                WebhookRequest.init(_:),
                examples: [
                    APIOperation.Example(
                        "broken", "What is late, for a chat room",
                        [
                            "url": "https://hooks.example/casekeeper",
                            "types": ["promise.overdue", "case.escalated"], "severity": ["high", "critical"],
                        ])
                ]),
            answer: .init(.created("DisclosedWebhook"), "The webhook with its secret, which is shown this once.")),
        APIOperation(
            .get, "/v1/webhooks/{id}", "getWebhook", "Show a webhook", description: "Without its secret, as of today.",
            query: .current, answer: .init(.resource("Webhook"), "The webhook.")),
        APIOperation(
            .patch, "/v1/webhooks/{id}", "editWebhook", "Edit a webhook",
            description: """
                A JSON merge patch. Turned on again it goes on where it stood; what happens meanwhile is posted then. What was \
                taken in hand already goes where the webhook leads by then.
                """,
            body: APIOperation.Body(
                WebhookEdit.init(_:),
                examples: [APIOperation.Example("off", "Turn it off for a while", ["active": false])]),
            answer: .init(.resource("ChangedWebhook"), "The webhook as it is now.")),
        APIOperation(
            .delete, "/v1/webhooks/{id}", "deleteWebhook", "Take a webhook away",
            description: "With its secrets, and all that waits for it.",
            body: APIOperation.Body(
                PlainRequests.webhookDeletion, isOptional: true,
                examples: [APIOperation.Example("plain", "There is nothing to say", [:])]),
            answer: .init(.resource("Webhook"), "The webhook as it was.")),
        APIOperation(
            .post, "/v1/webhooks/{id}/test", "testWebhook", "Test a webhook",
            description: """
                A message of the type \(WebhookMessage.testType) is posted once, be the webhook on or off; its deliveries say \
                what came of it.
                """,
            body: APIOperation.Body(
                PlainRequests.webhookTest, isOptional: true,
                examples: [APIOperation.Example("plain", "There is nothing to say", [:])]),
            answer: .init(.document("Delivery"), "The delivery, before it is posted.")),
        APIOperation(
            .post, "/v1/webhooks/{id}/rotate", "rotateWebhook", "Give a webhook another secret",
            description: """
                Messages are signed with both for 24 hours, so that the receiver can change over in between; rotated again \
                meanwhile, with the last two.
                """,
            body: APIOperation.Body(
                PlainRequests.rotation, isOptional: true,
                examples: [APIOperation.Example("plain", "There is nothing to say", [:])]),
            answer: .init(.resource("DisclosedWebhook"), "The webhook with the new secret, which is shown this once.")),
        APIOperation(
            .get, "/v1/webhooks/{id}/deliveries", "listDeliveries", "List what a webhook was told",
            description: "The newest first, as of today; what is done is forgotten after 30 days.",
            query: .list(.deliveries) { WebhookRoutes.statuses(&$0) }, answer: .init(.list("Delivery"), "A page of it.")
        ),
        APIOperation(
            .post, "/v1/webhooks/{id}/deliveries/{delivery}/redeliver", "redeliver", "Post something once more",
            description: """
                What is done is posted once, beside the order, under its own webhook-id, be the webhook on or off; where that is \
                not taken it stays delivered, if it was. What is pending is tried at once, or as soon as its turn comes, unless \
                the webhook is off.
                """,
            body: APIOperation.Body(
                PlainRequests.redelivery, isOptional: true,
                examples: [APIOperation.Example("plain", "There is nothing to say", [:])]),
            answer: .init(.document("Delivery"), "The delivery, before it is posted."), problems: [.webhookOff]),
    ]

    /// What receivers are sent.
    static var webhooks: JSONValue {
        func header(_ name: String, _ description: String) -> JSONValue {
            [
                "name": .string(ExactText(name)), "in": "header", "required": true,
                "description": .string(ExactText(description)), "schema": ["type": "string"],
            ]
        }
        return [
            "event": [
                "post": [
                    "summary": "What a webhook's receiver is sent",
                    "description": "Signed by Standard Webhooks 1.0. A redirect is not followed.",
                    "security": [],
                    "parameters": [
                        header("webhook-id", "The same each time that the message is posted: to tell repetitions by."),
                        header("webhook-timestamp", "When it was posted, in seconds since 1970."),
                        header(
                            "webhook-signature",
                            "One v1, signature a valid secret, with spaces in between: HMAC-SHA256 of webhook-id, "
                                + "webhook-timestamp and the body, with full stops in between, in base64."),
                    ],
                    "requestBody": [
                        "required": true,
                        "content": ["application/json": ["schema": Schema.named("WebhookMessage").json]],
                    ],
                    "responses": [
                        "2XX": ["description": "The message is taken; anything else has it posted again."],
                        "410": ["description": "Nobody is here any more: the webhook is turned off."],
                        "429": ["description": "Not now: Retry-After is honoured."],
                    ],
                ]
            ]
        ]
    }
}
