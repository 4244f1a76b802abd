import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Being told of another service's epoch")
struct EpochRoutesTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.openCase()
    }

    private func open() throws -> JSONAnswer {
        try desk.client.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#)
    }

    @Test("one that is not higher changes nothing")
    func notHigher() throws {
        let answer = try desk.client.post("/v1/log/epoch", #"{"epoch":1}"#)
        #expect(answer.status == 200 && answer["epoch"].integer == 1 && answer.json["superseded_by"] == .null)
        #expect(try open().status == 201)
        #expect(try desk.client.get("/readyz").status == 200)
    }

    @Test("with a higher one no change is kept from the next one on, and what is there can be read")
    func higher() throws {
        let head = try desk.client.get("/v1/log/head")["hash"].text
        let answer = try desk.client.post("/v1/log/epoch", #"{"epoch":3}"#)
        #expect(answer.status == 200 && answer["epoch"].integer == 1 && answer["superseded_by"].integer == 3)
        #expect(desk.store.isSuperseded)
        let ready = try desk.client.get("/readyz")
        #expect(ready.status == 503 && ready["reason"].text == "superseded")
        for _ in 0..<2 { #expect(try open().code == "superseded") }
        #expect(try desk.client.post("/v1/log/epoch", #"{"epoch":4}"#).code == "superseded")
        #expect(try desk.client.get("/v1/cases/1").status == 200)
        #expect(try desk.client.get("/v1/log/head")["hash"].text == head, "the log is as it was")
    }

    @Test("of another record it is refused, and of the same it counts")
    func record() throws {
        let head = try desk.client.get("/v1/log/head")
        let first = try #require(try desk.store.makeReader().read { try $0.hash(ofEntry: 1) })
        #expect(head["record"].text == first)
        // As long as a hash is, and one of another record; and the end of this log is no beginning.
        let end = try #require(head["hash"].text)
        for other in [String(repeating: "0", count: 64), "00", end] where other != first {
            let answer = try desk.client.post("/v1/log/epoch", #"{"epoch":3,"record":"\#(other)"}"#)
            #expect(answer.status == 409 && answer.code == "other_record")
            #expect(!desk.store.isSuperseded)
        }
        let answer = try desk.client.post("/v1/log/epoch", #"{"epoch":3,"record":"\#(first)"}"#)
        #expect(answer.status == 200 && desk.store.isSuperseded)
    }

    @Test("what is no epoch is refused", arguments: ["0", "1000001", "-1"])
    func noEpoch(number: String) throws {
        let answer = try desk.client.post("/v1/log/epoch", #"{"epoch":\#(number)}"#)
        #expect(answer.status == 422 && answer["errors"].items.first?["code"].text == "out_of_range")
        #expect(!desk.store.isSuperseded)
    }
}
