import Foundation
import Synchronization
import TestSupport

/// Clients that work on a server until they are stopped or it is gone, and write down what it acknowledged.
final class Load: Sendable {
    private struct State {
        var ledger = Ledger()
        var unexpected: [String] = []
        var unanswered: [LoadRequest] = []
        var isStopped = false
        var running: Int
    }

    private let state: Mutex<State>
    private let group = DispatchGroup()

    /// - Parameter label: keeps the external ids of several loads on one database apart.
    init(port: Int, clients: Int, seed: UInt64, label: String = "a") {
        state = Mutex(State(running: clients))
        for client in 0..<clients {
            // Connected before its thread starts: one that starts late would find the server gone.
            let descriptor = try? LoopbackConnection.open(port: port)
            // A thread each: they block.
            let thread = Thread { [self] in
                work(
                    descriptor.map {
                        Clerk(
                            label: "\(label)-\(seed)-\(client)", seed: seed &* 1000 &+ UInt64(client),
                            connection: LoadConnection(descriptor: $0))
                    })
                state.withLock { $0.running -= 1 }
                group.leave()
            }
            group.enter()
            thread.start()
        }
    }

    /// What has been acknowledged so far.
    var ledger: Ledger { state.withLock(\.ledger) }

    /// What was on its way when the server went: each may have been done or not.
    var unanswered: [LoadRequest] { state.withLock(\.unanswered) }

    /// Answers that no server should have given.
    var unexpected: [String] { state.withLock(\.unexpected) }

    /// Waits until that many changes are acknowledged, or no client works any more.
    func waitForChanges(_ count: Int) {
        while state.withLock({ $0.ledger.changes.count < count && $0.running > 0 }) { usleep(500) }
    }

    /// Returns when every client has had its last answer, or knows that none will come.
    func stop() {
        state.withLock { $0.isStopped = true }
        group.wait()
    }

    private func work(_ someone: Clerk?) {
        guard var clerk = someone else { return state.withLock { $0.unexpected.append("no connection") } }
        while !state.withLock(\.isStopped) {
            switch clerk.work() {
            case .acknowledged(let change): state.withLock { $0.ledger.changes.append(change) }
            case .unexpected(let words): return state.withLock { $0.unexpected.append(words) }
            case .serverIsGone(let request): return state.withLock { $0.unanswered.append(request) }
            }
        }
    }
}
