import Complaints
import Testing

@testable import CaseAPI

@Suite("Conditional requests")
struct ConditionalRequestTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.openCase()
    }

    private func tag(_ path: String) throws -> String {
        try #require(try desk.client.get(path).fields["etag"])
    }

    @Test("what the client has already is not sent again, whatever has a tag")
    func notModified() throws {
        try desk.nameKim()
        var client = desk.client
        client.standing["Authorization"] = try desk.token(.admin).field
        var tagged = 0
        for path in ReadTarget.all.filter({ !$0.isList }).map(\.path) {
            guard let tag = try client.get(path).fields["etag"] else { continue }
            tagged += 1
            #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
            for field in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
                let answer = try client.send("GET", path, fields: ["If-None-Match": field])
                #expect(answer.status == 304, "\(path)")
                #expect(answer.body.isEmpty)
                #expect(answer.fields["etag"] == tag, "\(path)")
            }
            #expect(try client.get(path, fields: ["If-None-Match": "\"x\""]).status == 200)
            #expect(try client.get(path, fields: ["If-Match": tag]).status == 200)
            #expect(try client.get(path, fields: ["If-Match": "\"x\""]).code == "stale", "\(path)")
            #expect(try client.send("HEAD", path, fields: ["If-None-Match": tag]).status == 304)
        }
        #expect(tagged >= 8)
    }

    @Test("a tag changes when a promise falls due, though nobody wrote anything")
    func fallingDue() throws {
        let paths = ["/v1/cases/1", "/v1/promises/1"]
        let before = try paths.map(tag)
        #expect(try paths.map(tag) == before)
        desk.clock.advance(by: .days(3))
        let after = try paths.map(tag)
        for (before, after) in zip(before, after) { #expect(before != after) }
    }

    @Test("a tag changes with everything that is shown")
    func everyChange() throws {
        let steps: [(method: String, path: String, body: String, changes: [String])] = [
            ("PATCH", "/v1/cases/1", #"{"subject":"Leak"}"#, ["/v1/cases/1", "/v1/promises/1"]),
            ("PATCH", "/v1/customers/1", #"{"phone":"1"}"#, ["/v1/cases/1", "/v1/promises/1", "/v1/customers/1"]),
            (
                "POST", "/v1/promises/1/reassign", #"{"owner":"Bo","reason":"Shift"}"#,
                ["/v1/cases/1", "/v1/promises/1"]
            ),
            ("POST", "/v1/cases/1/log", #"{"kind":"note","text":"x"}"#, ["/v1/cases/1"]),
            ("PATCH", "/v1/policies/low", #"{"max_span":"P10D"}"#, ["/v1/policies/low"]),
        ]
        let paths = ["/v1/cases/1", "/v1/promises/1", "/v1/customers/1", "/v1/policies/low", "/v1/cases/1/log/1"]
        for step in steps {
            let before = try paths.map(tag)
            #expect(
                (200...201).contains(try desk.client.send(step.method, step.path, body: Array(step.body.utf8)).status))
            let after = try paths.map(tag)
            for (index, path) in paths.enumerated() {
                #expect((before[index] != after[index]) == step.changes.contains(path), "\(path) after \(step.path)")
            }
        }
    }

    @Test("a change is made only to what the client has seen")
    func ifMatch() throws {
        let changes = [
            ("PATCH", "/v1/cases/1", "/v1/cases/1", #"{"subject":"Leak"}"#),
            ("POST", "/v1/cases/1/log", "/v1/cases/1", #"{"kind":"note","text":"x"}"#),
            ("POST", "/v1/cases/1/promises", "/v1/cases/1", #"{"what":"x","due_in":"P1D"}"#),
            ("POST", "/v1/promises/1/reassign", "/v1/promises/1", #"{"owner":"Bo","reason":"Shift"}"#),
            ("POST", "/v1/promises/1/keep", "/v1/promises/1", "{}"),
            ("PATCH", "/v1/customers/1", "/v1/customers/1", #"{"phone":"1"}"#),
            ("PATCH", "/v1/policies/low", "/v1/policies/low", #"{"max_span":"P10D"}"#),
        ]
        for (method, path, resource, body) in changes {
            let current = try tag(resource)
            for stale in ["\"0\"", "W/\(current)"] {
                let answer = JSONAnswer(
                    try desk.client.send(method, path, fields: ["If-Match": stale], body: Array(body.utf8)))
                #expect(answer.status == 412, "\(method) \(path)")
                #expect(answer.code == "stale")
                #expect(answer.fields["etag"] == current)
            }
            #expect(try tag(resource) == current)
            let answer = try desk.client.send(method, path, fields: ["If-Match": current], body: Array(body.utf8))
            #expect((200...201).contains(answer.status), "\(method) \(path): \(answer.text)")
        }
    }

    @Test("If-None-Match on a change refuses what it names: there is no 304 for a change")
    func ifNoneMatchOnChange() throws {
        let current = try tag("/v1/cases/1")
        let body = #"{"subject":"Leak"}"#
        for field in ["*", current, "W/\(current)", "\"x\", \(current)"] {
            let answer = try desk.client.patch("/v1/cases/1", body, fields: ["If-None-Match": field])
            #expect(answer.status == 412)
            #expect(answer.code == "stale")
            #expect(answer.fields["etag"] == current)
        }
        #expect(try tag("/v1/cases/1") == current)
        #expect(try desk.client.patch("/v1/cases/1", body, fields: ["If-None-Match": "\"x\""]).status == 200)
    }

    @Test("what makes something new has no ETag yet that a condition could name")
    func conditionsOnCreate() throws {
        let token = try desk.token(.admin).field
        let targets = [
            ("/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"}}"#),
            ("/v1/tokens", #"{"name":"a","role":"admin"}"#),
        ]
        for (target, body) in targets {
            func post(_ conditions: [String: String]) throws -> JSONAnswer {
                try desk.client.post(target, body, fields: conditions.merging(["Authorization": token]) { $1 })
            }
            for conditions in [["If-Match": "\"1-1-0\""], ["If-None-Match": "*"]] {
                #expect(try post(conditions).code == "stale", "\(target) \(conditions)")
            }
            #expect(try desk.client.get(target, fields: ["Authorization": token])["total"].integer == 1)
            #expect(try post(["If-Match": "*", "If-None-Match": "\"x\""]).status == 201)
        }
    }

    @Test("the checks have an order: 404, 412, 422, 409")
    func order() throws {
        let stale = ["If-Match": "\"0\""]
        let invalid = #"{"nonsense":1}"#
        #expect(try desk.client.post("/v1/promises/9/keep", invalid, fields: stale).status == 404)
        #expect(try desk.client.post("/v1/promises/1/keep", invalid, fields: stale).status == 412)
        #expect(try desk.client.post("/v1/promises/1/keep", invalid).status == 422)
        #expect(try desk.client.post("/v1/promises/1/keep", "{}").status == 409)
    }

    @Test("an explicit as_of is another representation")
    func asOf() throws {
        let asOf = desk.clock.now.rfc3339
        let now = try tag("/v1/cases/1")
        let then = try tag("/v1/cases/1?as_of=\(asOf)")
        #expect(then != now)
        #expect(try desk.client.get("/v1/cases/1?as_of=\(asOf)", fields: ["If-None-Match": now]).status == 200)
        #expect(try desk.client.get("/v1/cases/1?as_of=\(asOf)", fields: ["If-None-Match": then]).status == 304)
    }
}
