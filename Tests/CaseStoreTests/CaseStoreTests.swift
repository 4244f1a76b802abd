import CaseStore
import Complaints
import Foundation
import Testing

@Suite("The store")
struct CaseStoreTests {
    @Test("stamps go on rising when the file is opened again, even with the clock set back a little")
    func stamps() throws {
        let desk = try Desk()
        let first = try desk.store.write(\.now)
        let file = try desk.open()
        desk.clock.advance(by: .minutes(-4))
        let again = try desk.opened(clock: desk.clock)
        let asOf = try again.reader.read(\.asOf)
        #expect(asOf == file.record.openedAt && asOf > first)
        #expect(try again.file(1, asOf: asOf) == file, "what was the answer's as_of is never the future")
        #expect(try again.open().record.openedAt > asOf)
        #expect(try again.open().record.openedAt > asOf + ElapsedTime(milliseconds: 1))
    }

    @Test("an as_of of the future is refused, and says what time it is")
    func future() throws {
        let desk = try Desk()
        #expect(throws: StoreError.self) { try desk.file(1, asOf: TestClock.start + .days(1)) }
        desk.clock.advance(by: .days(2))
        #expect(try desk.file(1, asOf: TestClock.start + .days(1)) == nil)
    }

    @Test("no batch is stamped at or before an instant that was read")
    func readThenWrite() throws {
        let desk = try Desk()
        try desk.open()
        desk.clock.advance(by: .hours(1))
        let asOf = try desk.reader.read(\.asOf)
        desk.clock.advance(by: .minutes(-30))
        #expect(try desk.open().record.openedAt > asOf)
        #expect(try desk.file(2, asOf: asOf) == nil)
    }

    @Test("a snapshot stays as it is while others write")
    func snapshot() throws {
        let desk = try Desk()
        try desk.open()
        try desk.reader.read { transaction in
            try desk.open()
            #expect(try transaction.caseFile(2) == nil)
            #expect(try transaction.cases(CaseFilter(), PageRequest(limit: 9)).total == 1)
        }
        #expect(try desk.file(2) != nil)
    }

    @Test("what was committed is in the write-ahead log as it stands, without a checkpoint")
    func durability() throws {
        let desk = try Desk()
        var history = RandomHistory(desk, seed: 7)
        for _ in 0..<10 { try history.work() }
        let copy = desk.path("copy.db")
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: desk.store.path + ending, toPath: copy + ending)
        }
        let reader = try CaseStore(path: copy).makeReader()
        #expect(
            try reader.read { transaction in try history.now.map { try transaction.caseFile($0.record.id) } }
                == history.now)
        #expect(try reader.verify().findings == [])
    }

    @Test("a checkpoint empties the write-ahead log and loses nothing")
    func checkpoint() throws {
        let desk = try Desk()
        let file = try desk.open()
        desk.store.checkpoint()
        let attributes = try FileManager.default.attributesOfItem(atPath: desk.store.path + "-wal")
        #expect(attributes[.size] as? Int == 0)
        let copy = desk.path("copy.db")
        try FileManager.default.copyItem(atPath: desk.store.path, toPath: copy)
        #expect(try CaseStore(path: copy).makeReader().read { try $0.caseFile(1) } == file)
    }

    @Test("a change that is refused leaves nothing, and one that changes nothing writes nothing")
    func refused() throws {
        let desk = try Desk()
        let file = try desk.open()
        #expect(throws: Refusal.self) {
            try desk.change(1) { file, _, now in try file.close(Incoming(nil), by: Desk.agent, at: now) }
        }
        #expect(throws: NotThere.self) { try desk.note(2, "Nobody is there.") }
        try desk.change(1) { file, policy, now in
            try file.edit(Incoming(CaseEdit()), under: policy, by: Desk.agent, at: now)
        }
        #expect(try desk.file(1) == file)
    }

    @Test("an external_id is one case's and one customer's")
    func externalIDs() throws {
        let desk = try Desk()
        try desk.open(.plain(fields: CaseFields(externalID: "K-1")))
        #expect(throws: duplicate(ofCase: 1)) {
            try desk.open(.plain(fields: CaseFields(externalID: "K-1")))
        }
        try desk.open()
        var edit = CaseEdit()
        edit.externalID = .some("K-1")
        #expect(throws: duplicate(ofCase: 1)) {
            try desk.change(2) { file, policy, now in
                try file.edit(Incoming(edit), under: policy, by: Desk.agent, at: now)
            }
        }
        let keyed = CaseRequest(
            complaint: "It drips.", customer: .keyed(externalID: "C-1", CustomerFields(name: "Jan")))
        let customer = try desk.open(keyed).record.customer
        #expect(try desk.open(keyed).record.customer == customer)
        var customerEdit = CustomerEdit()
        customerEdit.externalID = .some("C-1")
        let refusal = #expect(throws: Refusal.self) {
            try desk.store.write { transaction in
                _ = try transaction.perform(.edit(customer: 1, Incoming(customerEdit)))
            }
        }
        guard case .rule(let violation) = refusal else { return }
        #expect(violation.code == .duplicateExternalID)
    }

    private func duplicate(ofCase id: Int64) -> Refusal {
        .rule(
            RuleViolation(.duplicateExternalID, "Case \(id) has external_id K-1 already.", caseID: id))
    }
}
