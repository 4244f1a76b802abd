import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Policies as rules over HTTP")
struct PolicyRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
    }

    private var client: TestClient { desk.client }

    private func put(_ name: String, _ body: String = "{}", fields: [String: String] = [:]) throws -> JSONAnswer {
        var fields = fields
        fields["Content-Type"] = "application/json"
        return JSONAnswer(try client.send("PUT", "/v1/policies/\(name)", fields: fields, body: Array(body.utf8)))
    }

    private func names(_ query: String = "") throws -> [String?] {
        try client.get("/v1/policies\(query)")["items"].items.map { $0["name"].text }
    }

    @Test("PUT makes one, and replaces it as a whole when it is there; nothing is deleted")
    func put() throws {
        let made = try put(
            "Hot%20bills",
            #"{"match":{"category":["Billing"],"mood":["abusive","angry"]},"acknowledge_in":"PT2H","warn_ahead":"PT1H","load_cap":3}"#
        )
        #expect(made.status == 201 && made.fields["location"] == "/v1/policies/Hot%20bills")
        #expect(made["name"].text == "Hot bills" && made["id"].integer == 5 && made["severity"] == .null)
        #expect(made["version"].integer == 1 && made["position"].integer == 1000 && made["active"] == true)
        #expect(made["match"]["mood"] == ["angry", "abusive"] && made["match"]["category"] == ["Billing"])
        #expect(made["match"]["team"] == [] && made["acknowledge_in"].text == "PT2H" && made["max_span"].text == "P90D")
        let shown = try client.get("/v1/policies/HOT%20%20BILLS")
        #expect(shown.json == made.json && shown.fields["etag"] == made.fields["etag"])
        let replaced = try put("hot%20bills", #"{"warn_ahead":"PT1H"}"#)
        #expect(replaced.status == 200 && replaced["name"].text == "Hot bills" && replaced["version"].integer == 2)
        #expect(replaced["acknowledge_in"].text == "P2D" && replaced["load_cap"].integer == 10)
        #expect(replaced["match"]["mood"] == [] && replaced["position"].integer == 1000)
        #expect(try names() == ["Hot bills", "low", "normal", "high", "critical"])
        #expect(try client.send("DELETE", "/v1/policies/hot%20bills").status == 405)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("PUT is held to what is there")
    func conditions() throws {
        #expect(try put("A", fields: ["If-Match": "*"]).code == "stale", "there is nothing yet")
        #expect(try put("A", fields: ["If-None-Match": "*"]).status == 201)
        #expect(try put("A", fields: ["If-None-Match": "*"]).code == "stale", "there is")
        let tag = try #require(try client.get("/v1/policies/A").fields["etag"])
        #expect(try put("A", #"{"load_cap":4}"#, fields: ["If-Match": tag]).status == 200)
        #expect(try put("A", #"{"load_cap":5}"#, fields: ["If-Match": tag]).code == "stale")
        #expect(try put("preview").status == 405)
        #expect(try client.get("/v1/policies/preview").status == 405)
        #expect(try put("Preview").status == 404, "nothing can be called so")
        #expect(try client.patch("/v1/policies/nobody", "{}").status == 404)
    }

    @Test("rules are put before each other, by name or by number, and those without room move")
    func order() throws {
        for name in ["A", "B"] { #expect(try put(name).status == 201) }
        #expect(try put("C", #"{"before":"b"}"#)["position"].integer == 1500)
        #expect(try names().prefix(3) == ["A", "C", "B"])
        #expect(try client.patch("/v1/policies/B", #"{"position":1}"#)["position"].integer == 1)
        #expect(try client.patch("/v1/policies/A", #"{"position":2}"#).status == 200)
        let before = try #require(try client.get("/v1/policies/A").fields["etag"])
        #expect(try client.patch("/v1/policies/C", #"{"before":"A"}"#)["position"].integer == 2)
        #expect(try names().prefix(3) == ["B", "C", "A"])
        let moved = try client.get("/v1/policies/A")
        #expect(moved["position"].integer == 3 && moved["version"].integer == 3 && moved.fields["etag"] != before)
        let log = try client.get("/v1/events?type=policy.updated&limit=500")["items"].items
        let last = try #require(log.last?["entry"])
        #expect(last["name"].text == "A" && last["position"].text == "3" && last["position_before"].text == "2")
        let both = try client.patch("/v1/policies/C", #"{"before":"A","position":4}"#)
        #expect(both.errors == ["#/before conflicting_fields"])
        #expect(try client.patch("/v1/policies/C", #"{"before":"Z"}"#).errors == ["#/before invalid_value"])
        #expect(try client.patch("/v1/policies/C", #"{"position":1000000}"#).errors == ["#/position out_of_range"])
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("those of the severities stay last, in use and for their severity; all else of them is edited as ever")
    func severities() throws {
        let wrong = #"{"match":{"mood":["calm"]},"position":3,"active":false,"load_cap":2}"#
        let expected = ["#/position read_only_field", "#/active read_only_field", "#/match/mood read_only_field"]
        #expect(try client.patch("/v1/policies/normal", wrong).errors == expected)
        #expect(try put("normal", wrong).errors.sorted().contains("#/position read_only_field"))
        let edited = try client.patch("/v1/policies/Normal", #"{"load_cap":2}"#)
        #expect(edited["load_cap"].integer == 2 && edited["position"].integer == 1_000_000 && edited["id"].integer == 2)
        #expect(edited["severity"].text == "normal" && edited["match"]["severity"] == ["normal"])
        let whole = try put("normal", #"{"acknowledge_in":"PT3H"}"#)
        #expect(whole.status == 200 && whole["load_cap"].integer == 10 && whole["acknowledge_in"].text == "PT3H")
    }

    @Test("what is wrong with a rule is said, all of it at once")
    func wrong() throws {
        let answer = try put(
            "A",
            #"{"match":{"mood":["cross"],"team":"North","colour":[]},"acknowledge_in":"P91D","before":7,"name":"B"}"#)
        #expect(
            Set(answer.errors) == [
                "#/match/mood/0 invalid_value", "#/match/team wrong_type", "#/match/colour unknown_field",
                "#/before wrong_type", "#/name read_only_field", "#/acknowledge_in out_of_range",
            ])
        #expect(try put("A", #"{"match":{"category":["x","X "]}}"#)["match"]["category"] == ["x"], "one name")
        #expect(try client.patch("/v1/policies/A", #"{"match":{"category":null}}"#)["match"]["category"] == [])
        #expect(try client.patch("/v1/policies/A", #"{"match":{"team":["T"]}}"#)["match"]["team"] == ["T"])
        #expect(try client.patch("/v1/policies/A", #"{"match":null}"#)["match"]["team"] == [])
    }

    @Test("a case is under the first one that fits it as it is, and what was made stays as it was made")
    func cases() throws {
        #expect(
            try put("Bills", #"{"match":{"category":["Billing"]},"acknowledge_in":"PT1H","max_span":"P5D"}"#).status
                == 201)
        func open(_ more: String) throws -> JSONAnswer {
            try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"}\#(more)}"#)
        }
        func span(_ answer: JSONAnswer) throws -> ElapsedTime {
            let promise = answer["promises"][0]
            return try Instant(rfc3339: promise["due_at"].text ?? "") - Instant(rfc3339: promise["made_at"].text ?? "")
        }
        #expect(try span(open(#","category":"BILLING""#)) == .hours(1))
        let plain = try open("")
        #expect(try span(plain) == .days(2))
        let id = plain["id"].integer ?? 0
        let edited = try client.patch("/v1/cases/\(id)", #"{"category":"billing"}"#)
        #expect(edited["promises"].items.map { $0["due_at"] } == plain["promises"].items.map { $0["due_at"] })
        let far = #"{"what":"Call","due_in":"P6D"}"#
        let refused = try client.post("/v1/cases/\(id)/promises", far)
        #expect(refused.errors == ["#/due_in out_of_range"], "by the max_span that it is under now")
        #expect(try client.patch("/v1/policies/bills", #"{"active":false}"#)["active"] == false)
        #expect(try client.post("/v1/cases/\(id)/promises", far).status == 201)
        #expect(try span(open(#","category":"Billing""#)) == .days(2))
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("as of an earlier instant the rules are those of then")
    func asOf() throws {
        let start = desk.instant(in: .zero)
        desk.clock.advance(by: .hours(1))
        #expect(try put("A", #"{"match":{"team":["North"]}}"#).status == 201)
        let then = desk.instant(in: .zero)
        desk.clock.advance(by: .hours(1))
        #expect(
            try client.patch("/v1/policies/A", #"{"active":false,"match":{"team":["South"]},"position":7}"#).status
                == 200)
        #expect(try client.get("/v1/policies/A?as_of=\(start)").status == 404)
        #expect(try names("?as_of=\(start)").count == 4 && names().count == 5)
        let before = try client.get("/v1/policies/A?as_of=\(then)")
        #expect(before["active"] == true && before["match"]["team"] == ["North"] && before["position"].integer == 1000)
        let question = #"{"team":"north"}"#
        #expect(try client.post("/v1/policies/preview?as_of=\(then)", question)["policy"].text == "A")
        #expect(try client.post("/v1/policies/preview", question)["policy"].text == "normal")
    }

    @Test("a question is answered with the policy, why, and by when it would be acknowledged; nothing changes")
    func preview() throws {
        #expect(try put("Hot", #"{"match":{"mood":["angry"]},"acknowledge_in":"PT1H"}"#).status == 201)
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"mood":"angry","category":"Bills"}"#)
        let events = try client.get("/v1/events?limit=500")["items"].items.count
        let answer = try client.post("/v1/policies/preview", #"{"case_id":1}"#)
        #expect(answer.status == 200 && answer["policy"].text == "Hot" && answer["acknowledge_in"].text == "PT1H")
        #expect(answer["case"]["case_id"].integer == 1 && answer["case"]["category"].text == "Bills")
        let received = try Instant(rfc3339: client.get("/v1/cases/1")["received_at"].text ?? "")
        #expect(answer["acknowledge_due_at"].text == (received + .hours(1)).rfc3339)
        #expect(answer["rules"].items.map { $0["name"].text } == ["Hot", "low", "normal", "high", "critical"])
        #expect(
            answer["rules"][0]["wins"] == true
                && answer["rules"][0]["reason"].text == "The first that fits: mood is angry.")
        #expect(answer["rules"][2]["fits"] == true && answer["rules"][2]["wins"] == false)
        #expect(answer["rules"][1]["checks"][0]["wanted"] == ["low"])
        let other = try client.post("/v1/policies/preview", #"{"case_id":1,"mood":"calm","severity":"high"}"#)
        #expect(other["policy"].text == "high", "as if it were so")
        #expect(try client.post("/v1/policies/preview", "{}")["policy"].text == "normal")
        #expect(try client.post("/v1/policies/preview", #"{"case_id":9}"#).errors == ["#/case_id invalid_value"])
        #expect(try client.post("/v1/policies/preview", #"{"mood":"cross","x":1}"#).status == 422)
        #expect(try client.post("/v1/policies/preview?x=1", "{}").code == "unknown_parameter")
        #expect(try client.get("/v1/events?limit=500")["items"].items.count == events)
        let typed = try client.send(
            "POST", "/v1/policies/preview", fields: ["Content-Type": "text/plain"], body: [0x7B, 0x7D])
        #expect(JSONAnswer(typed).status == 415)
    }

    @Test("a long question is read beside the loops, and answered as any other; one that is too long is refused")
    func longQuestion() throws {
        let long = #"{"category":"Bills"\#(String(repeating: " ", count: BodyDesk.longestOnLoop))}"#
        #expect(try client.post("/v1/policies/preview", long)["case"]["category"].text == "Bills")
        let wrong = #"{"category":7\#(String(repeating: " ", count: BodyDesk.longestOnLoop))}"#
        #expect(try client.post("/v1/policies/preview", wrong).errors == ["#/category wrong_type"])
        #expect(try client.post("/v1/policies/preview", String(repeating: " ", count: 2 << 20)).status == 413)
    }

    @Test("what a change left behind is listed, in pages, with when it would be due now")
    func impact() throws {
        for category in ["Bills", "Bills", "Water"] {
            try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"category":"\#(category)"}"#)
        }
        #expect(try client.get("/v1/policies/normal/impact")["items"] == [])
        #expect(try put("Bills", #"{"match":{"category":["bills"]},"acknowledge_in":"PT4H"}"#).status == 201)
        let first = try client.get("/v1/policies/Bills/impact?limit=1")
        #expect(first["total"].integer == 2 && first["items"][0]["promise_id"].integer == 1)
        let item = first["items"][0]
        let made = try Instant(rfc3339: item["made_at"].text ?? "")
        #expect(item["due_at"].text == (made + .days(2)).rfc3339 && item["due_now"].text == (made + .hours(4)).rfc3339)
        #expect(item["reason"].text == "acknowledge_in of Bills is PT4H now, and it was made with P2D.")
        let next = try client.get("/v1/policies/Bills/impact?limit=1&cursor=\(first["next"].text ?? "")")
        #expect(next["items"][0]["promise_id"].integer == 2 && next["next"] == .null)
        #expect(
            try client.post("/v1/promises/1/keep", "{\"next_promise\":{\"what\":\"Call\",\"due_in\":\"P1D\"}}").status
                == 200)
        #expect(try client.get("/v1/policies/Bills/impact")["total"].integer == 1, "what is settled is not in it")
        #expect(try client.patch("/v1/policies/normal", #"{"acknowledge_in":"P3D"}"#).status == 200)
        #expect(try client.get("/v1/policies/normal/impact")["items"].items.map { $0["case_id"].integer } == [3])
        #expect(try client.get("/v1/policies/nobody/impact").status == 404)
        let csv = try client.send("GET", "/v1/policies/Bills/impact?format=csv")
        #expect(csv.text.split(whereSeparator: \.isNewline).count == 2 && csv.text.hasPrefix("promise_id,case_id,kind"))
    }
}
