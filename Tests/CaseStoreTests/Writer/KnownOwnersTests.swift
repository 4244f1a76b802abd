import Complaints
import GRDB
import TestSupport
import Testing

@testable import CaseStore

@Suite("Who is known to the writer")
struct KnownOwnersTests {
    private func request(_ owner: String?) -> CaseRequest {
        .plain(fields: CaseFields(owner: owner))
    }

    /// How many statements a case takes that is opened last of some of a batch.
    private func statements(_ desk: Desk, _ owner: String?) throws -> Int {
        try desk.store.write { transaction in
            for _ in 0..<3 { _ = try transaction.openCase(Incoming(request(owner)), by: Desk.agent) }
            var count = 0
            transaction.db.trace(options: .statement) { _ in count += 1 }
            _ = try transaction.openCase(Incoming(request(owner)), by: Desk.agent)
            transaction.db.trace()
            return count
        }
    }

    @Test("costs a new case no statement, be they named or only in possession of something")
    func statements() throws {
        let desk = try Desk()
        let none = try statements(desk, nil)
        let owning = try statements(desk, "Kim")
        _ = try desk.store.write {
            try $0.createOwner(
                Incoming(OwnerRequest(name: "Lou", fields: OwnerFields(timeZone: "Asia/Singapore"))), by: Desk.manager)
        }
        let named = try statements(desk, "Lou")
        #expect(named == owning)
        // What of a promise that is somebody's is counted is counted once a batch.
        #expect(owning == none, "\(owning) statements, and \(none) without an owner")
    }

    @Test("is forgotten with what another process writes, and with what is taken back")
    func others() throws {
        let desk = try Desk()
        func isNew(_ name: String) throws -> Bool {
            try desk.store.write {
                try $0.openCase(Incoming(request(name)), by: Desk.agent).warnings.contains { $0.code == .newName }
            }
        }
        func name(_ name: String, in store: CaseStore, active: Bool = true) throws {
            _ = try store.write {
                try $0.createOwner(
                    Incoming(OwnerRequest(name: name, fields: OwnerFields(active: active))), by: Desk.manager)
            }
        }
        #expect(try isNew("Kim"))
        let other = try desk.opened(clock: desk.clock)
        try name("Lou", in: other.store)
        #expect(try !isNew("Lou"), "named by another process")
        try name("Kim", in: other.store, active: false)
        #expect(throws: Refusal.self) { try isNew("KIM") }
        struct Stop: Error {}
        _ = try? desk.store.write { transaction in
            _ = try transaction.createOwner(Incoming(OwnerRequest(name: "Mia")), by: Desk.manager)
            throw Stop()
        }
        #expect(try isNew("Mia"), "that was taken back")
        #expect(try !isNew("Mia"))
        #expect(try desk.reader.verify().findings == [])
    }
}
