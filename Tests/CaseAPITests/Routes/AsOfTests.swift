import Complaints
import Testing

@testable import CaseAPI

@Suite("What the record said")
struct AsOfTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        try desk.openCase(
            #"{"complaint":"x","customer":{"name":"Ann"},"owner":"Mia","promise":{"what":"Call","due_in":"PT1H"}}"#)
    }

    @Test("a manager sees what was overdue then, whatever became of it since")
    func overdue() throws {
        let beforeDue = desk.clock.tick().rfc3339
        desk.clock.advance(by: .hours(2))
        let whileOverdue = desk.clock.tick().rfc3339
        try desk.client.post("/v1/promises/1/reassign", #"{"owner":"Bo","reason":"Shift"}"#)
        try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"s","customer_accepted":true}}"#)
        try desk.openCase()
        func ids(_ asOf: String) throws -> [Int64] {
            let page = try desk.client.get("/v1/promises?state=overdue&as_of=\(asOf)")
            #expect(page["as_of"].text == asOf)
            return page["items"].items.compactMap { $0["id"].integer }
        }
        #expect(try ids(beforeDue) == [])
        #expect(try ids(whileOverdue) == [1])
        #expect(try desk.client.get("/v1/promises?state=overdue")["total"].integer == 0)
        let then = try desk.client.get("/v1/promises/1?as_of=\(whileOverdue)")
        #expect(then["state"].text == "overdue")
        #expect(then["owner"].text == "Mia")
        #expect(then["kept_at"] == .null)
        let file = try desk.client.get("/v1/cases/1?as_of=\(whileOverdue)")
        #expect(file["status"].text == "open")
        #expect(file["resolved_at"] == .null)
        #expect(file["overdue"].flag == true)
        #expect(try desk.client.get("/v1/cases/2?as_of=\(whileOverdue)").status == 404)
        #expect(try desk.client.get("/v1/cases?as_of=\(whileOverdue)")["total"].integer == 1)
        #expect(try desk.client.get("/v1/cases/1/log?as_of=\(whileOverdue)")["total"].integer == 2)
        #expect(try desk.client.get("/v1/customers?as_of=\(whileOverdue)")["total"].integer == 1)
        #expect(try desk.client.get("/v1/promises?owner=Mia&state=overdue&as_of=\(whileOverdue)")["total"].integer == 1)
    }

    @Test("the same instant gets the same answer later")
    func repeatable() throws {
        desk.clock.advance(by: .hours(2))
        let asOf = desk.clock.tick().rfc3339
        let targets = ["/v1/promises?as_of=\(asOf)", "/v1/cases/1?as_of=\(asOf)", "/v1/reports/promises?as_of=\(asOf)"]
        let before = try targets.map { try desk.client.get($0).json }
        try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"s","customer_accepted":true}}"#)
        try desk.openCase()
        let after = try targets.map { try desk.client.get($0).json }
        #expect(after == before)
    }

    @Test("an instant may be written with any offset, its plus encoded or not")
    func offsets() throws {
        desk.clock.advance(by: .hours(1))
        for asOf in [
            "2026-03-01T10:00:01+01:00", "2026-03-01T10:00:01%2B01:00", "2026-03-01T09:00:01z",
            "2026-03-01T04:00:01.000-05:00",
        ] {
            #expect(try desk.client.get("/v1/cases?as_of=\(asOf)")["as_of"].text == "2026-03-01T09:00:01Z")
        }
    }
}
