import Complaints
import Foundation
import GRDB
import Testing

@testable import CaseStore

@Suite("A change that fails")
struct AttemptTests {
    private struct Mishap: Error {}

    private func open(_ complaint: String, owner: String? = nil, _ transaction: WriteTransaction) throws -> CaseFile {
        try transaction.openCase(
            Incoming(.plain(complaint, fields: CaseFields(owner: owner))), by: Desk.agent
        ).file
    }

    private func total(_ desk: Desk) throws -> Int? {
        try desk.reader.read { try $0.cases(CaseFilter(), PageRequest(limit: 9)).total }
    }

    @Test("before it has changed anything is left out, and no other is made again")
    func early() throws {
        let desk = try Desk()
        var calls = [0, 0, 0]
        let errors = try desk.store.commit(count: 3) { index, transaction in
            calls[index] += 1
            if index == 1 { throw Mishap() }
            _ = try open("It drips.", transaction)
        }
        #expect(errors.map { $0 != nil } == [false, true, false])
        #expect(calls == [1, 1, 1])
        #expect(try total(desk) == 2)
    }

    @Test("half way has the batch made again, and the others are as if it had never been")
    func halfWay() throws {
        let desk = try Desk()
        var calls = [0, 0, 0]
        var ids: [Int: Int64] = [:]
        let errors = try desk.store.commit(count: 3) { index, transaction in
            calls[index] += 1
            let file = try open("It drips.", owner: "Owner \(index)", transaction)
            if index == 1 { throw Mishap() }
            ids[index] = file.record.id
        }
        #expect(errors.map { $0 is Mishap } == [false, true, false])
        #expect(calls == [2, 2, 1])
        #expect(ids == [0: 1, 2: 2])
        #expect(try total(desk) == 2)
        #expect(try desk.file(2)?.promises.map(\.id) == [2])
        try desk.reader.read { transaction throws in
            #expect(try !transaction.isKnown("Owner 1", as: .owner))
            #expect(try transaction.logHead()?.id == 4)
        }
        #expect(try desk.reader.verify().findings == [])
        // The next batch goes on from there, with what the writer remembers of names.
        let next = try desk.store.write { try open("It sings.", owner: "Owner 1", $0) }
        #expect(next.record.id == 3)
        #expect(try desk.file(3)?.record.fields.owner == "Owner 1")
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("half way in a part of a change leaves the other parts")
    func partHalfWay() throws {
        let desk = try Desk()
        let outcomes = try desk.store.write { transaction in
            try (0..<3).map { index in
                let part = try transaction.attempt {
                    let file = try open("It drips.", transaction)
                    if index == 1 { throw Mishap() }
                    return file.record.id
                }
                return try? part.get()
            }
        }
        #expect(outcomes == [1, nil, 2])
        #expect(try total(desk) == 2)
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("on a constraint of the database is rolled back alone, too")
    func constraint() throws {
        let desk = try Desk()
        let errors = try desk.store.commit(count: 2) { index, transaction in
            _ = try open("It drips.", transaction)
            if index == 0 { try transaction.db.execute(sql: "UPDATE promise SET slips = -1") }
        }
        #expect(errors[0] is StoreError)
        #expect(errors[1] == nil)
        #expect(try total(desk) == 1)
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("and that nobody waits for: what follows it is done once, after the commit, however often it is made")
    func unawaited() throws {
        let desk = try Desk()
        let path = desk.store.path
        let seen = Shared<[Int]>([])
        let failures = Shared(0)
        let writer: BatchWriter<Bool> = desk.store.makeBatchWriter { _ in }
        let gate = Shared(false)
        // All of them wait for the first, and so share a batch.
        try writer.submit(unawaited: { _ in while !gate.value { usleep(1000) } }, failed: { _ in })
        for index in 0..<3 {
            try writer.submit(
                unawaited: { transaction in
                    _ = try open("It drips.", transaction)
                    if index == 1 { throw Mishap() }
                    return index
                },
                committed: { index in
                    let count = try? CaseStore.openReader(path: path).read {
                        try $0.cases(CaseFilter(), PageRequest(limit: 9)).total
                    }
                    seen.change { $0 += [index, count ?? 0] }
                },
                failed: { _ in failures.change { $0 += 1 } })
        }
        gate.change { $0 = true }
        writer.stop()
        #expect(seen.value == [0, 2, 2, 2])
        #expect(failures.value == 1)
    }
}
