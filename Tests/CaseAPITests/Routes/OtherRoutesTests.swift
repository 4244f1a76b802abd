import Complaints
import Testing

@testable import CaseAPI

@Suite("The log, customers, policies and the service itself over HTTP")
struct OtherRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.openCase()
    }

    @Test("a case's log tells everything in order, and takes what people add")
    func log() throws {
        let note = try desk.client.post("/v1/cases/1/log", #"{"kind":"note","text":" Sounds upset\n"}"#)
        #expect(note.status == 201)
        #expect(note.fields["location"] == "/v1/cases/1/log/3")
        #expect(note["text"].text == " Sounds upset\n")
        #expect(note["seq"].integer == 3)
        let statement = try desk.client.post("/v1/cases/1/log", #"{"kind":"statement","text":"It drips"}"#)
        #expect(statement["said_by"].text == "customer")
        let told = try desk.client.post(
            "/v1/cases/1/log", #"{"kind":"customer_notified","channel":"phone","outcome":"reached","promise_id":1}"#)
        #expect(told["promise_id"].integer == 1)
        #expect(try desk.client.get("/v1/promises/1")["told_at"].text == told["at"].text)
        let log = try desk.client.get("/v1/cases/1/log")
        #expect(
            log["items"].items.map { $0["kind"].text }
                == ["case_opened", "promise_made", "note", "statement", "customer_notified"])
        #expect(log["items"].items.map { $0["seq"].integer } == [1, 2, 3, 4, 5])
        #expect(log["items"][1]["promise_kind"].text == "acknowledge")
        for item in log["items"].items {
            #expect(
                item.names.prefix(11) == [
                    "case_id", "about", "about_id", "seq", "kind", "at", "recorded_at", "actor", "token", "promise_id",
                    "imported",
                ])
        }
        #expect(try desk.client.get("/v1/cases/1/log/3").json == note.json)
        #expect(try desk.client.get("/v1/cases/1/log/9").status == 404)
        let other = try desk.client.post(
            "/v1/cases/1/log", #"{"kind":"customer_notified","channel":"phone","outcome":"reached","promise_id":9}"#)
        #expect(other.errors == ["#/promise_id invalid_value"])
    }

    @Test("every entry of every action is one JSON object with no name twice")
    func everyEntry() throws {
        let steps = [
            (
                "PATCH", "/v1/cases/1",
                #"{"subject":"Leak","owner":"Mia","severity":"high","tags":["a"],"hard_deadline":"2026-05-01T00:00:00Z"}"#
            ),
            ("POST", "/v1/promises/1/reassign", #"{"owner":"Bo","reason":"Shift"}"#),
            (
                "POST", "/v1/promises/1/renegotiate",
                #"{"due_in":"P1D","reason":"r","next_step":"n","customer_notified":{"channel":"email","outcome":"message_left"}}"#
            ),
            ("POST", "/v1/promises/2/keep", #"{"next_promise":{"what":"x","due_in":"PT1H"}}"#),
            (
                "POST", "/v1/promises/3/void",
                #"{"reason":"r","customer_notified":{"channel":"phone","outcome":"reached"},"#
                    + #""next_promise":{"what":"y","due_in":"P1D","next_step":"z"}}"#
            ),
            (
                "POST", "/v1/promises/4/withdraw",
                #"{"reason":"r","customer_agreed":true,"customer_notified":{"channel":"phone","outcome":"reached"},"#
                    + #""resolve":{"summary":"s","customer_accepted":false}}"#
            ),
            ("POST", "/v1/cases/1/close", #"{"reason":"quiet"}"#),
            ("POST", "/v1/cases/1/reopen", #"{"reason":"again"}"#),
        ]
        for (method, path, body) in steps {
            let answer = try desk.client.send(method, path, body: Array(body.utf8))
            #expect((200...201).contains(answer.status), "\(path): \(answer.text)")
        }
        let log = try desk.client.get("/v1/cases/1/log?limit=500")
        // A name that is there twice would not have been read.
        #expect(log["items"].items.count == Int(log["total"].integer ?? 0))
        let kinds = Set(log["items"].items.compactMap { $0["kind"].text })
        #expect(
            kinds.isSuperset(of: [
                "case_updated", "promise_reassigned", "promise_renegotiated", "promise_kept", "promise_voided",
                "promise_withdrawn", "case_resolved", "case_closed", "case_reopened",
            ]))
    }

    @Test("the head of the log moves with every change")
    func head() throws {
        let before = try desk.client.get("/v1/log/head")
        #expect(before["id"].integer == 2)
        #expect(before["hash"].text?.utf8.count == 64)
        try desk.client.post("/v1/cases/1/log", #"{"kind":"note","text":"x"}"#)
        let after = try desk.client.get("/v1/log/head")
        #expect(after["id"].integer == 3)
        #expect(after["hash"] != before["hash"])
    }

    @Test("a customer is edited, and an external id is one customer's")
    func customers() throws {
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Bob","external_id":"C-2"}}"#)
        let edited = try desk.client.patch("/v1/customers/1", #"{"email":"ann@example.org","phone":"1"}"#)
        #expect(edited.status == 200)
        #expect(edited["email"].text == "ann@example.org")
        #expect(edited["version"].integer == 2)
        #expect(try desk.client.patch("/v1/customers/1", #"{"phone":null}"#)["phone"] == .null)
        #expect(try desk.client.patch("/v1/customers/1", #"{"name":null}"#).errors == ["#/name required"])
        #expect(try desk.client.patch("/v1/customers/1", #"{"external_id":"C-2"}"#).code == "duplicate_external_id")
        #expect(try desk.client.patch("/v1/customers/9", #"{"name":""}"#).status == 404)
        #expect(try desk.client.get("/v1/customers?email=ANN@example.org")["total"].integer == 1)
        #expect(try desk.client.get("/v1/customers?external_id=C-2")["items"][0]["name"].text == "Bob")
        #expect(try desk.client.get("/v1/customers?q=bo*")["total"].integer == 1)
        #expect(try desk.client.get("/v1/customers/9/cases").status == 404)
        #expect(try desk.client.get("/v1/cases/1")["customer"]["email"].text == "ann@example.org")
    }

    @Test("a policy is changed by a manager, and moves no promise already made")
    func policies() throws {
        let before = try desk.client.get("/v1/promises/1")["due_at"]
        let list = try desk.client.get("/v1/policies")
        #expect(list["items"].items.map { $0["severity"].text } == ["low", "normal", "high", "critical"])
        #expect(list["items"].items.map { $0["acknowledge_in"].text } == ["P3D", "P2D", "P1D", "PT4H"])
        let pages = try desk.client.get("/v1/policies?limit=3")
        #expect(pages["items"].items.count == 3)
        let rest = try desk.client.get("/v1/policies?limit=3&cursor=\(pages["next"].text ?? "")")
        #expect(rest["items"].items.map { $0["severity"].text } == ["critical"])
        #expect(rest["next"] == .null)
        let edited = try desk.client.patch("/v1/policies/normal", #"{"acknowledge_in":"PT1H","warn_ahead":"PT30M"}"#)
        #expect(
            edited.json.names == [
                "name", "id", "severity", "position", "active", "match", "acknowledge_in", "acknowledge_in_business",
                "update_in", "update_in_business", "remedy_in", "remedy_in_business", "warn_ahead", "warn_at", "ladder",
                "max_span",
                "concession_limit", "concession_currency", "load_cap", "escalate_mood",
                "escalate_after", "escalate_after_slips",
                "supervisor", "follow_up_in", "follow_up_in_business", "regime", "version", "updated_at",
            ])
        #expect(edited["acknowledge_in"].text == "PT1H")
        #expect(edited["version"].integer == 2)
        #expect(try desk.client.get("/v1/policies/normal").json == edited.json)
        #expect(try desk.client.get("/v1/promises/1")["due_at"] == before)
        #expect(
            try desk.client.patch("/v1/policies/normal", #"{"acknowledge_in":"P91D"}"#).errors == [
                "#/acknowledge_in out_of_range"
            ])
        #expect(try desk.client.patch("/v1/policies/urgent", "{}").status == 404)
    }

    @Test("the service says that it is alive and ready")
    func service() throws {
        #expect(try desk.client.get("/healthz")["status"].text == "ok")
        #expect(try desk.client.get("/readyz")["status"].text == "ready")
    }

    @Test("HEAD is answered wherever GET is, without a body")
    func headMethod() throws {
        for path in ReadTarget.all.map({ $0.with("") }) + ReadTarget.open + ["/v1/nothing"] {
            let get = try desk.client.send("GET", path)
            let head = try desk.client.send("HEAD", path)
            #expect(head.status == get.status, "\(path)")
            #expect(head.body.isEmpty)
            #expect(head.fields["content-type"] == get.fields["content-type"])
        }
    }

    @Test("OPTIONS and 405 say what a path takes")
    func methods() throws {
        let options = try desk.client.send("OPTIONS", "/v1/cases/1")
        #expect(options.status == 204)
        #expect(options.fields["allow"] == "GET, HEAD, OPTIONS, PATCH")
        #expect(options.fields["accept-patch"] == "application/merge-patch+json, application/json")
        let refused = try desk.client.send("DELETE", "/v1/cases/1")
        #expect(refused.status == 405)
        #expect(refused.fields["allow"] == "GET, HEAD, OPTIONS, PATCH")
        #expect(JSONAnswer(refused).code == "method_not_allowed")
        #expect(try desk.client.send("OPTIONS", "/v1/promises/1/keep").fields["allow"] == "OPTIONS, POST")
        #expect(try desk.client.send("OPTIONS", "*").status == 204)
        #expect(try desk.client.send("GET", "/v1/cases/").status == 404)
    }
}
