import Complaints
import Testing

@testable import CaseAPI

@Suite("GET /v1/cases/{id}/guidance")
struct GuidanceRouteTests {
    private static let angry = #"{"complaint":"It leaks.","customer":{"name":"Bo"},"mood":"angry","owner":"Kim"}"#

    @Test("tells what to do about a case, the first thing first, and how")
    func guidance() throws {
        let desk = try TestDesk()
        try desk.openCase(Self.angry)
        let answer = try desk.client.get("/v1/cases/1/guidance")
        #expect(answer.status == 200)
        #expect(answer["case_id"].integer == 1 && answer["mood"].text == "angry")
        let first = answer["items"][0]
        #expect(first["tactic"].text == "T8" && first["state"].text == "now")
        #expect(first["entries"].items.map(\.integer) == [3])
        #expect(first["call"]["method"].text == "POST" && first["call"]["path"].text == "/v1/cases/1/log")
        #expect(first["call"]["role"].text == "agent" && first["call"]["actor"] == .null)
        #expect(first["call"]["body"] == ["kind": "acknowledgement"])
        #expect(first["call"]["fill"] == ["#/text"])
        #expect(first["call"]["example"].names == ["kind", "text"])
        #expect(answer["items"].items.count == 21)
        #expect(try desk.client.get("/v1/cases/2/guidance").code == "not_found")
    }

    @Test("proposes no call in a case whose customer was erased, and nothing that is to be done")
    func erased() throws {
        let desk = try TestDesk()
        try desk.openCase(Self.angry)
        try desk.client.post(
            "/v1/cases/1/log", #"{"kind":"lesson","cause":"Driver","process":"Tours","no_review_reason":"x"}"#)
        try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        func calls() throws -> [JSONValue] {
            try desk.client.get("/v1/cases/1/guidance")["items"].items.filter { $0["call"] != .null }
        }
        #expect(try calls().isEmpty == false)
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"Asked"}"#).status == 200)
        #expect(try calls() == [])
        let items = try desk.client.get("/v1/cases/1?include=guidance")["guidance"]["items"].items
        #expect(items.count == 21 && items.allSatisfy { ["done", "not_needed"].contains($0["state"].text ?? "") })
    }

    @Test("stands in the case where include asks for it, and nowhere else")
    func included() throws {
        let desk = try TestDesk()
        try desk.openCase(Self.angry)
        let alone = try desk.client.get("/v1/cases/1/guidance")
        let both = try desk.client.get("/v1/cases/1?include=guidance")
        #expect(both["guidance"] == alone.json)
        #expect(both["id"].integer == 1 && both["promises"].items.count == 1)
        let plain = try desk.client.get("/v1/cases/1")
        #expect(plain.json.names.contains("guidance") == false)
        #expect(plain.fields["etag"] != both.fields["etag"], "another representation has another tag")
        for wrong in ["advice", "guidance,advice", ""] {
            let answer = try desk.client.get("/v1/cases/1?include=\(wrong)")
            #expect(answer.status == 400 && answer.errors.first?.hasPrefix("include ") == true)
        }
        #expect(try desk.client.get("/v1/cases/1/guidance?include=guidance").code == "unknown_parameter")
    }

    @Test("has a tag that changes whenever the guidance does: by a change, the time, the policy, and other cases")
    func tags() throws {
        let desk = try TestDesk()
        try desk.openCase(Self.angry)
        for (path, span) in [("/v1/cases/1/guidance", "PT3H"), ("/v1/cases/1?include=guidance", "PT1H")] {
            var seen = try desk.client.get(path)
            func expectChange(_ what: String, _ isChanged: Bool = true) throws {
                let again = try desk.client.get(path, fields: ["If-None-Match": seen.fields["etag"] ?? ""])
                #expect(again.status == (isChanged ? 200 : 304), "\(what)")
                if isChanged { seen = again }
            }
            try expectChange("nothing", false)
            try desk.client.post("/v1/cases/1/log", #"{"kind":"support","text":"I stay with it."}"#)
            try expectChange("an entry")
            try desk.client.patch("/v1/policies/normal", #"{"warn_ahead":"\#(span)"}"#)
            try expectChange("the policy")
            desk.clock.advance(by: .hours(1))
            try expectChange("an hour", false)
            try desk.client.post("/v1/cases", Self.angry, fields: ["Casekeeper-Actor": "Kim"])
            try expectChange("a hot contact elsewhere")
        }
        // Due in two days: soon an hour before, overdue after.
        let path = "/v1/cases/1/guidance"
        func state(_ tactic: String) throws -> String? {
            try desk.client.get(path)["items"].items.first { $0["tactic"].text == tactic }?["state"].text
        }
        func wait(_ span: ElapsedTime) throws {
            desk.clock.advance(by: span)
            // An answer is never for an instant past a batch that is being committed: after this none is from before.
            try desk.client.post("/v1/cases/2/log", #"{"kind":"note","text":"x"}"#)
        }
        let before = try desk.client.get(path).fields["etag"]
        #expect(try state("T3") == "not_needed")
        try wait(.minutes(45 * 60 + 30))
        let soon = try desk.client.get(path)
        #expect(soon.fields["etag"] != before)
        #expect(try state("T3") == "next")
        try wait(.hours(1))
        #expect(try desk.client.get(path).fields["etag"] != soon.fields["etag"])
        #expect(try state("T3") == "now")
    }

    @Test("is no state that a change can be held to")
    func noMatch() throws {
        let desk = try TestDesk()
        try desk.openCase(Self.angry)
        let tag = try desk.client.get("/v1/cases/1?include=guidance").fields["etag"] ?? ""
        #expect(try desk.client.patch("/v1/cases/1", #"{"team":"North"}"#, fields: ["If-Match": tag]).status == 412)
    }

    @Test("tells what was to be done then")
    func asOf() throws {
        let desk = try TestDesk()
        try desk.openCase(Self.angry)
        let then = desk.clock.now.rfc3339
        let before = try desk.client.get("/v1/cases/1/guidance")
        desk.clock.advance(by: .minutes(5))
        try desk.client.post("/v1/cases/1/log", #"{"kind":"support","text":"I stay with it."}"#)
        try desk.client.post("/v1/cases/1/log", #"{"kind":"mood","mood":"calm"}"#)
        let after = try desk.client.get("/v1/cases/1/guidance")
        #expect(after["mood"].text == "calm" && after["mood_trend"].text == "falling")
        let again = try desk.client.get("/v1/cases/1/guidance?as_of=\(then)")
        #expect(again["items"] == before["items"] && again["mood"].text == "angry")
        #expect(again.fields["casekeeper-as-of"] == then)
        #expect(again.fields["etag"] != before.fields["etag"])
        let included = try desk.client.get("/v1/cases/1?include=guidance&as_of=\(then)")
        #expect(included["guidance"] == again.json)
        let opened = desk.clock.now + .hours(-1)
        #expect(try desk.client.get("/v1/cases/1/guidance?as_of=\(opened.rfc3339)").status == 404)
    }

    @Test("counts the hot contacts in a row that the case's owner had, in whatever case")
    func hotInARow() throws {
        let desk = try TestDesk()
        let kim = ["Casekeeper-Actor": "KIM"]
        for _ in 1...3 { try desk.client.post("/v1/cases", Self.angry, fields: kim) }
        try desk.openCase(#"{"complaint":"x","customer":{"name":"C"},"mood":"upset","owner":"Lee"}"#)
        let answer = try desk.client.get("/v1/cases/3/guidance")
        #expect(answer["hot_in_a_row"].integer == 3)
        let item = answer["items"].items.first { $0["tactic"].text == "T20" }
        #expect(item?["state"].text == "next" && item?["call"]["method"].text == "PATCH")
        #expect(item?["call"]["body"] == ["owner": ""] && item?["call"]["fill"] == ["#/owner"])
        #expect(try desk.client.get("/v1/cases/4/guidance")["hot_in_a_row"].integer == 0)
        try desk.client.post("/v1/cases/2/log", #"{"kind":"mood","mood":"upset"}"#, fields: kim)
        #expect(try desk.client.get("/v1/cases/3/guidance")["hot_in_a_row"].integer == 3, "it was hot on that day")
        try desk.client.post("/v1/cases/4/log", #"{"kind":"mood","mood":"calm"}"#, fields: kim)
        #expect(try desk.client.get("/v1/cases/3/guidance")["hot_in_a_row"].integer == 0)
    }
}
