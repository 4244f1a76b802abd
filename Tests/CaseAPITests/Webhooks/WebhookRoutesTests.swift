import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("/v1/webhooks")
struct WebhookRoutesTests {
    private static let body = #"{"url":"https://hooks.example/t/0123-secret-path","types":["promise.overdue"]}"#

    @Test("tells a secret once, and neither log nor events, CSV, metrics nor a retry tell it, or what follows the host")
    func secrets() throws {
        let desk = try TestDesk()
        let made = try desk.client.post("/v1/webhooks", Self.body, fields: ["Idempotency-Key": "a"])
        #expect(made.status == 201 && made.response.fields["location"] == "/v1/webhooks/1")
        let secret = try #require(made["secret"].text)
        let again = try desk.client.post("/v1/webhooks", Self.body, fields: ["Idempotency-Key": "a"])
        #expect(again["id"] == made["id"] && again["secret"] == .null && again["notice"].text != nil)
        let rotated = try desk.client.post("/v1/webhooks/1/rotate", "{}", fields: ["Idempotency-Key": "b"])
        let second = try #require(rotated["secret"].text)
        #expect(second != secret)
        #expect(
            try desk.client.post("/v1/webhooks/1/rotate", "{}", fields: ["Idempotency-Key": "b"])["secret"] == .null)
        try desk.client.patch("/v1/webhooks/1", #"{"url":"https://hooks.example/t/other-secret-path"}"#)
        for target in [
            "/v1/webhooks", "/v1/webhooks?format=csv", "/v1/webhooks/1", "/v1/webhooks/1/deliveries", "/v1/events",
            "/metrics",
        ] {
            let text = try desk.client.send("GET", target).text
            #expect(!text.contains(secret) && !text.contains(second) && !text.contains("whsec_"), "\(target)")
            if target == "/v1/events" { #expect(!text.contains("secret-path")) }
        }
        let events = try desk.client.get("/v1/events?type=webhook.updated")["items"].items
        #expect(
            events.map { $0["entry"]["kind"].text } == ["webhook_created", "webhook_rotated", "webhook_updated"])
        #expect(events.allSatisfy { $0["entry"]["receiver"].text == "https://hooks.example" })
        #expect(events[2]["entry"]["url_changed"] == .boolean(true))
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("edits what is sent, by If-Match, and logs it as it was and is")
    func edited() throws {
        let desk = try TestDesk()
        let tag = try #require(try desk.client.post("/v1/webhooks", Self.body).response.fields["etag"])
        let edit = #"{"owner":"Kim","severity":["critical","high"],"types":null,"description":"Chat"}"#
        let edited = try desk.client.patch("/v1/webhooks/1", edit, fields: ["If-Match": tag])
        #expect(edited["owner"].text == "Kim" && edited["types"].items.isEmpty)
        #expect(edited["severity"].items.map(\.text) == ["high", "critical"])
        #expect(edited["version"].integer == 2)
        #expect(try desk.client.patch("/v1/webhooks/1", #"{"active":false}"#, fields: ["If-Match": tag]).status == 412)
        #expect(try desk.client.patch("/v1/webhooks/1", edit)["version"].integer == 2, "nothing has changed")
        let entry = try desk.client.get("/v1/events?type=webhook.updated")["items"][1]["entry"]
        #expect(entry["types"].text == "" && entry["types_before"].text == "promise.overdue")
        #expect(entry["url_changed"] == .null)
    }

    @Test(
        "tells of an owner and a team that are on no record, and who was likely meant: to a mistyped one nothing is posted"
    )
    func doubtful() throws {
        let desk = try TestDesk()
        try desk.client.post("/v1/owners", #"{"name":"Kim","team":"Billing"}"#)
        let typo = #"{"url":"https://hooks.example/t","owner":"Kimm","team":"Bilingg"}"#
        let made = try desk.client.post("/v1/webhooks", typo)
        #expect(made.status == 201)
        #expect(made["warnings"].items.map { $0["code"].text } == ["new_name", "new_team"])
        for (warning, meant) in zip(made["warnings"].items, ["Kim", "Billing"]) {
            #expect(warning["detail"].text?.contains(meant + "?") == true, "\(warning)")
        }
        let edited = try desk.client.patch("/v1/webhooks/1", #"{"owner":"kim","team":"Bilingg"}"#)
        #expect(edited["warnings"].items.map { $0["code"].text } == ["new_team"])
        #expect(try desk.client.patch("/v1/webhooks/1", #"{"team":"Billing"}"#)["warnings"].items == [])
    }

    @Test("is gone once it is taken away, with its secrets, and stays in the log")
    func deleted() throws {
        let desk = try TestDesk()
        try desk.client.post("/v1/webhooks", Self.body)
        #expect(try desk.client.send("DELETE", "/v1/webhooks/1").status == 200)
        #expect(try desk.client.send("DELETE", "/v1/webhooks/1").status == 404)
        for target in ["/v1/webhooks/1", "/v1/webhooks/1/deliveries"] {
            #expect(try desk.client.get(target).status == 404)
        }
        #expect(try desk.client.get("/v1/webhooks")["total"].integer == 0)
        #expect(try desk.client.post("/v1/webhooks", Self.body)["id"].integer == 2)
        #expect(try desk.client.get("/v1/events?type=webhook.updated")["items"].items.count == 3)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("refuses what can't be posted to, with all that is wrong at once")
    func refused() throws {
        let desk = try TestDesk()
        for url in ["http://example.com/", "https://127.0.0.1/", "https://[::1]/", "https://a@example.com/", "x"] {
            let refused = try desk.client.post("/v1/webhooks", #"{"url":"\#(url)","severity":["huge"],"x":1}"#)
            #expect(refused.status == 422)
            #expect(
                Set(refused["errors"].items.compactMap { $0["pointer"].text }) == ["#/url", "#/severity/0", "#/x"])
        }
        #expect(try desk.client.post("/v1/webhooks", "{}")["errors"][0]["code"].text == "required")
        #expect(try desk.client.patch("/v1/webhooks/7", #"{"url":null}"#).status == 404)
        try desk.client.post("/v1/webhooks", Self.body)
        #expect(try desk.client.patch("/v1/webhooks/1", #"{"url":null}"#).status == 422)
        #expect(try desk.client.post("/v1/webhooks/1/deliveries/1/redeliver").status == 404)
    }

    @Test("takes no more than there may be")
    func limit() throws {
        let desk = try TestDesk()
        try desk.store.write { transaction in
            for _ in 0..<Limits.webhooks {
                let request = WebhookRequest(
                    url: try WebhookURL("https://hooks.example/"), fields: WebhookFields(active: false))
                _ = try transaction.createWebhook(Incoming(request), secret: WebhookSecret(), by: .local)
            }
        }
        #expect(try desk.client.post("/v1/webhooks", Self.body).status == 422)
    }
}
