import Complaints
import Testing

@Suite("Editing a case")
struct EditTests {
    private func edit(_ file: inout CaseChange, _ change: (inout CaseEdit) -> Void) throws {
        var edit = CaseEdit()
        change(&edit)
        try file.edit(Incoming(edit), under: Desk.policy, by: Desk.ann, at: Desk.due)
    }

    @Test("the first owner a case gets is given to its promises that have none")
    func firstOwner() throws {
        let settled = Settlement(outcome: .kept(at: Desk.morning), recordedAt: Desk.morning, by: "Ann")
        var file = Desk.change(promises: [
            Desk.promise(1), Desk.promise(2, owner: "Eve"), Desk.promise(3, settlement: settled),
            Desk.promise(4, by: .desk, to: .us), Desk.promise(5, by: .customer, to: .us),
        ])
        try edit(&file) { $0.owner = "Dan" }
        #expect(file.promises.map(\.owner) == ["Dan", "Eve", nil, "Dan", "Dan"])
        #expect(file.promises[4].acceptance == nil, "nobody takes on what a customer promises")
        #expect(file.ownersBefore == [1: nil, 4: nil, 5: nil])
        #expect(file.log.map(\.kind) == [.caseUpdated, .promiseReassigned, .promiseReassigned, .promiseReassigned])
        #expect(file.log.map(\.promiseID) == [nil, 1, 4, 5])

        try edit(&file) { $0.owner = "Fay" }
        #expect(file.promises.map(\.owner) == ["Dan", "Eve", nil, "Dan", "Dan"], "another owner is given none of them")
    }

    @Test("changes no promise's state and no date")
    func leavesPromises() throws {
        var file = Desk.change(owner: "Dan")
        try edit(&file) {
            $0.severity = .critical
            $0.team = "Repairs"
            $0.owner = "Eve"
        }
        #expect(file.promises == [Desk.promise()])
        #expect(file.record.fields.severity == .critical)
        #expect(file.record.edits == 1)
    }

    @Test("writes nothing when it changes nothing")
    func nothing() throws {
        var file = Desk.change(owner: "Dan")
        try edit(&file) {
            $0.owner = "Dan"
            $0.category = .some(nil)
            $0.mood = .calm
        }
        #expect(file == Desk.change(owner: "Dan"))
    }

    @Test("null takes a value away, and a field that is not there leaves it")
    func merges() throws {
        var file = Desk.change(owner: "Dan")
        try edit(&file) {
            $0.externalID = "X-1"
            $0.subject = "Broken"
            $0.channel = .phone
            $0.category = "Pumps"
            $0.tags = ["vip"]
            $0.mood = .angry
            $0.desiredOutcome = "A new one"
            $0.estimate = Estimate(from: .after(.days(1)), to: .after(.days(3)))
            $0.team = "Repairs"
            $0.supervisor = "Sue"
            $0.hardDeadline = Desk.due
        }
        let full = CaseFields(
            externalID: "X-1", subject: "Broken", channel: .phone, category: "Pumps", tags: ["vip"], mood: .angry,
            desiredOutcome: "A new one", estimate: Estimate(from: .after(.days(1)), to: .after(.days(3))), owner: "Dan",
            team: "Repairs", supervisor: "Sue", hardDeadline: Desk.due)
        #expect(file.record.fields == full)
        try edit(&file) {
            $0.externalID = .some(nil)
            $0.subject = .some(nil)
            $0.category = .some(nil)
            $0.tags = []
            $0.desiredOutcome = .some(nil)
            $0.estimate = .some(nil)
            $0.owner = .some(nil)
            $0.team = .some(nil)
            $0.supervisor = .some(nil)
            $0.hardDeadline = .some(nil)
        }
        #expect(file.record.fields == CaseFields(channel: .phone, mood: .angry))
        #expect(file.record.edits == 2)
    }

    @Test("the log has each changed field as it is and as it was, free text apart from the rest")
    func log() throws {
        var file = Desk.change(owner: "Dan")
        try edit(&file) {
            $0.owner = .some(nil)
            $0.severity = .high
            $0.subject = "Broken"
        }
        #expect(
            file.log == [
                LogDraft(
                    .caseUpdated, at: Desk.due,
                    facts: [Fact("severity", .text("high")), Fact("severity_before", .text("normal"))],
                    texts: [
                        Fact("subject", .text("Broken")), Fact("owner", .text("")), Fact("owner_before", .text("Dan")),
                    ])
            ])
    }

    @Test("a customer's edit counts a version, and none when it changes nothing")
    func customer() throws {
        var edit = CustomerEdit()
        edit.phone = "+49 30 1234"
        let changed = try #require(try Desk.customer.edited(Incoming(edit), at: Desk.due))
        #expect(changed.fields.phone == "+49 30 1234")
        #expect(changed.fields.name == "Cleo")
        #expect(changed.version == 2)
        #expect(changed.updatedAt == Desk.due)
        #expect(try changed.edited(Incoming(edit), at: Desk.late) == nil)
        edit.phone = .some(nil)
        #expect(try changed.edited(Incoming(edit), at: Desk.late)?.fields.phone == nil)
    }
}
