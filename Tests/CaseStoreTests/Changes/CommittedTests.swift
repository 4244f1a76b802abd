import Complaints
import TestSupport
import Testing

@testable import CaseStore

@Suite("What a change of a case says of itself")
struct CommittedTests {
    /// What was read is what was said: the case, and each entry of its log.
    private func check(_ committed: Committed, in desk: Desk) throws {
        let id = committed.file.record.id
        #expect(try desk.file(id) == committed.file)
        for entry in committed.entries {
            let read = try desk.reader.read { try $0.logEntry(ofCase: id, seq: entry.seq) }
            #expect(try read == entry.asRead)
        }
        let last = try desk.reader.read { try $0.lastSeq(ofCase: id) }
        #expect(committed.entries.isEmpty || committed.entries.last?.seq == last)
    }

    @Test("is what is read again, and its promise the last one that it made", arguments: 1...4)
    func changes(seed: Int) throws {
        let desk = try Desk()
        var random = SeededRandom(UInt64(seed))
        let request = CaseRequest.plain(fields: CaseFields(mood: .angry, owner: "Bo"))
        let opened = try desk.store.write { try $0.openCase(Incoming(request), by: Desk.agent) }
        try check(opened, in: desk)
        #expect(opened.entries.map(\.kind) == [.caseOpened, .promiseMade, .mood])
        #expect(opened.promise == opened.file.promises.first)
        var counts = (changed: 0, made: 0)
        for _ in 0..<100 {
            desk.clock.advance(by: random.span(.seconds(1)...(.hours(4))))
            let before = try #require(try desk.file(1))
            let outcome = try desk.store.write { transaction in
                try transaction.attempt {
                    try transaction.changeCase(1, by: Desk.manager) {
                        var change = RandomChange(
                            random: random, policy: $1, actor: Desk.manager, now: transaction.now)
                        defer { random = change.random }
                        try change.make(&$0)
                    }
                }
            }
            guard case .success(let committed) = outcome else { continue }
            try check(committed, in: desk)
            let isNew = committed.file.promises.count > before.promises.count
            #expect(committed.promise == (isNew ? committed.file.promises.last : nil))
            counts.changed += committed.entries.isEmpty ? 0 : 1
            counts.made += isNew ? 1 : 0
        }
        #expect(counts.changed > 20 && counts.made > 5)
    }

    @Test("is so of history, too")
    func imported() throws {
        let desk = try Desk()
        let received = TestClock.start + .days(-9)
        let request = ImportRequest(
            complaint: "It dripped.", customer: .new(CustomerFields(name: "Ida")), receivedAt: PastInstant(received),
            promise: ImportedPromiseRequest(due: .after(.days(5)), keptAt: PastInstant(received + .days(6))))
        let committed = try #require(try desk.store.write { try $0.importCase(Incoming(request), by: Desk.agent) })
        try check(committed, in: desk)
        #expect(committed.entries.count == 4)
    }
}

extension LogEntry {
    /// As it is decoded, where instants are text.
    fileprivate var asRead: LogEntry {
        get throws {
            LogEntry(
                subject: subject, seq: seq, kind: kind, at: at, recordedAt: recordedAt, actor: actor,
                tokenName: tokenName, promiseID: promiseID, facts: try FactCoding.decode(FactCoding.encode(facts)),
                texts: try FactCoding.decode(FactCoding.encode(texts)), imported: imported)
        }
    }
}
