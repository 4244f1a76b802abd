import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Every field that is edited is sent and shown under its name")
struct EditedFieldWireTests {
    /// Sends each field, one at a time, and looks for it in the answer.
    private func check<Record: EditedRecord>(_: Record.Type, at target: String, of desk: TestDesk) throws {
        for (name, value) in Record.sentSamples(2) {
            let edited = try desk.client.patch(target, JSONValue.written([(name, value)]))
            #expect(edited.status == 200 && edited[name] == value, "\(target) \(name): \(edited.response.text)")
            #expect(try desk.client.get(target)[name] == value)
        }
        for field in Record.editedFields.reversed() {
            let taken = field.place.dropLast().reversed().reduce((field.ownName, JSONValue.null)) { member, group in
                (group, .members([member]))
            }
            let edited = try desk.client.patch(target, JSONValue.written([taken]))
            #expect(edited.status == (field.isOptional ? 200 : 422), "\(target) \(field.name)")
            guard field.isOptional else { continue }
            // Of an object that has nothing any more, nothing is shown; of a flag, that it is not so.
            let shown = field.place.reduce(edited.json) { $0 == .null ? .null : $0[$1] }
            #expect([.null, .array([]), .boolean(false)].contains(shown), "\(target) \(field.name)")
        }
    }

    @Test("by a case, when it is made and when it is edited")
    func cases() throws {
        let desk = try TestDesk()
        let sent = CaseFields.sentSamples(1)
        let customer = JSONValue.members([("name", "Ann")])
        let made = try desk.openCase(JSONValue.written([("complaint", "It leaks."), ("customer", customer)] + sent))
        #expect(made.status == 201, "\(made.response.text)")
        for (name, value) in sent { #expect(made[name] == value, "\(name)") }
        try check(CaseFields.self, at: "/v1/cases/1", of: desk)
    }

    @Test("by a customer, when they are first named and when they are edited")
    func customers() throws {
        let desk = try TestDesk()
        let sent = CustomerFields.sentSamples(1)
        let made = try desk.openCase(JSONValue.written([("complaint", "It leaks."), ("customer", .members(sent))]))
        for (name, value) in sent { #expect(made["customer"][name] == value, "\(name)") }
        try check(CustomerFields.self, at: "/v1/customers/1", of: desk)
    }

    @Test("by an owner, when they are named and when they are edited")
    func owners() throws {
        let desk = try TestDesk()
        let sent = OwnerFields.sentSamples(1)
        let made = try desk.client.post("/v1/owners", JSONValue.written([("name", "Kim")] + sent))
        for (name, value) in sent { #expect(made[name] == value, "\(name)") }
        try check(OwnerFields.self, at: "/v1/owners/Kim", of: desk)
    }

    @Test("by a policy")
    func policies() throws {
        try check(Policy.self, at: "/v1/policies/low", of: TestDesk())
    }
}
