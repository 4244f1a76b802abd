import Complaints
import TestSupport
import Testing

@Suite("Every field that is edited")
struct EditedFieldTests {
    @Test("stands in the table of its record, under a name of its own")
    func complete() {
        func check<Record: EditedRecord>(_ record: Record) {
            // The fields of an object stand in it.
            let groups = Set(Record.editedFields.compactMap(\.group))
            let own = Record.editedFields.count { $0.group == nil }
            #expect(own + groups.count == Mirror(reflecting: record).children.count)
        }
        check(CaseFields())
        check(CustomerFields(name: ""))
        // All but its id, its names, its place with what it is for, its calendar, its version and when that was made.
        #expect(Policy.editedFields.count - 1 == Mirror(reflecting: Desk.policy).children.count - 7)
        func names<Record: EditedRecord>(_: Record.Type) -> [String] { Record.editedFields.map(\.name) }
        for names in [names(CaseFields.self), names(CustomerFields.self), names(Policy.self)] {
            #expect(Set(names).count == names.count)
        }
    }

    private func check<Record: EditedRecord>(_ record: Record, _ checkField: (Record, EditedField<Record>) -> Void) {
        for field in Record.editedFields { checkField(record, field) }
    }

    @Test("is set by an edit, alone, and taken away where there may be no value")
    func edits() {
        func edited<Record: EditedRecord>(_ record: Record, _ field: EditedField<Record>) {
            // A flag that is not set says nothing.
            var value = field.type.sample(1)
            if case .flag = field.type, field.isOptional { value = .flag(true) }
            #expect(field.value(record) != value, "\(field.name)")
            let changed = Edit { $0.name == field.name ? .some(value) : nil }.applied(to: record)
            for other in Record.editedFields {
                #expect(other.value(changed) == (other.name == field.name ? value : other.value(record)))
            }
            guard field.isOptional else { return }
            let without = Edit { $0.name == field.name ? .some(nil) : nil }.applied(to: changed)
            let left = field.value(without)
            #expect(left == nil || left == .texts([]), "\(field.name)")
        }
        check(CaseFields(), edited)
        check(CustomerFields(name: "Cleo"), edited)
        check(Desk.policy, edited)
    }

    @Test("is logged as it is and as it was, among the texts unless nobody is told of by it")
    func logged() {
        func logged<Record: EditedRecord>(_ record: Record, _ field: EditedField<Record>) {
            let (before, after) = (record.filled(1), record.filled(2))
            let changes = Edit { $0.name == field.name ? .some(field.value(after)) : nil }.applied(to: before)
                .changes(from: before)
            let facts = field.privacy.isText ? changes.texts : changes.facts
            #expect(facts.count == changes.facts.count + changes.texts.count && !facts.isEmpty, "\(field.name)")
            #expect(facts.allSatisfy { $0.name.hasPrefix(field.name) })
            #expect(facts.contains { $0.name.hasSuffix("_before") } || field.value(before) == nil, "\(field.name)")
        }
        check(CaseFields(), logged)
        check(CustomerFields(name: "Cleo"), logged)
        check(Desk.policy, logged)
    }

    @Test("goes with an erasure when it is personal, and stays otherwise")
    func erased() {
        func erased<Record: EditedRecord>(_ record: Record, _ field: EditedField<Record>) {
            let full = record.filled(1)
            var left = full
            left.erase()
            let value = field.value(left)
            let gone = value == nil || value == .texts([]) || value == .text("[erased]")
            #expect(gone == field.privacy.leavesRecord, "\(field.name)")
            if !gone { #expect(value == field.value(full)) }
        }
        check(CaseFields(), erased)
        check(CustomerFields(name: "Cleo"), erased)
        check(Desk.policy, erased)
    }
}
