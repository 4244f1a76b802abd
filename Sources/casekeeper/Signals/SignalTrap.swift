import Dispatch
import Glibc

/// Notices signals instead of dying of them. The first one, whichever it is, runs an action; the second one ends the
/// process at once.
final class SignalTrap {
    private let sources: [any DispatchSourceSignal]

    /// `action` runs on a queue of the trap's own. When this returns, no signal can do anything else any more.
    init(_ signals: [CInt], action: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "casekeeper.signals")
        let counter = SignalCounter()
        let registered = DispatchGroup()
        sources = signals.map { signal in
            let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
            // Formed where the command runs, but run on the trap's queue.
            source.setEventHandler { @Sendable in
                if counter.isFirst() { action() } else { _exit(1) }
            }
            // Dispatch gets ready for the signal on a thread of its own, and until then it ends the process.
            registered.enter()
            source.setRegistrationHandler { @Sendable in registered.leave() }
            source.activate()
            return source
        }
        registered.wait()
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
