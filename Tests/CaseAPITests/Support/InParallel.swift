import Foundation
import Synchronization

/// What `work` makes of each of so many numbers, all on threads of their own, so that they may wait for each other.
func inParallel<Value: Sendable>(_ count: Int, _ work: @escaping @Sendable (Int) throws -> Value) throws -> [Value] {
    let results = Mutex<[Int: Result<Value, any Error>]>([:])
    let done = DispatchSemaphore(value: 0)
    for index in 0..<count {
        Thread.detachNewThread {
            let result = Result { try work(index) }
            results.withLock { $0[index] = result }
            done.signal()
        }
    }
    for _ in 0..<count { done.wait() }
    return try results.withLock { results in try (0..<count).map { try results[$0]!.get() } }
}
