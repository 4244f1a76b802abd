import CaseStore
import Complaints

/// `/v1/webhooks`. They are known as they are today. An administrator's alone: they say where what happens goes.
enum WebhookRoutes {
    static func list(_ call: Call) throws -> Reading {
        .list(call, QueryReader(call), ListQuery(form: .webhooks) { try $0.webhooks($1) })
    }

    static func get(_ call: Call) throws -> Reading {
        let id = try call.id()
        return .current(call, .webhook) { transaction in
            guard let webhook = try transaction.webhook(id) else { throw missing(id) }
            return Resource(tag: EntityTag(webhook), view: webhook)
        }
    }

    /// Makes a webhook. Its secret is in this answer alone.
    static func create(_ call: Call) throws -> Change {
        try call.requireNoParameters()
        let incoming = try call.body.read(WebhookRequest.init(_:))
        return .newWebhook(call.refusing(incoming, url: incoming.value.url), WebhookSecret())
    }

    static func edit(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        let incoming = try call.body.read(WebhookEdit.init(_:))
        return .webhooks(.edit(webhook: id, call.refusing(incoming, url: incoming.value.url)))
    }

    static func delete(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .webhooks(.delete(webhook: id, try call.body.read(PlainRequests.webhookDeletion)))
    }

    /// Gives it another secret, which is in this answer alone.
    static func rotate(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .webhookRotation(webhook: id, try call.body.read(PlainRequests.rotation), WebhookSecret())
    }

    static func test(_ call: Call) throws -> Change {
        let id = try call.id()
        try call.requireNoParameters()
        return .webhookTest(webhook: id, try call.body.read(PlainRequests.webhookTest))
    }

    static func deliveries(_ call: Call) throws -> Reading {
        let id = try call.id()
        var query = QueryReader(call)
        let statuses = statuses(&query)
        return .list(
            call, query,
            ListQuery(form: .deliveries) { transaction, page in
                guard try transaction.webhook(id) != nil else { throw missing(id) }
                return try transaction.deliveries(ofWebhook: id, statuses, page)
            })
    }

    /// The filter of the deliveries.
    static func statuses(_ query: inout QueryReader) -> Set<DeliveryStatus> {
        query.words("status", "Only what came to one of these.", example: [.pending, .failed])
    }

    static func redeliver(_ call: Call) throws -> Change {
        let (id, delivery) = (try call.id(), try call.id(1))
        try call.requireNoParameters()
        return .redelivery(webhook: id, delivery: delivery, try call.body.read(PlainRequests.redelivery))
    }

    static func missing(_ id: Int64) -> Problem { .missing("webhook \(id)") }
}

extension Call {
    /// A request with what is wrong with where its URL leads.
    fileprivate func refusing<Value>(_ incoming: Incoming<Value>, url: WebhookURL?) -> Incoming<Value> {
        let issues = service.dispatcher.issues(of: url)
        return issues.isEmpty ? incoming : Incoming(incoming.value, issues: incoming.issues + issues)
    }
}
