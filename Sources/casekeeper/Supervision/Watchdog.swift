import Dispatch
import Foundation
import Logging
import Synchronization

/// Watchdog of the service manager (sd_watchdog_enabled(3)): told twice in each of its spans that the service goes on, and
/// only as long as every part of it answers, so that one in which a loop or the writer hangs is started anew.
///
/// It asks all parts, and tells the manager when the last one has answered. While one has not, nobody is asked again and
/// nobody is told. It goes by the clock that Dispatch has, which no leap of the wall clock moves.
final class Watchdog: Sendable {
    /// What has to answer. It is asked from any thread, and answers from any.
    struct Part: Sendable {
        let name: String
        let ask: @Sendable (_ answered: @escaping @Sendable () -> Void) -> Void
    }

    private struct Round {
        /// Indices of parts that were asked and have not answered.
        var silent: Set<Int> = []
        /// That somebody is silent has been said.
        var isTold = false
    }

    private let parts: [Part]
    private let manager: NotifySocket
    /// What the manager shows while all is well.
    private let status: String
    private let logger: Logger
    private let round = Mutex(Round())

    init(_ parts: [Part], telling manager: NotifySocket, status: String, logger: Logger) {
        self.parts = parts
        self.manager = manager
        self.status = status
        self.logger = logger
    }

    /// How often this process has to tell, which is twice as often as it must; nil where nobody waits for it.
    static func interval(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> Duration? {
        guard let span = environment["WATCHDOG_USEC"].flatMap({ Int64($0) }), span > 0 else { return nil }
        if let process = environment["WATCHDOG_PID"], process != "\(getpid())" { return nil }
        return .microseconds(max(1, span / 2))
    }

    /// Asks all parts from now on, until the timer is cancelled.
    func start(every interval: Duration) -> any DispatchSourceTimer {
        // On a queue of its own, which gets a thread however many others are taken.
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "casekeeper.watchdog"))
        let microseconds = Int(interval / .microseconds(1))
        timer.schedule(deadline: .now() + .microseconds(microseconds), repeating: .microseconds(microseconds))
        timer.setEventHandler { @Sendable in self.ask() }
        timer.activate()
        return timer
    }

    /// Begins a round, unless one is on.
    func ask() {
        let silent: Set<Int>? = round.withLock { round in
            guard round.silent.isEmpty else {
                defer { round.isTold = true }
                return round.isTold ? [] : round.silent
            }
            round.silent = Set(parts.indices)
            return nil
        }
        if let silent {
            if !silent.isEmpty { tell(ofSilent: silent) }
            return
        }
        for (index, part) in parts.enumerated() { part.ask { self.answered(index) } }
    }

    private func answered(_ index: Int) {
        let (isWhole, wasTold) = round.withLock { round in
            round.silent.remove(index)
            let told = round.isTold
            if round.silent.isEmpty { round.isTold = false }
            return (round.silent.isEmpty, told)
        }
        guard isWhole else { return }
        if wasTold {
            logger.notice("every part of the service answers again")
            manager.tell("WATCHDOG=1", NotifySocket.status(status))
        } else {
            manager.tell("WATCHDOG=1")
        }
    }

    private func tell(ofSilent silent: Set<Int>) {
        let names = silent.sorted().map { parts[$0].name }.joined(separator: ", ")
        logger.error(
            "a part of the service does not answer: the service manager is told nothing until it does, and may start it anew",
            metadata: ["parts": "\(names)"])
        manager.tell(NotifySocket.status("no answer from \(names)"))
    }
}
