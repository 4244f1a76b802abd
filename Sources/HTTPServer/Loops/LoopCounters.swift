import Synchronization

/// The counting side. Each loop has its own, so that nobody waits for another.
final class LoopCounters: Sendable {
    let accepted = Atomic(0)
    let requests = Atomic(0)
    let bytesReceived = Atomic(0)
    let bytesSent = Atomic(0)
    private let refused = Mutex<[String: Int]>([:])

    func countRefusal(_ refusal: Refusal) {
        refused.withLock { $0[refusal.code, default: 0] += 1 }
    }

    func add(to total: inout ServerCounters) {
        total.accepted += accepted.load(ordering: .relaxed)
        total.requests += requests.load(ordering: .relaxed)
        total.bytesReceived += bytesReceived.load(ordering: .relaxed)
        total.bytesSent += bytesSent.load(ordering: .relaxed)
        refused.withLock { total.refused.merge($0, uniquingKeysWith: +) }
    }
}
