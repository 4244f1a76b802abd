import CaseStore
import Complaints
import Logging

extension MigrationWatch {
    /// Somebody looks on at a terminal, and sees it at each moment; else what takes long leaves a line now and then.
    ///
    /// - Parameter interruption: that they have had enough.
    static func shown(until interruption: Interruption) -> MigrationWatch {
        guard StandardError.isTerminal else {
            return MigrationWatch(isUnwanted: { interruption.isRequested }) { progress in
                guard !progress.isDone, progress.elapsed.wholeSeconds > 0 else { return }
                StandardError.write(
                    "casekeeper: \(progress.place) has taken \(progress.elapsed.wholeSeconds) s, and goes on\n")
            }
        }
        let frame = ElapsedTime(milliseconds: 250)
        return MigrationWatch(interval: frame, isUnwanted: { interruption.isRequested }) { progress in
            let bar = ProgressBar(total: progress.total, unit: "migrations")
            guard !progress.isDone else { return bar.clear() }
            bar.draw(progress.step - 1, ": \(progress.name), \(progress.elapsed.wholeSeconds) s")
        }
    }

    /// A line a step, and now and then one of what takes long: nothing is served meanwhile.
    ///
    /// - Parameters:
    ///   - interruption: that the service is to end.
    ///   - manager: who waits for it to start, and is to go on waiting.
    static func logged(
        _ logger: Logger, until interruption: Interruption, telling manager: NotifySocket?
    ) -> MigrationWatch {
        MigrationWatch(isUnwanted: { interruption.isRequested }) { progress in
            manager?.tell(
                NotifySocket.status("\(progress.place) \(progress.elapsed.wholeSeconds) s"),
                "EXTEND_TIMEOUT_USEC=60000000")
            guard progress.isDone || progress.elapsed.wholeSeconds > 0 else { return }
            logger.notice(
                progress.isDone
                    ? "a migration was applied" : "a migration goes on, and nothing is served until it is done",
                metadata: [
                    "migration": "\(progress.name)", "step": "\(progress.step)", "of": "\(progress.total)",
                    "seconds": "\(progress.elapsed.wholeSeconds)",
                ])
        }
    }
}

extension MigrationProgress {
    /// `migration 12 of 34, V012_one_log,`
    fileprivate var place: String { "migration \(step) of \(total), \(name)," }
}
