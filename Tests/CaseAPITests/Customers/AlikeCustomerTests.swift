import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("A new case whose customer may be another one on record")
struct AlikeCustomerTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        for customer in [
            #"{"name":"Ann Lee","phone":"+46 8 123 45","email":"Ann.Lee@Example.org","external_id":"C-88.17"}"#,
            #"{"name":"Bo Ek","phone":"112"}"#,
        ] { #expect(try open(customer).status == 201) }
    }

    @discardableResult
    private func open(_ customer: String) throws -> JSONAnswer {
        try desk.openCase(#"{"complaint":"It leaks.","customer":\#(customer)}"#)
    }

    private func alike(_ customer: String) throws -> [Int64] {
        let answer = try open(customer)
        #expect(answer.status == 201)
        let warnings = answer["warnings"].items
        #expect(warnings.allSatisfy { $0["code"].text == "possible_duplicate" && $0["detail"].text != nil })
        return warnings.flatMap { $0["customer_ids"].items.compactMap(\.integer) }
    }

    @Test(
        "is told so by the phone, the address or the key that they have in common",
        arguments: [
            #"{"name":"A. Lee","phone":"08-123 45"}"#, #"{"name":"A. Lee","phone":"0046 812345"}"#,
            #"{"name":"A. Lee","email":"ann.lee@EXAMPLE.ORG"}"#, #"{"name":"A. Lee","external_id":"c-88.17"}"#,
            #"{"name":"A. Lee","phone":"+46812345","email":"ANN.LEE@example.org"}"#,
            #"{"external_id":"X-1","name":"A. Lee","phone":"08 12345"}"#,
        ])
    func alike(customer: String) throws {
        #expect(try alike(customer) == [1])
        #expect(try desk.client.get("/v1/customers")["total"].integer == 3, "nobody is merged by that")
    }

    @Test(
        "and not by their name, by half a number, or by themselves",
        arguments: [
            #"{"name":"Ann Lee"}"#, #"{"name":"Cy","phone":"112"}"#, #"{"name":"Cy","phone":"+46 8 123 46"}"#,
            #"{"name":"Cy","email":"lee@example.org"}"#, #"{"id":1}"#, #"{"external_id":"C-88.17"}"#,
            #"{"external_id":"C-88.17","phone":"08-123 45"}"#, #"{"name":"Cy","external_id":"C-88.18"}"#,
        ])
    func unlike(customer: String) throws {
        #expect(try alike(customer) == [])
    }

    @Test("a number of many is a switchboard's, and some of them are named")
    func switchboard() throws {
        for index in 0..<30 { try open(#"{"name":"C\#(index)","phone":"020 7946 0000"}"#) }
        let ids = try alike(#"{"name":"Di","phone":"+44 20 7946 0000"}"#)
        #expect(ids.count == CaseWarning.mostCustomers && ids == ids.sorted())
    }

    @Test("who was edited is found as they are now, and who was erased is not found")
    func edited() throws {
        try desk.client.patch("/v1/customers/1", #"{"phone":"1234567","email":null}"#)
        #expect(try alike(#"{"name":"Cy","phone":"08-123 45","email":"ann.lee@example.org"}"#) == [])
        #expect(try alike(#"{"name":"Cy","phone":"123 4567"}"#) == [1])
        try desk.client.post("/v1/promises/1/void", #"{"reason":"x","resolve":{"summary":"x"}}"#)
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"Asked"}"#).status == 200)
        #expect(try alike(#"{"name":"Di","phone":"123 4567"}"#) == [4])
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("a retry is answered with the same, and reading the case again shows it to nobody")
    func replayed() throws {
        let body = #"{"complaint":"x","customer":{"name":"Cy","phone":"08-123 45"}}"#
        let first = try desk.client.post("/v1/cases", body, fields: ["Idempotency-Key": "a"])
        let again = try desk.client.post("/v1/cases", body, fields: ["Idempotency-Key": "a"])
        #expect(first.json == again.json && first["warnings"].items.count == 1)
        let read = try desk.client.get("/v1/cases/\(first["id"].integer ?? 0)")
        #expect(!read.json.names.contains("warnings"))
    }
}
