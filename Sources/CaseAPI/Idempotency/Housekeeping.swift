import CaseStore
import Dispatch
import HTTPServer
import Logging
import Synchronization

/// What is done now and then beside the requests: answers that are too old for a retry are forgotten, a few in a
/// change, so that no request waits long behind it, when tokens were last used is written down, and the full-text index
/// is brought up to date, and rid of the words of customers who were erased.
final class Housekeeping: Sendable {
    private static let answersInterval = DispatchTimeInterval.seconds(600)
    private static let usesInterval = DispatchTimeInterval.seconds(60)
    private static let atOnce = 500

    private let writer: BatchWriter<Reply<Reader>.Prepared>
    private let uses: TokenUses
    private let logger: Logger
    private let isStopped = Atomic(false)

    init(writer: BatchWriter<Reply<Reader>.Prepared>, uses: TokenUses, logger: Logger) {
        self.writer = writer
        self.uses = uses
        self.logger = logger
        every(Self.answersInterval) {
            $0.forgetAnswers()
            $0.catchUpSearch()
        }
        every(Self.usesInterval) {
            $0.writeUses()
            $0.purgeSearch()
        }
    }

    /// What would be lost is handed to the writer.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        writeUses()
    }

    private func every(_ interval: DispatchTimeInterval, _ work: @escaping @Sendable (Housekeeping) -> Void) {
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + interval) { [weak self] in
            guard let self, !isStopped.load(ordering: .relaxed) else { return }
            work(self)
            every(interval, work)
        }
    }

    /// When the writer can't, there is a next time.
    private func writeUses() {
        let uses = uses.take()
        guard !uses.isEmpty else { return }
        do throws(StoreUnavailable) {
            try writer.submit(
                unawaited: { try $0.noteUses(uses) },
                failed: { [self, logger] in
                    self.uses.restore(uses)
                    logger.warning("when tokens were last used could not be written", metadata: ["error": "\($0)"])
                })
        } catch {
            self.uses.restore(uses)
        }
    }

    /// What the index does not know costs every search a little.
    private func catchUpSearch() {
        try? writer.submit(
            unawaited: { try $0.catchUpSearch() },
            failed: { [logger] in
                logger.warning("the full-text index could not be brought up to date", metadata: ["error": "\($0)"])
            })
    }

    /// Goes on until nothing of them is left, in steps of some hundredths of a second with others' changes between them.
    private func purgeSearch() {
        try? writer.submit(
            unawaited: { try $0.purgeSearch() },
            committed: { if $0 { self.purgeSearch() } },
            failed: { [logger] in
                logger.warning("erased words could not be taken out of the index", metadata: ["error": "\($0)"])
            })
    }

    /// Goes on until none is too old. When the writer can't, there is a next time.
    private func forgetAnswers() {
        try? writer.submit(
            unawaited: { try $0.forgetAnswers(limit: Self.atOnce) },
            committed: { if $0 == Self.atOnce { self.forgetAnswers() } },
            failed: { [logger] in
                logger.warning("old answers could not be forgotten", metadata: ["error": "\($0)"])
            })
    }
}
