import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import CaseAPI

@Suite("The queue of reports")
struct ReportDeskTests {
    @Test("past its bound it takes no more, unless somebody waits in it who may be gone: they give up their place")
    func bound() throws {
        let desk = try TestDesk()
        let reports = try ReportDesk(store: desk.store, limit: 3)
        let goOn = DispatchSemaphore(value: 0)
        let done = Mutex<[String]>([])
        func submit(_ name: String, isBound: Bool = false) throws -> UInt64 {
            var refuse: (@Sendable (any Error) -> Void)?
            if !isBound { refuse = { _ in done.withLock { $0.append("no \(name)") } } }
            return try reports.submit(refuse: refuse) {
                goOn.wait()
                done.withLock { $0.append(name) }
            }
        }
        let first = try submit("first")
        let second = try submit("second")
        let third = try submit("third", isBound: true)
        #expect(reports.depth == 3)
        #expect(throws: Problem.self) { try submit("fourth") }
        // What is being read stays, and so does what can't be left undone.
        reports.doubt(first)
        reports.doubt(third)
        #expect(throws: Problem.self) { try submit("fourth") }
        reports.doubt(second)
        _ = try submit("fourth")
        #expect(done.withLock(\.self) == ["no second"])
        #expect(reports.depth == 3)
        for _ in 0..<3 { goOn.signal() }
        #expect(eventually { reports.depth == 0 })
        #expect(done.withLock(\.self) == ["no second", "first", "third", "fourth"])
    }
}
