import HTTPTypes
import Synchronization

/// The counting side. Each loop has its own, so that no loop waits for another; only a reader shares its locks.
final class LoopCounters: Sendable {
    let accepted = Atomic(0)
    let requests = Atomic(0)
    let bytesReceived = Atomic(0)
    let bytesSent = Atomic(0)
    private let refused = Mutex<[String: Int]>([:])
    /// One a route of the service, and one for what was for none of them.
    private let routes: Mutex<[RouteCounters]>

    /// - Parameter routes: how many the service has.
    init(routes: Int) {
        self.routes = Mutex(Array(repeating: RouteCounters(), count: routes + 1))
    }

    func countRefusal(_ code: String) {
        refused.withLock { $0[code, default: 0] += 1 }
    }

    func countAnswer(to method: HTTPRequest.Method, route: Int?, status: Int, nanoseconds: Int64) {
        routes.withLock { routes in
            routes[route ?? routes.count - 1].count(method, status: status, nanoseconds: nanoseconds)
        }
    }

    func add(to total: inout ServerCounters) {
        total.accepted += accepted.load(ordering: .relaxed)
        total.requests += requests.load(ordering: .relaxed)
        total.bytesReceived += bytesReceived.load(ordering: .relaxed)
        total.bytesSent += bytesSent.load(ordering: .relaxed)
        refused.withLock { total.refused.merge($0, uniquingKeysWith: +) }
        total.add(routes: routes.withLock { $0 })
    }
}
