import CaseStore
import Complaints
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import CaseAPI

@Suite("When promises fall due")
struct SchedulerTests {
    private func open(_ desk: TestDesk, dueIn: String) throws -> Int64 {
        let promise = #"{"what":"Call","due_in":"\#(dueIn)"}"#
        let answer = try desk.openCase(
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"promise":\#(promise)}"#)
        return try #require(answer["promises"][0]["id"].integer)
    }

    /// The promises of the events that promises fell due, once there are so many, in their order.
    private func fallen(_ desk: TestDesk, _ count: Int) throws -> [JSONValue] {
        var items: [JSONValue] = []
        var after: Int64 = 0
        while items.count < count {
            let page = try desk.client.get("/v1/events?type=promise.overdue&wait=60&limit=500&after=\(after)")
            guard let next = page["next"].integer, !page["items"].items.isEmpty else { break }
            items += page["items"].items
            after = next
        }
        return items
    }

    @Test("it is told by itself, each in its turn, also of one that was made later and is due earlier")
    func byItself() throws {
        let desk = try TestDesk(followsClock: true)
        let far = try open(desk, dueIn: "P1D")
        let second = try open(desk, dueIn: "PT3S")
        let first = try open(desk, dueIn: "PT1S")
        let events = try fallen(desk, 2)
        #expect(events.map { $0["promise_id"].integer } == [first, second])
        for event in events {
            let due = try #require(try event["promise"]["due_at"].text.map(Instant.init(rfc3339:)))
            let recorded = try #require(try event["recorded_at"].text.map(Instant.init(rfc3339:)))
            #expect(recorded > due && event["at"].text == due.rfc3339)
        }
        #expect(try desk.client.get("/v1/promises/\(far)")["state"].text == "open")
    }

    @Test("many at one instant are told of in order, once each, and others are served in between")
    func many() throws {
        let desk = try TestDesk()
        let count = 2 * Scheduler.atOnce + 7
        let actor = Actor(name: "Kim", role: .agent)
        try desk.store.write { transaction in
            for index in 0..<count {
                let request = CaseRequest(
                    complaint: "It leaks.", customer: .new(CustomerFields(name: "Ann")),
                    promise: PromiseRequest(what: "Call \(index)", due: .after(.hours(1))))
                _ = try transaction.openCase(Incoming(request), by: actor)
            }
        }
        let clerks = Atomic(true)
        let work = (0..<4).map { _ in
            Meanwhile { () throws -> Int in
                var opened = 0
                while clerks.load(ordering: .relaxed) {
                    #expect(try desk.openCase().status == 201)
                    opened += 1
                }
                return opened
            }
        }
        #expect(try eventually { try desk.client.get("/v1/log/head")["id"].integer ?? 0 > Int64(2 * count + 8) })
        desk.clock.advance(by: .hours(2))
        let events = try fallen(desk, count)
        clerks.store(false, ordering: .relaxed)
        for clerk in work { #expect(try clerk.value() > 0) }
        #expect(events.compactMap { $0["promise_id"].integer } == Array(1...Int64(count)))
        let ids = events.compactMap { $0["id"].integer }
        // They share a change a thousand at a time, and what was opened meanwhile stands between.
        let last = try #require(ids.last)
        let opened = try desk.client.get("/v1/events?type=case.opened&limit=500&after=\(ids[0])")["items"].items
        #expect(opened.contains { $0["id"].integer ?? .max < last }, "nobody was served from \(ids[0]) to \(last)")
        #expect(try desk.client.get("/v1/events?type=promise.overdue&limit=1&after=\(last)")["items"].items == [])
        let batches = Dictionary(grouping: events) { $0["recorded_at"].text }.values.map(\.count)
        #expect(batches.max() ?? 0 <= Scheduler.atOnce && batches.count > 2, "each change is bounded: \(batches)")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("it is told once the database can be written again")
    func heldUp() throws {
        let desk = try TestDesk(followsClock: true, busyTimeout: ElapsedTime(milliseconds: 50))
        let promise = try open(desk, dueIn: "PT1S")
        let other = try DatabaseQueue(path: desk.store.path)
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            #expect(try eventually { try desk.client.get("/v1/promises/\(promise)")["state"].text == "overdue" })
            #expect(try eventually { try desk.failedBatches() > 1 }, "it is tried again and again")
            try db.execute(sql: "ROLLBACK")
        }
        #expect(try fallen(desk, 1).map { $0["promise_id"].integer } == [promise])
    }

    @Test("a clock that is set back does not keep it from being told when the record says so")
    func setBack() throws {
        let desk = try TestDesk()
        _ = try open(desk, dueIn: "PT4M")
        desk.clock.advance(by: .minutes(4))
        try desk.openCase()
        desk.clock.advance(by: .minutes(-4))
        // Stamps go on from where they were.
        for _ in 0..<3 { try desk.openCase() }
        desk.clock.advance(by: .minutes(4))
        try desk.openCase()
        #expect(try fallen(desk, 1).count == 1)
    }
}

extension TestDesk {
    fileprivate func failedBatches() throws -> Int {
        let text = try client.send("GET", "/metrics").text
        return text.firstMatch(of: /(?m)^casekeeper_writer_failed_batches_total (\d+)$/).flatMap { Int($0.1) } ?? 0
    }
}
