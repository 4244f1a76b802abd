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

    /// Waits for its end; asked once.
    func value() throws -> Value {
        isDone.wait()
        guard let outcome = result.withLock(\.self) else { preconditionFailure("it has ended without an outcome") }
        return try outcome.get()
    }
}
