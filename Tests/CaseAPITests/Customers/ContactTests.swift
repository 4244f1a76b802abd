import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Who called for the customer, and what to mind with them")
struct ContactTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
        let answer = try desk.openCase(
            """
            {"complaint":"Mother can't open the lid.","customer":{"name":"Eva Ek","language":"SV-fi","needs":["hears badly",
            "Hears Badly","large print"]},"contact":{"name":"Bo Ek","phone":"+46 70 1","relation":"son"}}
            """)
        #expect(answer.status == 201, "\(answer.response.text)")
    }

    private func patch(_ contact: String) throws -> JSONValue {
        let answer = try desk.client.patch("/v1/cases/1", #"{"contact":\#(contact)}"#)
        #expect(answer.status == 200, "\(answer.response.text)")
        return answer["contact"]
    }

    @Test("is on the case, and a patch of it changes what it names")
    func patched() throws {
        let before = desk.clock.tick().rfc3339
        let first: JSONValue = ["name": "Bo Ek", "phone": "+46 70 1", "email": nil, "relation": "son"]
        #expect(try desk.client.get("/v1/cases/1")["contact"] == first)
        #expect(try patch(#"{"phone":"+46 70 2"}"#) == first.setting("phone", "+46 70 2"))
        #expect(try patch(#"{"name":null,"email":"bo@example.org"}"#)["name"] == .null)
        let entry = try desk.client.get("/v1/cases/1/log")["items"].items.last
        #expect(entry?["contact_name"].text == "" && entry?["contact_name_before"].text == "Bo Ek")
        #expect(try patch("null") == .null)
        #expect(try desk.client.get("/v1/cases/1?as_of=\(before)")["contact"] == first)
        let csv = try desk.client.get("/v1/cases?format=csv").response.text
        #expect(
            csv.split(separator: "\n").first?.contains("contact_name,contact_phone,contact_email,contact_relation")
                == true)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("is whom a list of promises says to call, as of any instant, and in CSV")
    func called() throws {
        let before = desk.clock.tick().rfc3339
        let first: JSONValue = ["name": "Bo Ek", "phone": "+46 70 1", "email": nil, "relation": "son"]
        func contacts(_ target: String) throws -> [JSONValue] {
            try desk.client.get(target)["items"].items.map { $0["case"]["contact"] }
        }
        try desk.openCase()
        #expect(try contacts("/v1/promises") == [first, .null])
        _ = try patch(#"{"phone":"+46 70 2","relation":null}"#)
        let second: JSONValue = ["name": "Bo Ek", "phone": "+46 70 2", "email": nil, "relation": nil]
        #expect(try contacts("/v1/promises?case_id=1") == [second])
        #expect(try contacts("/v1/promises?as_of=\(before)") == [first])
        #expect(try desk.client.get("/v1/promises/1")["case"]["contact"] == second)
        #expect(try desk.client.get("/v1/promises/1?as_of=\(before)")["case"]["contact"] == first)
        #expect(try desk.client.get("/v1/events?after=0")["items"][0]["case"]["contact"] == second)
        let rows = try desk.client.get("/v1/promises?format=csv").response.text.split(separator: "\r\n")
        #expect(rows[0].contains("contact_name,contact_phone,contact_email,contact_relation"))
        #expect(rows[1].contains("Bo Ek,'+46 70 2,,") && !rows[2].contains("Ek"))
        _ = try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"x","customer_accepted":true}}"#)
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"x"}"#).status == 200)
        #expect(try contacts("/v1/promises?case_id=1&as_of=\(before)")[0]["phone"] != "+46 70 1")
        #expect(try !desk.client.get("/v1/promises").response.text.contains("Bo Ek"))
    }

    @Test("is found by the number or the address that they call or write from, as of any instant")
    func found() throws {
        try desk.client.patch("/v1/cases/1", #"{"contact":{"phone":"+46 70 123 45 67"}}"#)
        let before = desk.clock.tick().rfc3339
        try desk.openCase(
            #"{"complaint":"x","customer":{"name":"Ed","phone":"070-1234567","email":"ed@example.org"}}"#)
        try desk.openCase(
            #"{"complaint":"x","customer":{"name":"Flo"},"contact":{"name":"Ed","email":"Ed@Example.org","phone":"+46 70 9999 000"}}"#
        )
        func ids(_ query: String, of path: String = "cases") throws -> [Int64] {
            let page = try desk.client.get("/v1/\(path)?sort=\(path == "cases" ? "opened_at" : "due_at")&\(query)")
            #expect(page.status == 200, "\(page.response.text)")
            return page["items"].items.compactMap { $0[path == "cases" ? "id" : "case_id"].integer }
        }
        for path in ["cases", "promises"] {
            #expect(try ids("customer=0701234567", of: path) == [1, 2])
            #expect(try ids("customer=%2B46-70-9999000", of: path) == [3])
            #expect(try ids("customer=ED@example.ORG", of: path) == [2, 3])
            #expect(try ids("customer=d@example.org", of: path) == [])
            #expect(try ids("customer=0701234567&as_of=\(before)", of: path) == [1])
            #expect(try ids("customer=ed@example.org&as_of=\(before)", of: path) == [])
        }
        let then = desk.clock.tick().rfc3339
        try desk.client.patch("/v1/cases/3", #"{"contact":{"email":"flo@example.org","phone":null}}"#)
        try desk.client.patch("/v1/cases/1", #"{"contact":{"phone":null}}"#)
        for path in ["cases", "promises"] {
            #expect(try ids("customer=ed@example.org", of: path) == [2] && ids("customer=0701234567", of: path) == [2])
            #expect(try ids("customer=flo@example.org", of: path) == [3])
            #expect(try ids("customer=ed@example.org&as_of=\(then)", of: path) == [2, 3])
            #expect(try ids("customer=0701234567&as_of=\(then)", of: path) == [1, 2])
            #expect(try ids("customer=flo@example.org&as_of=\(then)", of: path) == [])
            #expect(try ids("customer=467099990&as_of=\(then)", of: path) == [])
        }
        _ = try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"x","customer_accepted":true}}"#)
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"x"}"#).status == 200)
        #expect(try ids("customer=0701234567&as_of=\(then)") == [2], "and an erasure takes it")
    }

    @Test("has no other fields")
    func unknown() throws {
        let answer = try desk.client.patch("/v1/cases/1", #"{"contact":{"nmae":"x","phone":7}}"#)
        #expect(Set(answer.errors) == ["#/contact/nmae unknown_field", "#/contact/phone wrong_type"])
        #expect(
            try desk.openCase(#"{"complaint":"x","customer":{"name":"x"},"contact":"Bo"}"#).errors == [
                "#/contact wrong_type"
            ])
    }

    @Test("whoever is about to call sees the language and the needs, each once")
    func minded() throws {
        let customer = try desk.client.get("/v1/promises")["items"][0]["case"]["customer"]
        #expect(customer["language"].text == "sv-FI")
        #expect(customer["needs"].items.compactMap(\.text) == ["hears badly", "large print"])
        #expect(try desk.client.get("/v1/cases/1/customer-page")["customer"]["language"].text == "sv-FI")
        let refused = try desk.client.patch("/v1/customers/1", #"{"language":"swedish please"}"#)
        #expect(refused.errors == ["#/language invalid_value"])
        #expect(try desk.client.patch("/v1/customers/1", #"{"language":null,"needs":null}"#)["needs"] == .array([]))
    }
}
