import Complaints
import Foundation
import HTTPServer
import Testing

@testable import CaseAPI

@Suite("A long body")
struct LongBodyTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
    }

    /// A create whose JSON has that many bytes; spaces make up for what is missing.
    private static func create(_ count: Int) -> String {
        let body = #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#
        return body + String(repeating: " ", count: count - body.utf8.count)
    }

    @Test(
        "is taken like a short one, at its last byte on the loop and one past it",
        arguments: [100, BodyDesk.longestOnLoop, BodyDesk.longestOnLoop + 1, 1 << 20])
    func isTaken(count: Int) throws {
        let key = ["Idempotency-Key": "k"]
        let first = try desk.client.post("/v1/cases", Self.create(count), fields: key)
        #expect(first.status == 201)
        let again = try desk.client.post("/v1/cases", Self.create(count), fields: key)
        #expect(again.status == 201)
        #expect(again.fields["idempotency-replayed"] == "true")
        #expect(
            try desk.client.post("/v1/cases", Self.create(count + (count < 1 << 20 ? 1 : -1)), fields: key).status
                == 422)
        #expect(
            try desk.client.patch("/v1/cases/1", #"{"subject":"a"}"# + String(repeating: " ", count: count - 15)).status
                == 200)
        #expect(try desk.client.get("/v1/cases")["total"].integer == 1)
    }

    @Test("is refused like a short one, for its form and for its fields")
    func isRefused() throws {
        // Of a length that some value has. What has one every few bytes is refused for that.
        let arrays = String(repeating: "[        ],", count: 20_000) + String(repeating: " ", count: 600_000)
        #expect(try desk.client.post("/v1/cases", arrays).code == "malformed_json")
        #expect(try desk.client.post("/v1/cases", "[\(arrays)[]]").status == 422)
        let unknown = #"{"complaint":"x","customer":{"name":"Ann"},"y":[\#(arrays)[]]}"#
        let answer = try desk.client.post("/v1/cases", unknown)
        #expect(answer.status == 422)
        #expect(answer.errors == ["#/y unknown_field"])
        #expect(try desk.client.post("/v1/cases?z=1", Self.create(100_000)).status == 400)
        #expect(try desk.client.post("/v1/cases/bulk", "[\(arrays)[]]").status == 422)
        let many = try desk.client.post("/v1/cases", "[\(String(repeating: "[],", count: 300_000))[]]")
        #expect(many.code == "malformed_json")
        #expect(many["detail"].text?.hasPrefix("The body has more values than any request of its length") == true)
    }

    @Test("does not change the order of the answers on a connection")
    func keepsTheOrder() throws {
        func request(_ method: String, _ target: String, _ body: String, _ more: String = "") -> String {
            "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(more)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        let bytes =
            request("POST", "/v1/cases", Self.create(900_000)) + request("GET", "/healthz", "")
            + request("POST", "/v1/cases", "{") + request("GET", "/problems/stale", "", "Connection: close\r\n")
        let answers = String(decoding: try desk.client.exchange(Array(bytes.utf8)), as: UTF8.self)
        let statuses = answers.split(separator: "HTTP/1.1 ").map { String($0.prefix(3)) }
        #expect(statuses == ["201", "200", "400", "200"])
    }

    @Test("is answered with 503 once too much waits, and short ones go on")
    func isBounded() throws {
        let desk = BodyDesk()
        let (began, goOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        try desk.submit(30 << 20) {
            began.signal()
            goOn.wait()
        }
        began.wait()
        try desk.submit(2 << 20) {}
        let problem = #expect(throws: Problem.self) { try desk.submit(1) {} }
        #expect(problem?.kind == .busy)
        goOn.signal()
        // Nothing is counted any more once all of it has been read.
        let done = DispatchSemaphore(value: 0)
        var isTaken = false
        while !isTaken {
            do {
                try desk.submit(32 << 20) { done.signal() }
                isTaken = true
            } catch {
                usleep(1000)
            }
        }
        done.wait()
    }
}
