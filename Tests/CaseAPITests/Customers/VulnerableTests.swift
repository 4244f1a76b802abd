import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Customers who are to be treated with particular care")
struct VulnerableTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        let answer = try desk.openCase(
            #"""
            {"complaint":"The alarm is silent.","customer":{"name":"Eva Ek","external_id":"C-1","vulnerable":true,
            "vulnerable_reason":"Lives alone"}}
            """#)
        #expect(answer.status == 201 && answer["customer"]["vulnerable"].flag == true, "\(answer.response.text)")
        try desk.openCase(#"{"complaint":"It drips.","customer":{"name":"Bo"}}"#)
    }

    private func ids(_ target: String) throws -> [Int64] {
        let page = try desk.client.get(target)
        #expect(page.status == 200, "\(page.response.text)")
        return page["items"].items.compactMap { $0["id"].integer }.sorted()
    }

    @Test("are shown so wherever somebody is about to speak with them, the reason where the case is")
    func shown() throws {
        let customer = try desk.client.get("/v1/cases/1")["customer"]
        #expect(customer["vulnerable"].flag == true && customer["vulnerable_reason"].text == "Lives alone")
        let called = try desk.client.get("/v1/promises?case_id=1")["items"][0]["case"]["customer"]
        #expect(called["vulnerable"].flag == true && called["vulnerable_reason"] == .null)
        #expect(!called.names.contains("vulnerable_reason"))
        #expect(try desk.client.get("/v1/cases/2")["customer"]["vulnerable"].flag == false)
        let guidance = try desk.client.get("/v1/cases/1/guidance")
        #expect(guidance["vulnerable"].flag == true)
        let calm = try #require(guidance["items"].items.first { $0["tactic"].text == "T10" })
        #expect(
            calm["why"].text
                == "The customer is calm. They are vulnerable: take your time, and see that they can follow.")
        #expect(try desk.client.get("/v1/cases/2/guidance")["vulnerable"].flag == false)
        let page = try desk.client.get("/v1/cases/1/customer-page").response.text
        #expect(!page.contains("vulnerable") && !page.contains("alone"), "it is no word for the customer")
        let csv = try desk.client.get("/v1/customers?format=csv").response.text.split(separator: "\r\n")
        #expect(csv[0].contains(",needs,vulnerable,vulnerable_reason,") && csv[1].contains(",true,Lives alone,"))
    }

    @Test("have that edited with history; false and null take it away")
    func edited() throws {
        let before = desk.clock.tick().rfc3339
        let edit = try desk.client.patch("/v1/customers/1", #"{"vulnerable":false,"vulnerable_reason":null}"#)
        #expect(edit["vulnerable"].flag == false && edit["vulnerable_reason"] == .null && edit["version"].integer == 2)
        let entry = try desk.client.get("/v1/customers/1/history?kind=customer_updated")["items"][0]
        #expect(entry["vulnerable"].text == "false" && entry["vulnerable_before"].text == "true")
        #expect(entry["vulnerable_reason"].text == "" && entry["vulnerable_reason_before"].text == "Lives alone")
        #expect(try desk.client.get("/v1/customers/1?as_of=\(before)")["vulnerable"].flag == true)
        #expect(try ids("/v1/cases?vulnerable=true") == [] && ids("/v1/cases?vulnerable=false") == [1, 2])
        #expect(try ids("/v1/cases?vulnerable=true&as_of=\(before)") == [1])
        #expect(try ids("/v1/cases?vulnerable=false&as_of=\(before)") == [2])
        #expect(try ids("/v1/customers?vulnerable=true&as_of=\(before)") == [1])
        #expect(try desk.client.patch("/v1/customers/1", #"{"vulnerable":false}"#)["version"].integer == 2)
        try desk.client.patch("/v1/customers/1", #"{"vulnerable":true}"#)
        #expect(try desk.client.patch("/v1/customers/1", #"{"vulnerable":null}"#)["vulnerable"].flag == false)
        #expect(
            try desk.client.patch("/v1/customers/1", #"{"vulnerable":"yes"}"#).errors == ["#/vulnerable wrong_type"])
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("are no other ones by their key: what is said of it is held to what is on record, or changes it")
    func keyed() throws {
        func open(_ members: String) throws -> JSONAnswer {
            try desk.openCase(#"{"complaint":"x","customer":{"external_id":"C-1",\#(members)}}"#)
        }
        #expect(try open(#""vulnerable":true,"vulnerable_reason":"LIVES alone""#).status == 201)
        #expect(
            try open(#""vulnerable_reason":"In mourning""#).errors == [
                "#/customer/vulnerable_reason conflicting_fields"
            ])
        try desk.client.patch("/v1/customers/1", #"{"vulnerable":false}"#)
        #expect(try open(#""vulnerable":true"#).errors == ["#/customer/vulnerable conflicting_fields"])
        #expect(try open(#""vulnerable":true,"update":true"#)["customer"]["vulnerable"].flag == true)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("stay so as whoever they turned out to be: one is vulnerable if any of them is")
    func merged() throws {
        let before = desk.clock.tick().rfc3339
        try desk.client.post("/v1/customers/1/merge", #"{"into":2,"reason":"She said so"}"#)
        for id in [1, 2] {
            let customer = try desk.client.get("/v1/cases/\(id)")["customer"]
            #expect(customer["id"].integer == 2 && customer["vulnerable"].flag == true)
            #expect(customer["vulnerable_reason"].text == "Lives alone")
        }
        #expect(try ids("/v1/cases?vulnerable=true") == [1, 2] && ids("/v1/cases?vulnerable=false") == [])
        #expect(try ids("/v1/customers?vulnerable=true") == [2] && ids("/v1/customers?vulnerable=false") == [])
        #expect(try ids("/v1/cases?vulnerable=true&as_of=\(before)") == [1])
        #expect(try ids("/v1/customers?vulnerable=false&as_of=\(before)") == [2])
    }

    @Test("are nobody's business any more once they are erased, as of any instant")
    func erased() throws {
        let before = desk.clock.tick().rfc3339
        try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"x","customer_accepted":true}}"#)
        let answer = try desk.client.post("/v1/customers/1/erase", #"{"reason":"At her wish"}"#)
        #expect(answer["vulnerable"].flag == false && answer["vulnerable_reason"] == .null)
        #expect(try desk.client.get("/v1/customers/1?as_of=\(before)")["vulnerable"].flag == false)
        #expect(try ids("/v1/cases?vulnerable=true&as_of=\(before)") == [])
        #expect(try !desk.client.get("/v1/customers/1/history").response.text.contains("alone"))
        #expect(try desk.store.makeReader().verify().findings == [])
    }
}
