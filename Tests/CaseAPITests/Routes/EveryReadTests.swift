import CaseStore
import Complaints
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CaseAPI

/// Every way to read against every instant that can be asked for, while others write.
@Suite("Every read, as of every instant")
struct EveryReadTests {
    /// An instant, as it lies to the batches.
    enum Time: CaseIterable {
        case none, past, justNow, inBatch, future
    }

    /// Steps on the loop: enough for all of them, and for none of the lists, which are then read where reports are.
    static let workLimits = [500_000, 1000]

    @Test(
        "a read as of the batch that is being made waits for it, on whatever way it is read; others don't",
        arguments: workLimits)
    func heldBatch(workLimit: Int) throws {
        // With room for all of them where reports wait, and more than a piece of each export.
        let desk = try TestDesk(reportQueue: 1024, loopWorkLimit: workLimit)
        try desk.openCases(150)
        try desk.nameKim()
        var authorized = desk.client
        authorized.standing["Authorization"] = try desk.token(.admin).field
        let client = authorized
        let past = desk.clock.tick()
        desk.clock.advance(by: .seconds(10))
        let dated = try ReadTarget.all.filter { try $0.takesAsOf(client) }
        #expect(dated.count > 20, "most of what is read has a history")

        let stamp = Mutex<Instant?>(nil)
        let mayEnd = DispatchSemaphore(value: 0)
        let store = desk.store
        let batch = Meanwhile {
            try store.write { transaction in
                let request = CaseRequest(complaint: "While they wait", customer: .new(CustomerFields(name: "C")))
                _ = try transaction.openCase(Incoming(request), by: .policy)
                stamp.withLock { $0 = transaction.now }
                mayEnd.wait()
            }
        }
        #expect(eventually { stamp.withLock(\.self) != nil })
        let begun = stamp.withLock(\.self)
        let inBatch = try #require(begun)
        desk.clock.advance(by: .seconds(1))
        let justNow = desk.clock.now
        func parameter(_ time: Time) -> String {
            switch time {
            case .none: ""
            case .past: "as_of=\(past.rfc3339)"
            case .justNow: "as_of=\(justNow.rfc3339)"
            case .inBatch: "as_of=\(inBatch.rfc3339)"
            case .future: "as_of=2999-01-01T00:00:00Z"
            }
        }
        let asked = ReadTarget.all.flatMap { target in
            Time.allCases.filter { time in time == .none || dated.contains { $0.description == target.description } }
                .map { time in (target: target, time: time, answer: ask(client, target.with(parameter(time)))) }
        }
        // Those that wait are where they wait: on the way of lists, and on that of reports and exports.
        #expect(eventually { desk.service.closing.depth > 1 && desk.service.reports.depth > 1 })
        mayEnd.signal()
        try batch.value()
        for (target, time, answer) in asked {
            let answer = try answer.value()
            #expect(
                answer.status == (time == .future ? 400 : 200), "\(target) \(time): \(answer.response.text.prefix(300))"
            )
            guard time == .justNow || time == .inBatch || time == .past else { continue }
            let again = try client.send("GET", target.with(parameter(time)))
            #expect(again.body == answer.response.body, "\(target) \(time)")
        }
        let cases = try client.get("/v1/cases?as_of=\(inBatch.rfc3339)")
        #expect(cases["total"].integer == 151)
    }

    @Test("with several who write, every read as of just now is answered, and the same later")
    func busy() throws {
        let desk = try TestDesk(followsClock: true)
        for _ in 0..<3 { try desk.openCase() }
        try desk.nameKim()
        var authorized = desk.client
        authorized.standing["Authorization"] = try desk.token(.admin).field
        let client = authorized
        let dated = try ReadTarget.all.filter { try $0.takesAsOf(client) }
        let isOver = Atomic(false)
        let writers = Meanwhile {
            try inParallel(4) { _ in
                var count = 0
                while !isOver.load(ordering: .relaxed) {
                    try client.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"}}"#)
                    count += 1
                    usleep(5000)
                }
                return count
            }
        }
        let heard = Mutex<[(target: String, body: [UInt8])]>([])
        _ = try inParallel(2) { thread in
            for round in 0..<3 {
                for (index, target) in dated.enumerated() where (index + round) % 2 == thread {
                    let target = target.with("as_of=\(StoreOptions.systemClock().rfc3339)")
                    let answer = try client.send("GET", target)
                    #expect(answer.status == 200, "\(target): \(answer.text.prefix(300))")
                    heard.withLock { $0.append((target, answer.body)) }
                }
            }
        }
        for target in ReadTarget.all {
            #expect(try client.send("GET", target.with("")).status == 200, "\(target)")
        }
        isOver.store(true, ordering: .relaxed)
        #expect(try writers.value().reduce(0, +) > 0)
        for (target, body) in heard.withLock(\.self) {
            #expect(try client.send("GET", target).body == body, "\(target)")
        }
    }

    private func ask(_ client: TestClient, _ target: String) -> Meanwhile<JSONAnswer> {
        Meanwhile { try client.get(target) }
    }
}
