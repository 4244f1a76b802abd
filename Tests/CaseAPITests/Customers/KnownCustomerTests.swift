import CaseStore
import Complaints
import Testing

@testable import CaseAPI

/// What comes with a new case beside the customer's key in another system.
@Suite("A customer who is known by their key")
struct KnownCustomerTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        let answer = try desk.openCase(
            """
            {"complaint":"It leaks.","customer":{"external_id":"C-1","name":"Ann Lee","phone":"+46 8 123 45",
            "email":"Ann@Example.org","language":"sv","needs":["hears badly"]}}
            """)
        #expect(answer.status == 201)
    }

    private func open(_ customer: String) throws -> JSONAnswer {
        try desk.openCase(#"{"complaint":"Again.","customer":\#(customer)}"#)
    }

    private var customers: Int64? {
        get throws { try desk.client.get("/v1/customers")["total"].integer }
    }

    @Test(
        "is not confused with somebody of whom something else is said: nothing of that is dropped silently",
        arguments: [
            (#""name":"Bo Ek""#, ["#/customer/name"]), (#""phone":"0812346""#, ["#/customer/phone"]),
            (#""email":"ann@example.com""#, ["#/customer/email"]), (#""language":"de""#, ["#/customer/language"]),
            (#""needs":["large print"]"#, ["#/customer/needs"]),
            (#""name":"Bo Ek","phone":"0812346""#, ["#/customer/name", "#/customer/phone"]),
        ])
    func conflict(sent: String, pointers: [String]) throws {
        let answer = try open(#"{"external_id":"C-1",\#(sent)}"#)
        #expect(answer.status == 422 && answer.errors == pointers.map { "\($0) conflicting_fields" })
        #expect(try customers == 1)
        #expect(try desk.client.get("/v1/cases")["total"].integer == 1)
    }

    @Test(
        "is the same however their name, number, address or needs are spelled",
        arguments: [
            #""name":"ANN  LEE""#, #""phone":"08-123 45""#, #""email":"ann@EXAMPLE.org""#, #""needs":["Hears Badly"]"#,
            #""language":"SV""#, #""name":null,"phone":null"#, #""needs":[]"#, #""update":false"#,
        ])
    func same(sent: String) throws {
        let answer = try open(#"{"external_id":"C-1",\#(sent)}"#)
        #expect(answer.status == 201 && answer["customer"]["id"].integer == 1)
        #expect(answer["customer"]["name"].text == "Ann Lee" && answer["customer"]["phone"].text == "+46 8 123 45")
        #expect(try desk.client.get("/v1/customers/1")["version"].integer == 1)
    }

    @Test("is changed to be as was sent where that is asked for, in the log, and in nothing else")
    func update() throws {
        let before = desk.clock.tick().rfc3339
        let answer = try open(#"{"external_id":"C-1","phone":"+46 8 999 99","needs":["large print"],"update":true}"#)
        #expect(answer.status == 201 && answer["customer"]["phone"].text == "+46 8 999 99")
        #expect(answer["customer"]["name"].text == "Ann Lee", "what was not sent stays")
        let customer = try desk.client.get("/v1/customers/1")
        #expect(customer["version"].integer == 2 && customer["needs"].items.compactMap(\.text) == ["large print"])
        let events = try desk.client.get("/v1/events?type=customer.updated")["items"].items
        #expect(events.count == 1 && events[0]["entry"]["phone_before"].text == "+46 8 123 45")
        #expect(try desk.client.get("/v1/customers/1?as_of=\(before)")["phone"].text == "+46 8 123 45")
        #expect(try open(#"{"external_id":"C-1","phone":"+46 8 999 99","update":true}"#).status == 201)
        #expect(try desk.client.get("/v1/customers/1")["version"].integer == 2, "nothing to change")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("and refused stays as they are")
    func refusedUpdate() throws {
        let answer = try desk.openCase(
            #"{"complaint":"x","customer":{"external_id":"C-1","phone":"1234567","update":true},"promise":{"what":"x"}}"#
        )
        #expect(answer.status == 422)
        #expect(try desk.client.get("/v1/customers/1")["version"].integer == 1)
    }

    @Test("a key that nobody has makes a new customer, who needs a name; nobody is changed without a key")
    func new() throws {
        #expect(try open(#"{"external_id":"C-2","phone":"1234567"}"#).errors == ["#/customer/name required"])
        #expect(try open(#"{"external_id":"C-2","name":"Bo","update":true}"#)["customer"]["id"].integer == 2)
        #expect(try open(#"{"name":"Cy","update":true}"#).errors == ["#/customer/update conflicting_fields"])
        #expect(try open(#"{"id":1,"update":true}"#).errors == ["#/customer/update conflicting_fields"])
    }

    @Test("in bulk each item is held against them by itself")
    func bulk() throws {
        let answer = try desk.client.post(
            "/v1/cases/bulk",
            """
            {"items":[{"complaint":"x","customer":{"external_id":"C-1","name":"Bo"}},
            {"complaint":"x","customer":{"external_id":"C-1","name":"Bo","update":true}},
            {"complaint":"x","customer":{"external_id":"C-1","name":"Bo"}}]}
            """)
        #expect(answer["items"].items.map { $0["status"].integer } == [422, 201, 201])
        #expect(try desk.client.get("/v1/customers/1")["name"].text == "Bo")
    }
}
