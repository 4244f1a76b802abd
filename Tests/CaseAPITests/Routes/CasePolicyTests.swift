import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("A case names the policy that holds for it")
struct CasePolicyTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        let body = #"{"complaint":"It leaks.","customer":{"name":"Ann"},"category":"Bills","external_id":"k-1"}"#
        #expect(try client.post("/v1/cases", body)["policy"].text == "normal")
    }

    private func rule(_ name: String, _ match: String) throws {
        #expect(try client.put("/v1/policies/\(name)", #"{"match":\#(match)}"#).status == 201)
    }

    @Test("by its severity, and by the first rule that fits it; edits of either change it, and no earlier instant")
    func holds() throws {
        let first = desk.clock.tick().rfc3339
        #expect(try client.patch("/v1/cases/1", #"{"severity":"high"}"#)["policy"].text == "high")
        try rule("Hot%20bills", #"{"category":["bills"],"mood":["angry"]}"#)
        #expect(try client.get("/v1/cases/1")["policy"].text == "high")
        let second = desk.clock.tick().rfc3339
        #expect(try client.patch("/v1/cases/1", #"{"mood":"angry"}"#)["policy"].text == "Hot bills")
        #expect(try client.patch("/v1/policies/hot%20bills", #"{"active":false}"#).status == 200)
        #expect(try client.get("/v1/cases/1")["policy"].text == "high")
        for (instant, policy) in [(first, "normal"), (second, "high")] {
            #expect(try client.get("/v1/cases/1?as_of=\(instant)")["policy"].text == policy)
            #expect(try client.get("/v1/cases?as_of=\(instant)")["items"][0]["policy"].text == policy)
        }
        #expect(try client.send("GET", "/v1/cases?fields=policy&format=csv").text.contains("policy\r\nhigh\r\n"))
        #expect(try client.patch("/v1/cases/1", #"{"policy":"low"}"#).errors == ["#/policy read_only_field"])
    }

    @Test("a rule that comes to fit it is another representation: its entity tag is another, and of no other case's")
    func tag() throws {
        _ = try client.post("/v1/cases", #"{"complaint":"It hums.","customer":{"name":"Bo"}}"#)
        let tags = try (1...2).map { try #require(client.get("/v1/cases/\($0)").fields["etag"]) }
        try rule("Bills", #"{"category":["Bills"]}"#)
        func status(_ id: Int, _ field: String, _ method: String, _ body: String = "") throws -> Int {
            let fields = [field: tags[id - 1], "Content-Type": "application/json"]
            return try client.send(method, "/v1/cases/\(id)", fields: fields, body: Array(body.utf8)).status
        }
        #expect(try status(1, "If-None-Match", "GET") == 200 && status(2, "If-None-Match", "GET") == 304)
        #expect(try status(1, "If-Match", "PATCH", #"{"subject":"x"}"#) == 412)
        #expect(try status(2, "If-Match", "PATCH", #"{"subject":"x"}"#) == 200)
        let shown = try client.get("/v1/cases/1")
        let changed = try client.send(
            "PATCH", "/v1/cases/1",
            fields: ["If-Match": shown.fields["etag"] ?? "", "Content-Type": "application/json"],
            body: Array(#"{"subject":"x"}"#.utf8))
        #expect(changed.status == 200 && changed.text.contains(#""policy":"Bills""#))
        #expect(try client.get("/v1/cases/1").fields["etag"] == changed.fields["etag"])
    }
}
