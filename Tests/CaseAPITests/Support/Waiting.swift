import Foundation
import Synchronization

/// Work on a thread of its own, so that it may block.
final class Meanwhile<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    init(_ work: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread { [self] in
            let outcome = Result { try work() }
            result.withLock { $0 = outcome }
            isDone.signal()
        }
    }

    /// Whether it has come to its end.
    var isOver: Bool { result.withLock { $0 != nil } }

    /// Waits for its end; asked once.
    func value() throws -> Value {
        isDone.wait()
        guard let outcome = result.withLock(\.self) else { preconditionFailure("it has ended without an outcome") }
        return try outcome.get()
    }
}

extension TestDesk {
    /// How many requests wait for events, as the figures say.
    func waiting() throws -> Int? {
        let text = try client.send("GET", "/metrics").text
        return text.firstMatch(of: /(?m)^casekeeper_events_waiting (\d+)$/).flatMap { Int($0.1) }
    }

    /// Asks for something that it does not wait for.
    func ask(_ target: String) -> Meanwhile<JSONAnswer> {
        let client = client
        return Meanwhile { try client.get(target) }
    }
}
