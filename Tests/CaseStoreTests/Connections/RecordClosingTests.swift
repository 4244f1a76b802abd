import Complaints
import Synchronization
import Testing

@testable import CaseStore

@Suite("A read of another process's record, as of an instant")
struct RecordClosingTests {
    /// A wall clock that somebody sets back right after it has been looked at once.
    private final class LeapingClock: Sendable {
        private let state: Mutex<(now: Instant, next: Instant?)>

        init(at now: Instant) {
            state = Mutex((now, nil))
        }

        func leap(to next: Instant) {
            state.withLock { $0.next = next }
        }

        var now: Instant {
            state.withLock { state in
                defer {
                    state.now = state.next ?? state.now
                    state.next = nil
                }
                return state.now
            }
        }
    }

    @Test("is not held up by a clock that leaps back while the time of that instant is waited for")
    func leapsBack() throws {
        let desk = try Desk()
        try desk.open()
        let instant = desk.clock.now + .minutes(1)
        let clock = LeapingClock(at: instant)
        let reader = try CaseStore.openReader(path: desk.store.path, options: StoreOptions(wallClock: { clock.now }))
        clock.leap(to: instant - .days(40))
        #expect(try reader.read(asOf: instant) { try $0.caseFile(1) } != nil)
    }
}
