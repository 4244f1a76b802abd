import CaseStore
import Complaints
import TestSupport
import Testing

@Suite("Every field that is edited has its column")
struct EditedFieldRowTests {
    private func customer(_ fields: CustomerFields) -> CustomerRequest {
        fields.externalID.map { .keyed(externalID: $0, fields) } ?? .new(fields)
    }

    @Test("which a new case and its customer fill, and an imported one")
    func made() throws {
        let desk = try Desk()
        let (fields, who) = (CaseFields().filled(1), CustomerFields(name: "").filled(1))
        let opened = try desk.open(CaseRequest(fields: fields, complaint: "It drips.", customer: customer(who)))
        #expect(opened.record.fields == fields && opened.record.customer.fields == who)
        var other = fields
        other.externalID = "K-2"
        let request = ImportRequest(fields: other, complaint: "It dripped.", customer: customer(who))
        let imported = try desk.store.write { try $0.importCase(Incoming(request), by: Desk.agent)?.file }
        #expect(imported?.record.fields == other)
        for file in [opened, imported] {
            #expect(try desk.store.makeReader().read { try $0.caseFile(file?.record.id ?? 0)?.record } == file?.record)
        }
    }

    @Test("which an edit changes, alone", arguments: CaseFields.editedFields.map(\.name))
    func edited(name: String) throws {
        let desk = try Desk()
        let before = try desk.open(
            CaseRequest(
                fields: CaseFields().filled(1), complaint: "It drips.", customer: .new(CustomerFields(name: "Ida"))))
        let edit = CaseEdit { $0.name == name ? .some($0.type.sample(2)) : nil }
        let changed = try desk.change(1) { file, policy, now in
            try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: now)
        }
        #expect(changed.record.fields == edit.applied(to: before.record.fields))
        #expect(changed.record.fields != before.record.fields)
        #expect(try desk.store.makeReader().read { try $0.caseFile(1) } == changed)
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("so too of an owner")
    func owners() throws {
        let desk = try Desk()
        let request = OwnerRequest(name: "Kim", fields: OwnerFields().filled(1))
        let made = try desk.store.write { try $0.createOwner(Incoming(request), by: Desk.manager) }
        #expect(made.owner?.fields == request.fields)
        for field in OwnerFields.editedFields {
            let edit = OwnerEdit { field.name == $0.name ? .some($0.type.sample(field.name == "active" ? 0 : 2)) : nil }
            let changed = try desk.store.write { transaction in
                let command = OwnerCommand.edit(owner: "KIM", Incoming(edit))
                return try transaction.perform(
                    command, on: #require(try transaction.subject(of: command)), by: Desk.manager)
            }
            #expect(field.value(changed.fields) == edit.applied(to: request.fields).editedValue(field))
            #expect(try desk.store.makeReader().read { try $0.ownerRecord("kim") } == changed)
        }
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("so too of a customer and a policy")
    func others() throws {
        let desk = try Desk()
        try desk.open(.plain())
        for field in CustomerFields.editedFields {
            let edit = CustomerEdit { $0.name == field.name ? .some(field.type.sample(2)) : nil }
            let changed = try desk.store.write { try $0.perform(.edit(customer: 1, Incoming(edit))).customer }
            #expect(field.value(changed.fields) == field.type.sample(2))
            #expect(try desk.store.makeReader().read { try $0.customer(1) } == changed)
        }
        for field in Policy.editedFields {
            let edit = PolicyEdit { $0.name == field.name ? .some(field.type.sample(2)) : nil }
            let changed = try desk.store.write { transaction in
                let command = PolicyCommand.edit(.low, edit)
                return try transaction.perform(command, on: transaction.subject(of: command), by: Desk.manager)
            }
            #expect(field.value(changed) == field.type.sample(2))
            #expect(try desk.store.makeReader().read { try $0.policy(.low) } == changed)
        }
    }

    @Test("which an erasure empties when it is personal, and verification looks at then")
    func erased() throws {
        let desk = try Desk()
        let full = CaseFields().filled(1)
        let who = CustomerFields(name: "").filled(1)
        try desk.open(CaseRequest(fields: full, complaint: "It drips.", customer: customer(who)))
        try desk.change(1) { file, policy, now in
            let settle = SettleRequest(promiseID: file.promises[0].id, action: .keep(KeepRequest()))
            let request = ResolveRequest(summary: "Done", customerAccepted: true, settle: [settle])
            try file.resolve(Incoming(request), under: policy, by: Desk.agent, at: now)
        }
        _ = try desk.store.write { try $0.perform(.erase(customer: 1, because: Incoming("Asked")), by: Desk.manager) }
        let left = try #require(try desk.store.makeReader().read { try $0.caseFile(1) }).record
        var (fields, customerFields) = (full, who)
        fields.erase()
        customerFields.erase()
        #expect(left.fields == fields && left.customer.fields == customerFields)
        #expect(try desk.reader.verify().findings == [])

        func columns<Record: EditedRecord>(
            _: Record.Type, of table: String
        ) -> [(table: String, name: String, value: String)] {
            Record.editedFields.filter(\.privacy.leavesRecord).map { field in
                if case .flag = field.type { (table, field.name, "1") } else { (table, field.name, "'[\"Ida\"]'") }
            }
        }
        let columns = columns(CaseFields.self, of: "complaint_case") + columns(CustomerFields.self, of: "customer")
        for column in columns {
            try desk.tamper("CREATE TABLE saved AS SELECT \(column.name) AS value FROM \(column.table) WHERE id = 1")
            try desk.tamper("UPDATE \(column.table) SET \(column.name) = \(column.value) WHERE id = 1")
            let findings = try desk.store.makeReader().verify().findings
            let isCustomers = column.table == "customer"
            // A key is one more thing that customers are found by.
            #expect(
                Set(findings.map(\.check)) == (isCustomers ? ["erasures", "customers"] : ["erasures"]), "\(column)")
            try desk.tamper("UPDATE \(column.table) SET \(column.name) = (SELECT value FROM saved) WHERE id = 1")
            try desk.tamper("DROP TABLE saved")
        }
    }
}

extension OwnerFields {
    fileprivate func editedValue(_ field: EditedField<OwnerFields>) -> EditedValue? { field.value(self) }
}
