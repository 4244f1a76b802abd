import Complaints
import Testing

@testable import CaseStore

@Suite("A snapshot that is asked as of an instant")
struct ReadOpeningTests {
    private let desk: Desk

    init() throws {
        desk = try Desk()
        try desk.open()
        desk.clock.advance(by: .hours(1))
    }

    @Test("tells what a read as of that instant tells")
    func told() throws {
        let before = desk.clock.now
        desk.clock.advance(by: .hours(1))
        try desk.note(1, "A note")
        desk.clock.advance(by: .hours(1))
        for instant in [before, try desk.reader.read(\.committed), desk.clock.now] {
            let told = try desk.reader.read { transaction throws in
                let then = try transaction.reading(asOf: instant)
                #expect(then.asOf == instant)
                return try then.caseFile(1)
            }
            #expect(told != nil)
            #expect(try told == desk.file(1, asOf: instant))
        }
    }

    @Test("tells nothing of an instant at which it lacks what was committed since, and all up to its own stamp")
    func overtaken() throws {
        let instant = desk.clock.now
        try desk.reader.read { transaction throws in
            let known = transaction.committed
            #expect(known < instant)
            try desk.note(1, "A note")
            let refusal = #expect(throws: StoreError.self) { try transaction.reading(asOf: desk.clock.now) }
            if case .notYetClosed = refusal {} else { Issue.record("refused as \(String(describing: refusal))") }
            #expect(try transaction.reading(asOf: known).caseFile(1) != nil)
        }
        #expect(try desk.reader.read { try $0.reading(asOf: desk.clock.now).caseFile(1) } != nil)
    }

    @Test("tells nothing of an instant at which a batch is being committed")
    func inFlight() throws {
        let reader = try desk.store.makeReader(waits: false)
        try desk.store.write { batch in
            desk.clock.advance(by: .hours(1))
            try reader.read { transaction throws in
                let refusal = #expect(throws: StoreError.self) { try transaction.reading(asOf: batch.now) }
                if case .notYetClosed = refusal {} else { Issue.record("refused as \(String(describing: refusal))") }
                #expect(try transaction.reading(asOf: transaction.committed).caseFile(1) != nil)
            }
        }
        #expect(try reader.read { try $0.reading(asOf: desk.clock.now).caseFile(1) } != nil)
    }

    @Test("tells nothing of an instant to come")
    func future() throws {
        let refusal = #expect(throws: StoreError.self) {
            try desk.reader.read { try $0.reading(asOf: desk.clock.now + .days(1)).caseFile(1) }
        }
        if case .inTheFuture = refusal {} else { Issue.record("refused as \(String(describing: refusal))") }
    }
}
