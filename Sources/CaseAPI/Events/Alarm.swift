import Dispatch
import Synchronization

/// One timer that is set anew as need be; until then it never goes off. It goes by the clock that nobody sets.
final class Alarm: Sendable {
    private let timer: Mutex<any DispatchSourceTimer>

    /// - Parameter queue: where the handler is called.
    init(queue: DispatchQueue) {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .distantFuture)
        // Dispatch complains in the system's log of a source that is activated without one.
        timer.setEventHandler {}
        timer.resume()
        self.timer = Mutex(timer)
    }

    deinit {
        timer.withLock { $0.cancel() }
    }

    /// Says what is done whenever it goes off.
    func onRing(_ handler: @escaping @Sendable () -> Void) {
        timer.withLock { $0.setEventHandler(handler: handler) }
    }

    func set(to deadline: DispatchTime) {
        timer.withLock { $0.schedule(deadline: deadline, leeway: .milliseconds(10)) }
    }

    /// It goes off no more.
    func cancel() {
        timer.withLock { $0.cancel() }
    }
}
