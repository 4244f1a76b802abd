import Complaints
import Dispatch
import Synchronization
import Testing

@testable import CaseAPI

@Suite("A POST with an Idempotency-Key")
struct IdempotencyTests {
    private let desk: TestDesk
    private static let complaint = #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#

    init() throws {
        desk = try TestDesk()
    }

    @discardableResult
    private func create(_ key: String, _ body: String = complaint, token: String = "") throws -> JSONAnswer {
        try desk.client.post("/v1/cases", body, fields: ["Idempotency-Key": key, "Authorization": token])
    }

    private func caseCount() throws -> Int64? {
        try desk.client.get("/v1/cases")["total"].integer
    }

    @Test("sent again gets the answer it got, and changes nothing")
    func replays() throws {
        let first = try create("k-1")
        #expect(first.status == 201)
        #expect(first.fields["idempotency-replayed"] == nil)
        try desk.client.patch("/v1/cases/1", #"{"severity":"high"}"#)
        let second = try create("k-1")
        #expect(second.status == 201)
        #expect(second.fields["idempotency-replayed"] == "true")
        #expect(second.response.body == first.response.body)
        for name in ["location", "etag", "content-type", "cache-control"] {
            #expect(first.fields[name] != nil)
            #expect(second.fields[name] == first.fields[name], "\(name)")
        }
        #expect(second.fields["x-request-id"] != first.fields["x-request-id"])
        #expect(try caseCount() == 1)
    }

    @Test("is the same with quotes and without")
    func quotes() throws {
        #expect(try create("k-1").status == 201)
        #expect(try create(#""k-1""#).fields["idempotency-replayed"] == "true")
        #expect(try create(#""k-\"1""#).fields["idempotency-replayed"] == nil)
        #expect(try create(#""k-\"1""#).fields["idempotency-replayed"] == "true")
        #expect(try caseCount() == 2)
    }

    @Test("and another body is refused, whatever that body is")
    func reused() throws {
        try create("k-1")
        for body in [Self.complaint + " ", #"{"complaint":""}"#, "{}"] {
            let answer = try create("k-1", body)
            #expect(answer.status == 422)
            #expect(answer.code == "idempotency_key_reused")
        }
        #expect(try caseCount() == 1)
    }

    @Test("on another path is another request")
    func paths() throws {
        try desk.openCase()
        try desk.openCase()
        for id in 1...2 {
            let answer = try desk.client.post(
                "/v1/cases/\(id)/log", #"{"kind":"note","text":"Called."}"#, fields: ["Idempotency-Key": "k"])
            #expect(answer.status == 201)
            #expect(answer.fields["idempotency-replayed"] == nil)
        }
    }

    @Test("answers nobody but the token it came with")
    func tokens() throws {
        let (ann, bob) = (try desk.token(.agent, name: "ann").field, try desk.token(.agent, name: "bob").field)
        #expect(try create("k", token: ann)["id"].integer == 1)
        #expect(try create("k", token: bob)["id"].integer == 2)
        #expect(try create("k", #"{"complaint":"x","customer":{"name":"Bo"}}"#, token: bob).status == 422)
        #expect(try create("k", token: ann)["id"].integer == 1)
        #expect(try create("k").status == 401)
    }

    @Test("that was refused is tried anew")
    func refusals() throws {
        try desk.openCase()
        let fields = ["Idempotency-Key": "k"]
        #expect(try desk.client.post("/v1/promises/1/keep", "{}", fields: fields).code == "timeline_required")
        #expect(try desk.client.post("/v1/cases/9/close", "{}", fields: fields).status == 404)
        try desk.client.post("/v1/cases/1/promises", #"{"what":"Call","due_in":"P1D"}"#)
        #expect(try desk.client.post("/v1/promises/1/keep", "{}", fields: fields).status == 200)
        let replayed = try desk.client.post("/v1/promises/1/keep", "{}", fields: fields)
        #expect(replayed.status == 200)
        #expect(replayed.fields["idempotency-replayed"] == "true")
        #expect(replayed["promise"]["state"].text == "kept")
        #expect(try desk.client.post("/v1/promises/1/keep", "{}").code == "promise_settled")
    }

    @Test("is answered before If-Match is looked at")
    func beforeIfMatch() throws {
        let tag = try #require(try desk.openCase().fields["etag"])
        let (path, body) = ("/v1/cases/1/promises", #"{"what":"Call","due_in":"P1D"}"#)
        let fields = ["Idempotency-Key": "k", "If-Match": tag]
        #expect(try desk.client.post(path, body, fields: fields).status == 201)
        #expect(try desk.client.post(path, body, fields: fields).fields["idempotency-replayed"] == "true")
        #expect(try desk.client.post(path, body, fields: ["Idempotency-Key": "l", "If-Match": tag]).status == 412)
    }

    @Test("twice at the same time has one effect and one answer")
    func twins() throws {
        let bodies = Mutex<[[UInt8]]>([])
        DispatchQueue.concurrentPerform(iterations: 40) { index in
            guard let answer = try? create("k-\(index % 4)"), answer.status == 201 else { return }
            bodies.withLock { $0.append(answer.response.body) }
        }
        #expect(bodies.withLock(\.count) == 40)
        #expect(Set(bodies.withLock(\.self)).count == 4)
        #expect(try caseCount() == 4)
    }

    @Test("is known for a day")
    func expires() throws {
        try create("k")
        desk.clock.advance(by: ElapsedTime(milliseconds: 23 * 3_600_000))
        #expect(try create("k")["id"].integer == 1)
        desk.clock.advance(by: ElapsedTime(milliseconds: 3_600_000))
        #expect(try create("k")["id"].integer == 2)
        #expect(try create("k")["id"].integer == 2)
    }

    @Test("is refused when it is no key", arguments: ["\"\"", "a b", "a,b", "\"a", "\"a\"b", "\"a\\b\"", "é", long])
    func malformed(key: String) throws {
        let answer = try create(key)
        #expect(answer.status == 400)
        #expect(answer.errors == ["Idempotency-Key invalid_value"])
        #expect(try caseCount() == 0)
    }

    private static let long = String(repeating: "k", count: 256)

    @Test("as long as it may be is fine")
    func longest() throws {
        let key = String(repeating: "k", count: 255)
        #expect(try create(key)["id"].integer == 1)
        #expect(try create(key)["id"].integer == 1)
    }
}
