import CaseStore
import GRDB
import Testing

@testable import CaseAPI

@Suite("Readiness")
struct ReadinessTests {
    @Test("ends when some reader can't read, a loop's or another, and is back when it can again")
    func reader() throws {
        let desk = try TestDesk()
        #expect(try desk.client.get("/readyz").status == 200)
        let reader = try desk.store.makeReader()
        #expect(throws: StoreError.self) { try reader.read { _ in throw DatabaseError(resultCode: .SQLITE_IOERR) } }
        // On both loops.
        for _ in 0..<8 {
            let answer = try desk.client.get("/readyz")
            #expect(answer.status == 503 && answer["reason"].text == "unreadable")
        }
        _ = try reader.read { try $0.hasTokens() }
        #expect(try desk.client.get("/readyz").status == 200)
    }
}
