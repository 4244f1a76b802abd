import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Every field that is edited is sent and shown under its name")
struct EditedFieldWireTests {
    private func json(_ value: EditedValue) -> JSONValue {
        switch value {
        case .text(let text): .string(ExactText(text))
        case .texts(let texts): .array(texts.map { .string(ExactText($0)) })
        case .instant(let instant): .string(ExactText(instant.rfc3339))
        case .span(let span): .string(ExactText(span.iso8601))
        case .integer(let integer): .integer(integer)
        case .currency(let currency): .string(ExactText(currency.code))
        case .estimate(let estimate):
            .members([("from", .string(ExactText(estimate.from.text))), ("to", .string(ExactText(estimate.to.text)))])
        }
    }

    private func text(_ members: [(String, JSONValue)]) -> String {
        var writer = JSONWriter(capacity: 256)
        writer.write(JSONValue.members(members))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func members<Record: EditedRecord>(of _: Record.Type, _ number: Int) -> [(String, JSONValue)] {
        Record.editedFields.map { ($0.name, json($0.type.sample(number))) }
    }

    /// Sends each field, one at a time, and looks for it in the answer.
    private func check<Record: EditedRecord>(_: Record.Type, at target: String, of desk: TestDesk) throws {
        for (name, value) in members(of: Record.self, 2) {
            let edited = try desk.client.patch(target, text([(name, value)]))
            #expect(edited.status == 200 && edited[name] == value, "\(target) \(name): \(edited.response.text)")
            #expect(try desk.client.get(target)[name] == value)
        }
        for field in Record.editedFields.reversed() {
            let edited = try desk.client.patch(target, text([(field.name, .null)]))
            #expect(edited.status == (field.isOptional ? 200 : 422), "\(target) \(field.name)")
            if field.isOptional { #expect([.null, .array([])].contains(edited[field.name])) }
        }
    }

    @Test("by a case, when it is made and when it is edited")
    func cases() throws {
        let desk = try TestDesk()
        let sent = members(of: CaseFields.self, 1)
        let customer = JSONValue.members([("name", "Ann")])
        let made = try desk.openCase(text([("complaint", "It leaks."), ("customer", customer)] + sent))
        #expect(made.status == 201, "\(made.response.text)")
        for (name, value) in sent { #expect(made[name] == value, "\(name)") }
        try check(CaseFields.self, at: "/v1/cases/1", of: desk)
    }

    @Test("by a customer, when they are first named and when they are edited")
    func customers() throws {
        let desk = try TestDesk()
        let sent = members(of: CustomerFields.self, 1)
        let made = try desk.openCase(text([("complaint", "It leaks."), ("customer", .members(sent))]))
        for (name, value) in sent { #expect(made["customer"][name] == value, "\(name)") }
        try check(CustomerFields.self, at: "/v1/customers/1", of: desk)
    }

    @Test("by a policy")
    func policies() throws {
        try check(Policy.self, at: "/v1/policies/low", of: TestDesk())
    }
}
