import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Who is calling")
struct CallerTests {
    private func ids(_ answer: JSONAnswer) -> [Int64] { answer["items"].items.compactMap { $0["id"].integer } }

    @Test("and what they have been promised is one request, as of then and as of now")
    func promised() throws {
        let desk = try TestDesk()
        for (name, phone) in [("Ann", "+46 8 123 45"), ("Bo", "(020) 7946-0123")] {
            try desk.openCase(
                "{\"complaint\":\"x\",\"customer\":{\"name\":\"\(name)\",\"phone\":\"\(phone)\",\"email\":\"\(name)@x.example\"}}"
            )
        }
        let then = desk.clock.tick().rfc3339
        desk.clock.advance(by: .hours(1))
        try desk.client.patch("/v1/customers/1", #"{"phone":"0171 99 88 77","email":"lee@x.example"}"#)
        let known: [(who: String, then: [Int64], now: [Int64])] = [
            ("08-12345", [1], []), ("+46812345", [1], []), ("0171998877", [], [1]), ("02079460123", [2], [2]),
            ("79460123", [2], [2]), ("ann@x.example", [1], []), ("LEE@x.example", [], [1]), ("bo@x.example", [2], [2]),
            ("x@x.example", [], []),
        ]
        for (who, before, now) in known {
            for path in ["/v1/promises", "/v1/cases"] {
                #expect(ids(try desk.client.get("\(path)?customer=\(who)&as_of=\(then)")) == before, "\(path) \(who)")
                #expect(ids(try desk.client.get("\(path)?customer=\(who)")) == now, "\(path) \(who)")
            }
        }
        let promise = try desk.client.get("/v1/promises?customer=02079460123&state=open&fields=what,case.customer.name")
        #expect(promise["items"][0]["case"]["customer"]["name"].text == "Bo" && promise["total"].integer == 1)
    }

    @Test("is whoever they turned out to be, and whose a case is by now, and as of before it is not")
    func oneOfTwo() throws {
        let desk = try TestDesk()
        for (name, phone) in [("Ann", "+46 8 123 45"), ("Anna", "(020) 7946-0123"), ("Bo", "0171 99 88 77")] {
            try desk.openCase(
                "{\"complaint\":\"x\",\"customer\":{\"name\":\"\(name)\",\"phone\":\"\(phone)\",\"email\":\"\(name)@x.example\"}}"
            )
        }
        func expect(_ told: [(who: String, cases: [Int64])], _ asOf: String = "") throws {
            for (who, cases) in told {
                for path in ["/v1/promises", "/v1/cases"] {
                    #expect(
                        try ids(desk.client.get("\(path)?customer=\(who)\(asOf)")).sorted() == cases,
                        "\(path) \(who) \(asOf)")
                }
                if !who.utf8.contains(UInt8(ascii: "@")) {
                    #expect(try ids(desk.client.get("/v1/cases?q=\(who)\(asOf)")).sorted() == cases)
                }
            }
        }
        let two: [(who: String, cases: [Int64])] = [
            ("0812345", [1]), ("02079460123", [2]), ("ann@x.example", [1]), ("anna@x.example", [2]),
            ("0171998877", [3]), ("bo@x.example", [3]),
        ]
        try expect(two)
        let before = desk.clock.tick().rfc3339
        desk.clock.advance(by: .minutes(1))
        let merge = try desk.client.post("/v1/customers/1/merge", #"{"into":2,"reason":"She says so."}"#)
        #expect(merge.status == 200)
        let one: [(who: String, cases: [Int64])] = [
            ("0812345", [1, 2]), ("02079460123", [1, 2]), ("ann@x.example", [1, 2]), ("anna@x.example", [1, 2]),
            ("0171998877", [3]), ("bo@x.example", [3]),
        ]
        try expect(one)
        try expect(two, "&as_of=\(before)")
        let merged = desk.clock.tick().rfc3339
        desk.clock.advance(by: .minutes(1))
        try desk.client.patch("/v1/cases/3", #"{"customer":{"id":1}}"#)
        let corrected: [(who: String, cases: [Int64])] = [
            ("0812345", [1, 2, 3]), ("anna@x.example", [1, 2, 3]), ("0171998877", []), ("bo@x.example", []),
        ]
        try expect(corrected)
        try expect(one, "&as_of=\(merged)")
        try expect(two, "&as_of=\(before)")
        let apart = try desk.client.send("DELETE", "/v1/customers/1/merge")
        #expect(apart.status == 200)
        // It stays with whom it was given to.
        try expect([("0812345", [1, 3]), ("02079460123", [2]), ("anna@x.example", [2]), ("0171998877", [])])
        try expect(one, "&as_of=\(merged)")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test(
        "is told by a number or an address, and by nothing else",
        arguments: ["12345", "Ann", "%2B46", "123456%20and%20654321", "TK-20", "%20"])
    func neither(who: String) throws {
        let desk = try TestDesk()
        for path in ["/v1/promises", "/v1/cases"] {
            #expect(try desk.client.get("\(path)?customer=\(who)").errors == ["customer invalid_parameter"])
        }
    }
}
