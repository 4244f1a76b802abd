import Complaints
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Waiting for events")
struct WaitingTests {
    @Test("ends when what is waited for is committed, not when something else is")
    func matching() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let any = desk.ask("/v1/events?after=2&wait=60")
        let closing = desk.ask("/v1/events?after=2&type=case.closed,case.resolved&wait=60")
        #expect(try eventually { try desk.waiting() == 2 })
        try desk.openCase()
        let opened = try any.value()
        #expect(opened["items"].items.map { $0["type"].text } == ["case.opened", "promise.made"])
        #expect(opened["next"].integer == 4)
        #expect(try desk.waiting() == 1 && !closing.isOver)
        try desk.client.post(
            "/v1/promises/1/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        let resolved = try closing.value()
        #expect(resolved["items"].items.map { $0["type"].text } == ["case.resolved"])
        #expect(resolved["items"][0]["id"].integer == 6 && resolved["next"].integer == 6)
        #expect(try desk.waiting() == 0)
    }

    @Test("ends with nothing and the place to go on from when nothing came in time")
    func patience() throws {
        let desk = try TestDesk()
        try desk.openCase()
        let closing = desk.ask("/v1/events?after=1&type=case.closed&wait=2")
        #expect(try eventually { try closing.isOver || desk.waiting() == 1 })
        try desk.openCase()
        let answer = try closing.value()
        #expect(answer.status == 200 && answer["items"].items == [])
        #expect(answer["next"].integer == 4, "what came meanwhile and was not meant is passed over")
        #expect(answer.fields["link"] == #"</v1/events?type=case.closed&wait=2&after=4>; rel="next""#)
    }

    @Test("is over at once when there is something, and without wait")
    func atOnce() throws {
        let desk = try TestDesk()
        try desk.openCase()
        #expect(try desk.client.get("/v1/events?wait=60")["items"].items.count == 2)
        #expect(try desk.client.get("/v1/events?after=2&wait=0")["items"].items.count == 0)
        #expect(try desk.client.get("/v1/events?after=2")["next"].integer == 2)
        #expect(try desk.client.send("HEAD", "/v1/events?wait=60").status == 200)
    }

    @Test("is for so many at most; who goes makes room")
    func bound() throws {
        let desk = try TestDesk(eventQueue: 2)
        let waiting = (0..<2).map { _ in desk.ask("/v1/events?wait=60") }
        #expect(try eventually { try desk.waiting() == 2 })
        let refused = try desk.client.get("/v1/events?wait=60")
        #expect(refused.status == 503 && refused.code == "busy" && refused.fields["retry-after"] == "1")
        #expect(try desk.client.get("/v1/events").status == 200, "who does not wait needs no room")
        try desk.openCase()
        for answer in waiting { #expect(try answer.value()["items"].items.count == 2) }
        let again = desk.ask("/v1/events?after=2&wait=60")
        #expect(try eventually { try desk.waiting() == 1 })
        try desk.openCase()
        #expect(try again.value().status == 200)
    }

    @Test("is given up when the client has gone")
    func gone() throws {
        let desk = try TestDesk()
        for _ in 0..<3 {
            let descriptor = try desk.client.connect()
            let request = "GET /v1/events?wait=60 HTTP/1.1\r\nHost: localhost\r\n\r\n"
            #expect(send(descriptor, request, request.utf8.count, 0) == request.utf8.count)
            #expect(try eventually { try desk.waiting() == 1 })
            close(descriptor)
            #expect(try eventually { try desk.waiting() == 0 })
        }
        try desk.openCase()
        #expect(try desk.client.get("/v1/events")["next"].integer == 2)
    }

    @Test("keeps its place among the requests of a connection")
    func pipeline() throws {
        let desk = try TestDesk()
        let head = "HTTP/1.1\r\nHost: localhost\r\n"
        let requests =
            "GET /v1/events?wait=60 \(head)\r\nGET /v1/events?type=promise.made&wait=60 \(head)\r\n"
            + "GET /healthz \(head)Connection: close\r\n\r\n"
        let client = desk.client
        let answers = Meanwhile { String(decoding: try client.exchange(Array(requests.utf8)), as: UTF8.self) }
        #expect(try eventually { try desk.waiting() == 2 })
        try desk.openCase()
        let text = try answers.value()
        #expect(text.matches(of: /HTTP\/1\.1 200/).count == 3)
        let bodies = text.matches(of: /(?m)^\{.*\}$/).map { String($0.0) }
        #expect(bodies.count == 3 && bodies[0].hasSuffix(#""next":2}"#) && bodies[1].hasSuffix(#""next":2}"#))
        #expect(bodies[0].contains(#""id":1,"type":"case.opened""#) && !bodies[1].contains("case.opened"))
        #expect(bodies[2] == #"{"status":"ok"}"#)
    }

    @Test("is taken up elsewhere by who looks for something too rare for a loop")
    func rare() throws {
        let desk = try TestDesk(loopWorkLimit: 1000)
        for _ in 0..<200 { try desk.openCase() }
        let closed = desk.ask("/v1/events?type=case.closed&wait=60")
        #expect(try eventually { try desk.waiting() == 1 })
        let none = try desk.client.get("/v1/events?type=case.closed")
        #expect(none["items"].items == [] && none["next"].integer == 400)
        try desk.client.post("/v1/promises/7/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        #expect(!closed.isOver)
        try desk.client.post("/v1/cases/7/close", "{}")
        #expect(try closed.value()["items"].items.map { $0["id"].integer } == [403])
        #expect(try desk.client.get("/v1/events?type=case.closed")["items"].items.count == 1)
        #expect(try desk.waiting() == 0)
    }

    @Test("misses nothing and sees nothing twice, however many write and follow at once")
    func complete() throws {
        let desk = try TestDesk()
        let client = desk.client
        let (cases, writers) = (40, 4)
        let events = cases * writers * 2
        let types = ["", "&type=case.opened", "&type=promise.made&limit=7", "&limit=1", "", "&limit=3"]
        let followers = types.map { type in
            Meanwhile { () throws -> [Int64] in
                var seen: [Int64] = []
                var after: Int64 = 0
                while after < Int64(events) {
                    let answer = try client.get("/v1/events?after=\(after)&wait=60\(type)")
                    guard answer.status == 200, let next = answer["next"].integer else { return [-1] }
                    let ids = answer["items"].items.compactMap { $0["id"].integer }
                    // Nothing but what is new, and nothing that the next page would have to begin with.
                    guard ids.allSatisfy({ after < $0 && $0 <= next }), next > after else { return [-2] }
                    seen += ids
                    after = next
                }
                return seen
            }
        }
        let work = (0..<writers).map { _ in Meanwhile { for _ in 0..<cases { try desk.openCase() } } }
        for writer in work { try writer.value() }
        let all = Array(1...Int64(events))
        let opened = try client.get("/v1/events?limit=500&type=case.opened")["items"].items.compactMap {
            $0["id"].integer
        }
        #expect(opened.count == cases * writers)
        for (type, follower) in zip(types, followers) {
            let expected =
                type.contains("case.opened")
                ? opened : type.contains("promise.made") ? all.filter { !opened.contains($0) } : all
            #expect(try follower.value() == expected, "\(type)")
        }
    }
}
