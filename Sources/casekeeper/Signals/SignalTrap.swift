import Dispatch
import Glibc

/// Notices signals instead of dying of them. The first one, whichever it is, runs an action; the second one ends the
/// process at once, as if nobody had noticed it.
final class SignalTrap {
    /// What asks a process to end. The terminal that it runs in may be closed (HUP), unless nohup(1) is to keep it.
    static var endings: [CInt] { [SIGTERM, SIGINT, SIGQUIT] + (isIgnored(SIGHUP) ? [] : [SIGHUP]) }

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
                if counter.isFirst() { action() } else { _exit(ExitStatus.ofSignal(signal)) }
            }
            // Dispatch gets ready for the signal on a thread of its own, and until then it ends the process.
            registered.enter()
            source.setRegistrationHandler { @Sendable in registered.leave() }
            source.activate()
            return source
        }
        registered.wait()
    }

    private static func isIgnored(_ signal: CInt) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
