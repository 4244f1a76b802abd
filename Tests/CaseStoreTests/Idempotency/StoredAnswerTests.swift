import Complaints
import Testing

@testable import CaseStore

@Suite("Answers kept for retries")
struct StoredAnswerTests {
    private func key(_ name: String) -> IdempotencyKey {
        IdempotencyKey(name, tokenID: 1, method: "POST", path: "/", content: Array("{}".utf8))
    }

    private let answer = StoredAnswer(status: 201, location: "/a", entityTag: nil, body: [1, 2, 3])

    @Test("are rolled back with the change they tell of")
    func rollBack() throws {
        let desk = try Desk()
        struct Failed: Error {}
        #expect(throws: Failed.self) {
            try desk.store.write { transaction in
                try transaction.store(answer, of: .none, for: key("a"))
                throw Failed()
            }
        }
        #expect(try desk.store.write { try $0.storedAnswer(key("a")) } == nil)
        try desk.store.write { try $0.store(answer, of: .none, for: key("a")) }
        #expect(try desk.store.write { try $0.storedAnswer(key("a")) } == answer)
    }

    @Test("are forgotten once they are too old, the oldest first, and none before")
    func forget() throws {
        let desk = try Desk()
        for index in 0..<5 {
            try desk.store.write { try $0.store(answer, of: .none, for: key("\(index)")) }
            desk.clock.advance(by: ElapsedTime(milliseconds: 3_600_000))
        }
        #expect(try desk.store.write { try $0.forgetAnswers(limit: 10) } == 0)
        desk.clock.advance(by: ElapsedTime(milliseconds: 43 * 1_800_000))
        // Three are older than a day now.
        #expect(try desk.store.write { try $0.forgetAnswers(limit: 2) } == 2)
        #expect(try desk.store.write { try $0.forgetAnswers(limit: 2) } == 1)
        #expect(try desk.store.write { try $0.forgetAnswers(limit: 2) } == 0)
        for index in 0..<5 {
            let kept = try desk.store.write { try $0.storedAnswer(key("\(index)")) }
            #expect(kept == (index < 3 ? nil : answer))
        }
    }
}
