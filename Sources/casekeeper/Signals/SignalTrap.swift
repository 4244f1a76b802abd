import Dispatch
import Glibc

/// Notices signals instead of dying of them. The first one, whichever it is, runs an action; the second one ends the
/// process at once.
final class SignalTrap {
    private let sources: [any DispatchSourceSignal]

    /// `action` runs on a queue of the trap's own.
    init(_ signals: [CInt], action: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "casekeeper.signals")
        let counter = SignalCounter()
        // Dispatch takes a moment before it listens, in which a signal would still end the process: blocked, it waits.
        var waiting = sigset_t()
        sigemptyset(&waiting)
        for signal in signals { sigaddset(&waiting, signal) }
        pthread_sigmask(SIG_BLOCK, &waiting, nil)
        sources = signals.map { signal in
            let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
            // Formed where the command runs, but run on the trap's queue.
            source.setEventHandler { @Sendable in
                if counter.isFirst() { action() } else { _exit(1) }
            }
            source.activate()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
