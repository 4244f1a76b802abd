import CaseStore
import Dispatch
import HTTPServer
import Logging
import Synchronization

/// What is done now and then beside the requests: answers that are too old for a retry are forgotten, a few in a
/// change, so that no request waits long behind it.
final class Housekeeping: Sendable {
    private static let interval = DispatchTimeInterval.seconds(600)
    private static let atOnce = 500

    private let writer: BatchWriter<Reply<Reader>.Prepared>
    private let logger: Logger
    private let isStopped = Atomic(false)

    init(writer: BatchWriter<Reply<Reader>.Prepared>, logger: Logger) {
        self.writer = writer
        self.logger = logger
        waitForNextTime()
    }

    func stop() {
        isStopped.store(true, ordering: .relaxed)
    }

    private func waitForNextTime() {
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + Self.interval) { [weak self] in
            guard let self, !isStopped.load(ordering: .relaxed) else { return }
            forgetAnswers()
            waitForNextTime()
        }
    }

    /// Goes on until none is too old. When the writer can't, there is a next time.
    private func forgetAnswers() {
        try? writer.submit(
            unawaited: { transaction in
                guard try transaction.forgetAnswers(limit: Self.atOnce) == Self.atOnce else { return }
                self.forgetAnswers()
            },
            failed: { [logger] in
                logger.warning("old answers could not be forgotten", metadata: ["error": "\($0)"])
            })
    }
}
