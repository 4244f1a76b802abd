import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// Whatever is decided about a customer, a policy or a token is told as what is decided about a case is.
@Suite("One log")
struct OneLogTests {
    private func json(_ value: EditedValue, _ type: FieldType) -> JSONValue {
        switch value {
        case .integer(let integer): .integer(integer)
        case .flag(let flag): .boolean(flag)
        case .texts(let texts): .array(texts.map { .string(ExactText($0)) })
        default: .string(ExactText(type.texts(value)[0] ?? ""))
        }
    }

    private func text(_ members: [(String, JSONValue)]) -> String {
        var writer = JSONWriter(capacity: 256)
        writer.write(JSONValue.members(members))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func lastEvent(_ desk: TestDesk) throws -> JSONValue {
        try #require(try desk.client.get("/v1/events?limit=500")["items"].items.last)
    }

    /// Edits each field, one at a time, and looks at what the log says.
    private func check<Record: EditedRecord>(
        _: Record.Type, at target: String, _ about: String, _ id: Int64, _ kind: String, of desk: TestDesk
    ) throws {
        for field in Record.editedFields {
            let before = try desk.client.get(target)[field.name]
            // Nothing is promised for longer than the policy's longest span; and the last word may be the one there is.
            let numbers = field.name == "max_span" || !field.words.isEmpty ? [1, 2] : [2, 1]
            for (round, number) in numbers.enumerated() {
                let value = field.type.sample(number)
                let edited = try desk.client.patch(
                    target, text([(field.name, json(value, field.type))]), fields: ["Casekeeper-Actor": "Kim"])
                #expect(edited.status == 200, "\(target) \(field.name): \(edited.response.text)")
                let event = try lastEvent(desk)
                #expect(event["type"].text == "\(about).updated" && event["case_id"] == .null && event["case"] == .null)
                #expect(event["about"].text == about && event["about_id"].integer == id)
                #expect(event["actor"].text == "Kim" && event["at"] == edited["updated_at"])
                let entry = event["entry"]
                #expect(entry["kind"].text == kind && entry["seq"] == event["log"]["seq"])
                let shown = field.type.texts(value)[0]
                #expect(entry[field.name].text == shown, "\(target) \(field.name)")
                let first = field.type.texts(field.type.sample(numbers[0]))[0]
                // No texts are a list, too.
                let none = before == .array([]) ? "" : nil
                let was = round > 0 ? first : before.text ?? before.integer.map(String.init) ?? none
                #expect(entry["\(field.name)_before"].text == was, "\(target) \(field.name)")
            }
            let count = try desk.client.get("/v1/events?limit=500")["items"].items.count
            let again = try desk.client.patch(
                target, text([(field.name, json(field.type.sample(numbers[1]), field.type))]))
            #expect(again.status == 200)
            #expect(try desk.client.get("/v1/events?limit=500")["items"].items.count == count, "nothing has changed")
        }
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("has every field of a customer that is edited: who, when, what and what before")
    func customers() throws {
        let desk = try TestDesk()
        try desk.openCase()
        try check(CustomerFields.self, at: "/v1/customers/1", "customer", 1, "customer_updated", of: desk)
        let history = try desk.client.get("/v1/customers/1/history?kind=customer_updated&sort=-log")
        #expect(history["total"].integer == Int64(2 * CustomerFields.editedFields.count))
        #expect(try history["items"][0] == lastEvent(desk)["entry"], "their history has it, too")
        let paged = try desk.client.get("/v1/customers/1/history?limit=3")
        #expect(paged["total"].integer == 2 + Int64(2 * CustomerFields.editedFields.count))
    }

    @Test("has every field of a policy that is edited")
    func policies() throws {
        let desk = try TestDesk()
        try check(Policy.self, at: "/v1/policies/low", "policy", 1, "policy_updated", of: desk)
        #expect(try lastEvent(desk)["entry"]["severity"].text == "low")
    }

    @Test("has tokens that are made and revoked, over HTTP and on the machine, and never a secret")
    func tokens() throws {
        let desk = try TestDesk()
        let admin = try desk.token(.admin, name: "root")
        let fields = ["Authorization": admin.field]
        let made = try desk.client.post(
            "/v1/tokens", #"{"name":"Kim","role":"agent","expires_in":"P1D"}"#, fields: fields)
        #expect(made.status == 201)
        for _ in 0..<2 { #expect(try desk.client.post("/v1/tokens/2/revoke", "{}", fields: fields).status == 200) }
        let events = try desk.client.get("/v1/events", fields: fields)
        #expect(events["items"].items.map { $0["type"].text } == ["token.created", "token.created", "token.revoked"])
        #expect(events["items"].items.map { $0["about_id"].integer } == [1, 2, 2])
        #expect(events["items"].items.map { $0["actor"].text } == ["local", "root", "root"])
        #expect(events["items"].items.map { $0["token"].text } == [nil, "root", "root"])
        let entry = events["items"][1]["entry"]
        #expect(entry["name"].text == "Kim" && entry["role"].text == "agent")
        #expect(entry["expires_at"] == made["expires_at"] && events["items"][2]["entry"]["name"].text == "Kim")
        let secret = try #require(made["token"].text)
        #expect(!events.response.text.contains(secret.dropFirst(3)))
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("is followed by type, from whatever event on, as it is written")
    func followed() throws {
        let desk = try TestDesk()
        try desk.openCase()
        try desk.client.patch("/v1/policies/low", #"{"load_cap":3}"#)
        try desk.client.patch("/v1/customers/1", #"{"phone":"+1"}"#)
        let types = "customer.updated,policy.updated,token.created,token.revoked"
        let all = try desk.client.get("/v1/events?type=\(types)")
        #expect(all["items"].items.map { $0["type"].text } == ["policy.updated", "customer.updated"])
        #expect(try desk.client.get("/v1/events?type=\(types)&after=3&limit=1")["items"][0] == all["items"][1])
        let waiting = desk.ask("/v1/events?type=policy.updated&after=4&wait=60")
        #expect(try eventually { try desk.waiting() == 1 })
        try desk.client.patch("/v1/customers/1", #"{"phone":"+2"}"#)
        try desk.client.patch("/v1/policies/low", #"{"load_cap":4}"#)
        #expect(try waiting.value()["items"].items.map { $0["id"].integer } == [6])
    }

    @Test("tells no word of a customer who was erased, but that they were")
    func erased() throws {
        let desk = try TestDesk()
        try desk.openCase()
        try desk.client.patch("/v1/customers/1", #"{"phone":"+46 8 1","name":"Ann Wxqz"}"#)
        try desk.client.patch("/v1/customers/1", #"{"phone":null,"name":"Ann Lee"}"#)
        try desk.client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"Done","customer_accepted":true}}"#)
        let head = try #require(try desk.client.get("/v1/log/head")["hash"].text)
        #expect(try desk.client.post("/v1/customers/1/erase", #"{"reason":"Asked by letter"}"#).status == 200)
        let events = try desk.client.get("/v1/events?type=customer.updated")
        #expect(!events.response.text.contains("Wxqz") && !events.response.text.contains("+46"))
        let entries = events["items"].items.map { $0["entry"] }
        #expect(entries.map { $0["kind"].text } == ["customer_updated", "customer_updated", "customer_erased"])
        #expect(entries[0]["name"].text == "[erased]" && entries[0]["phone"].text == "[erased]")
        #expect(entries[2]["reason"].text == "Asked by letter")
        #expect(try desk.store.makeReader().verify(head: head).findings == [])
    }

    @Test("a case whose customer was changed is among those updated since, as of then, too")
    func updatedAfter() throws {
        let desk = try TestDesk()
        try desk.openCase()
        try desk.openCase(#"{"complaint":"It sings.","customer":{"name":"Bo"}}"#)
        let since = desk.instant(in: .seconds(1))
        desk.clock.advance(by: .seconds(5))
        let between = desk.instant(in: .zero)
        desk.clock.advance(by: .seconds(5))
        #expect(try desk.client.get("/v1/cases?updated_after=\(since)")["total"].integer == 0)
        try desk.client.patch("/v1/customers/2", #"{"phone":"+1"}"#)
        let then = desk.instant(in: .zero)
        desk.clock.advance(by: .days(1))
        try desk.client.patch("/v1/customers/1", #"{"phone":"+2"}"#)
        desk.clock.advance(by: .seconds(5))
        func ids(_ query: String) throws -> [Int64?] {
            try desk.client.get("/v1/cases?updated_after=\(since)\(query)&sort=opened_at")["items"].items
                .map { $0["id"].integer }
        }
        #expect(try ids("") == [1, 2])
        #expect(try ids("&as_of=\(then)") == [2])
        #expect(try ids("&as_of=\(between)") == [])
    }
}
