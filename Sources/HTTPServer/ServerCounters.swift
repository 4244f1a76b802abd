import Synchronization

/// What a server has done since it started. A snapshot; the numbers need not be of one instant.
public struct ServerCounters: Sendable, Hashable {
    /// Connections accepted.
    public var accepted = 0
    /// Connections open now.
    public var connections = 0
    /// Requests handed to the service.
    public var requests = 0
    /// From all peers.
    public var bytesReceived = 0
    /// To all peers.
    public var bytesSent = 0
    /// Requests and connections that the server itself refused, by the refusal's code.
    public var refused: [String: Int] = [:]

    /// No work yet.
    public init() {}
}

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
