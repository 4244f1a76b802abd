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
