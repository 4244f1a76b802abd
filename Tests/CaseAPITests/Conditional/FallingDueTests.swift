import Complaints
import Testing

@testable import CaseAPI

/// Nobody writes anything: it only gets late.
@Suite("A promise falls due between two looks at it")
struct FallingDueTests {
    private let desk: TestDesk
    private let due: Instant

    init() throws {
        desk = try TestDesk()
        due = Instant(milliseconds: desk.clock.now.milliseconds + 3_600_000)
        try desk.openCase(
            """
            {"complaint":"x","customer":{"name":"Ann"},"promise":{"what":"Call","due_at":"\(due.rfc3339)"}}
            """)
    }

    private func isNotModified(_ method: String, _ path: String, _ tag: String) throws -> Bool {
        let answer = try desk.client.send(method, path, fields: ["If-None-Match": tag])
        #expect([200, 304].contains(answer.status))
        #expect(answer.status != 304 || answer.body.isEmpty)
        return answer.status == 304
    }

    @Test(
        "then there is no 304, for GET and HEAD, and the answer says that it is late",
        arguments: ["/v1/cases/1", "/v1/promises/1"], ["GET", "HEAD"])
    func single(path: String, method: String) throws {
        let first = try desk.client.get(path)
        #expect(first["overdue"].flag == false)
        let tag = try #require(first.fields["etag"])
        #expect(try desk.client.send("HEAD", path).fields["etag"] == tag)
        for field in [tag, "W/\(tag)", "\"x\", \(tag)"] {
            #expect(try isNotModified(method, path, field))
        }
        // A minute before, it is not late yet, and nothing has changed.
        desk.clock.advance(by: ElapsedTime(milliseconds: due.milliseconds - desk.clock.now.milliseconds - 60_000))
        #expect(try isNotModified(method, path, tag))
        desk.clock.advance(by: .seconds(61))
        for field in [tag, "W/\(tag)", "\"x\", \(tag)"] {
            #expect(try !isNotModified(method, path, field))
        }
        let second = try desk.client.get(path, fields: ["If-None-Match": tag])
        #expect(second["overdue"].flag == true)
        let late = try #require(second.fields["etag"])
        #expect(try isNotModified(method, path, late))
        #expect(try desk.client.patch("/v1/cases/1", #"{"subject":"x"}"#, fields: ["If-Match": tag]).code == "stale")
    }

    @Test("at its very instant it is not late, a millisecond later it is, and the tag turns with it")
    func boundary() throws {
        desk.clock.advance(by: .hours(2))
        func look(at instant: Instant) throws -> JSONAnswer {
            try desk.client.get("/v1/promises/1?as_of=\(instant.rfc3339)")
        }
        let open = try look(at: due)
        let late = try look(at: due + ElapsedTime(milliseconds: 1))
        #expect(open["state"].text == "open")
        #expect(late["state"].text == "overdue")
        #expect(open.fields["etag"] != late.fields["etag"])
    }

    @Test("several fall due one after the other, and each turns the case's tag")
    func several() throws {
        for hours in 2...4 {
            try desk.client.post("/v1/cases/1/promises", #"{"what":"Call","due_in":"PT\#(hours)H"}"#)
        }
        try desk.client.post(
            "/v1/cases/1/promises", #"{"what":"Send papers","due_in":"PT5H","by":"customer","to":"us"}"#)
        var tags: Set<String> = []
        for _ in 0..<6 {
            tags.insert(try #require(try desk.client.get("/v1/cases/1").fields["etag"]))
            desk.clock.advance(by: .hours(1))
        }
        #expect(tags.count == 6, "the customer's own promise among them")
    }

    @Test("lists have no tag, so what they say is always of now", arguments: ["", "&format=csv"])
    func lists(format: String) throws {
        let targets = ["/v1/cases?overdue=true", "/v1/promises?state=overdue"].map { $0 + format }
        func look(_ target: String) throws -> TestResponse {
            let answer = try desk.client.send("GET", target, fields: ["If-None-Match": "*", "If-Match": "\"x\""])
            #expect(answer.status == 200)
            #expect(answer.fields["etag"] == nil)
            return answer
        }
        let before = try targets.map { try look($0).text }
        desk.clock.advance(by: .hours(2))
        let after = try targets.map { try look($0).text }
        for (before, after) in zip(before, after) {
            #expect(!before.contains("Ann"))
            #expect(after.contains("Ann"))
        }
    }
}
