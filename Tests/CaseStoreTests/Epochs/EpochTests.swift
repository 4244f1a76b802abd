import Complaints
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import CaseStore

@Suite("Epochs of a record")
struct EpochTests {
    private func successor(_ body: () throws -> Void) -> Int64? {
        do {
            try body()
            return nil
        } catch StoreError.superseded(_, let successor) {
            return successor
        } catch {
            return -1
        }
    }

    @Test("begin with 1, go up by one with each promotion, and each is an entry of the log and in its head")
    func promoted() throws {
        let desk = try Desk()
        try desk.open()
        #expect(try desk.reader.read { try $0.epochs() } == Epochs(own: 1, seen: nil))
        #expect(try desk.reader.read { try $0.logHead()?.epoch } == 1)
        #expect(try desk.store.promote() == 2)
        #expect(try desk.store.promote() == 3)
        try desk.open()
        #expect(try desk.reader.read { try $0.logHead()?.epoch } == 3)
        let entries = try desk.raw().read { db in
            try Row.fetchAll(
                db, sql: "SELECT about_id, seq, facts FROM case_log WHERE kind = 'epoch_begun' ORDER BY id")
        }
        #expect(entries.map { [$0["about_id"], $0["seq"]] as [Int64] } == [[2, 1], [3, 1]])
        #expect(entries.map { $0["facts"] as String } == [#"[["epoch",2]]"#, #"[["epoch",3]]"#])
        #expect(try desk.reader.verify().findings == [])
    }

    @Test(
        "that are higher elsewhere keep changes out, for good, and what is there is read; a promotion goes above them")
    func superseded() throws {
        let heard = Mutex<[Int64]>([])
        let desk = try Desk()
        try desk.open()
        try CaseStore.supersede(path: desk.store.path, by: 5)
        #expect(successor { try desk.open() } == 5)
        #expect(desk.store.isSuperseded)
        guard case .failing(.superseded(epoch: 1, by: 5)) = desk.store.writing else {
            Issue.record("\(desk.store.writing)")
            return
        }
        #expect(try desk.reader.read { try $0.cases(CaseFilter(), PageRequest(limit: 9)).total } == 1)

        var options = StoreOptions(
            wallClock: { [clock = desk.clock] in clock.now },
            observe: { event in
                if case .superseded(1, let successor) = event { heard.withLock { $0.append(successor) } }
            })
        let again = try CaseStore(path: desk.store.path, options: options)
        for _ in 0..<3 { #expect(successor { try again.write { _ in } } == 5) }
        #expect(heard.withLock(\.self) == [5], "it is told of once")
        // A lower one that is heard of later changes nothing.
        try CaseStore.supersede(path: desk.store.path, by: 4)
        #expect(try desk.reader.read { try $0.epochs() } == Epochs(own: 1, seen: 5))

        options.writesWhenSuperseded = true
        #expect(try CaseStore(path: desk.store.path, options: options).promote() == 6)
        let (committed, epochs) = try desk.reader.read { ($0.committed, try $0.epochs()) }
        desk.store.saw(record: committed, epochs)
        #expect(successor { try desk.open() } == nil)
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("of another process are learned of before anybody wants to change something")
    func learned() throws {
        let desk = try Desk()
        try CaseStore.supersede(path: desk.store.path, by: 2)
        #expect(desk.store.isSuperseded == false)
        let (committed, epochs) = try desk.reader.read { ($0.committed, try $0.epochs()) }
        desk.store.saw(record: committed, epochs)
        #expect(desk.store.isSuperseded)
    }

    @Test("that no entry tells of, or that one tells of in another order, are found by verify")
    func forged() throws {
        let desk = try Desk()
        #expect(try desk.store.promote() == 2)
        try desk.raw().write { try $0.execute(sql: "INSERT INTO epoch (id, begun_at) VALUES (9, 1)") }
        #expect(
            try desk.reader.verify().findings.map(\.detail)
                == ["Epoch 9 is there, and the log does not say that it began."])
    }

    @Test("can't be changed or taken away", arguments: ["UPDATE epoch SET begun_at = 1", "DELETE FROM epoch"])
    func kept(sql: String) throws {
        let desk = try Desk()
        _ = try desk.store.promote()
        #expect(throws: DatabaseError.self) { try desk.raw().write { try $0.execute(sql: sql) } }
    }
}
