import Complaints
import Testing

@testable import CaseStore

@Suite("Events")
struct EventQueryTests {
    @Test("are the entries of all logs, each of one type, in one order without gaps", arguments: [31, 32] as [UInt64])
    func all(seed: UInt64) throws {
        var history = RandomHistory(try Desk(), seed: seed)
        for _ in 0..<40 { try history.work() }
        _ = try history.desk.store.write { try $0.announce(limit: 1000) }
        try history.desk.reader.read { transaction in
            let entries = try transaction.log(PageRequest(limit: 10_000)).items
            let events = try transaction.events(after: 0, types: [], limit: 10_000)
            #expect(events.map(\.id) == Array(1...Int64(entries.count)))
            #expect(events.count == entries.count && events.count > 100)
            #expect(try transaction.lastEventID() == Int64(entries.count))
            for (event, entry) in zip(events, entries) {
                #expect(event.subject == entry.subject && event.seq == entry.seq && event.kind == entry.kind)
                #expect(event.at == entry.at && event.recordedAt == entry.recordedAt && event.actor == entry.actor)
                #expect(event.promiseID == entry.promiseID && event.tokenName == entry.tokenName)
                #expect((event.promise != nil) == event.type.rawValue.hasPrefix("promise."))
            }
            // As the record had each promise when its event was written.
            for event in events {
                guard let promise = event.promise else { continue }
                let file = try #require(history.now.first { $0.record.id == event.subject.caseID })
                let row = try #require(file.promise(promise.id))
                let state = row.asOf(event.recordedAt, ownerChanges: [])?.state(at: event.recordedAt)
                let settles = [
                    .promiseKept, .promiseRenegotiated, .promiseRecovered, .promiseWithdrawn, .promiseVoided,
                ]
                .contains(event.type)
                // What is settled in the same batch was not settled yet.
                if settles || row.settlement?.recordedAt != event.recordedAt { #expect(promise.state == state) }
                #expect(promise.dueAt == row.dueAt && promise.what == row.what && promise.kind == row.kind)
                let today = try #require(event.today)
                #expect(today.status == file.record.status && today.owner == file.record.fields.owner)
                #expect(today.summary == file.record.summary)
                if event.type == .promiseReassigned {
                    let entry = try transaction.logEntry(ofCase: today.summary.id, seq: event.seq)
                    #expect(entry?.texts.contains(Fact("owner", .text(try #require(promise.owner)))) == true)
                } else if settles {
                    #expect(promise.owner == row.owner)
                }
            }
            for type in EventType.allCases {
                let some = try transaction.events(after: 0, types: [type], limit: 10_000)
                #expect(some == events.filter { $0.type == type })
            }
            let two = try transaction.events(after: 10, types: [.promiseMade, .caseUpdated], limit: 7)
            #expect(
                two == Array(events.filter { $0.id > 10 && [.promiseMade, .caseUpdated].contains($0.type) }.prefix(7)))
            let news = try transaction.eventTypes(after: 20)
            #expect(news.types == EventTypes(events.dropFirst(20).map(\.type)) && news.last == Int64(events.count))
            #expect(try transaction.eventTypes(after: news.last) == ([], news.last))
        }
    }

    @Test("are walked in the log's own order, and what they tell of is looked up")
    func plan() throws {
        let statements = try PlannedStatements()
        for types in [[], [.promiseOverdue]] as [Set<EventType>] {
            let plans = try statements.of { transaction in
                _ = try transaction.events(after: 5, types: types, limit: 50)
                _ = try transaction.lastEventID()
            }
            #expect(plans.count == 2)
            #expect(plans[0].indexes(of: "l") == ["USING INTEGER PRIMARY KEY (rowid>?)"])
            for alias in ["c", "u", "p", "t"] {
                #expect(plans[0].indexes(of: alias).count == 1)
                #expect(plans[0].indexes(of: alias).allSatisfy { $0.hasPrefix("USING INTEGER PRIMARY KEY (rowid=?)") })
            }
            #expect(plans.filter(\.sorts).isEmpty)
        }
    }

    @Test("every kind of entry is of one type, and every type has kinds")
    func kinds() {
        #expect(EventType.allCases.flatMap(\.kinds).count == LogKind.allCases.count)
        #expect(EventType.allCases.allSatisfy { !$0.kinds.isEmpty })
        #expect(Set(EventType.allCases.map { EventTypes($0) }).count == EventType.allCases.count)
    }

    @Test(
        "a text is found among others as it was written", arguments: ["", "Zoë", "a\"b\\c\nd\te", "[\"owner\",\"x\"]"])
    func texts(text: String) {
        let facts = [
            Fact("what", .text("[\"owner\",\"y\"] \(text)")), Fact("owner", .text(text)), Fact("n", .integer(1)),
        ]
        #expect(FactCoding.text("owner", in: FactCoding.encode(facts)) == text)
        #expect(FactCoding.text("other", in: FactCoding.encode(facts)) == nil)
        #expect(FactCoding.text("n", in: FactCoding.encode(facts)) == nil)
    }
}
