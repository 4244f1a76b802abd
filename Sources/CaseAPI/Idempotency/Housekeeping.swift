import CaseStore
import Complaints
import Dispatch
import HTTPServer
import Logging
import Synchronization

/// What is done now and then beside the requests: answers that are too old for a retry, and sessions that have ended, are forgotten,
/// a few in a change, so that no request waits long behind it, when tokens were last used is written down, and the full-text index
/// is brought up to date, and rid of the words of customers who were erased.
final class Housekeeping: Sendable {
    private static let answersInterval = DispatchTimeInterval.seconds(600)
    private static let usesInterval = DispatchTimeInterval.seconds(60)
    private static let atOnce = 500

    private let writer: BatchWriter<Reply<Reader>.Prepared>
    private let uses: TokenUses
    /// What somebody typed before they logged in.
    private let keptForms: KeptForms
    private let logger: Logger
    private let isStopped = Atomic(false)

    /// - Parameters:
    ///   - rebuildsSearch: whether the full-text index has to be made anew, or some of it.
    ///   - now: the database's time; it must not hold the database, as what waits for its turn here outlives the service.
    init(
        writer: BatchWriter<Reply<Reader>.Prepared>, uses: TokenUses, keptForms: KeptForms, rebuildsSearch: Bool,
        now: @escaping @Sendable () -> Instant?, logger: Logger
    ) {
        self.writer = writer
        self.uses = uses
        self.keptForms = keptForms
        self.logger = logger
        if rebuildsSearch { rebuildSearch() }
        every(Self.answersInterval) {
            $0.forget("answers") { try $0.forgetAnswers(limit: Self.atOnce) }
            $0.forget("deliveries") { try $0.forgetDeliveries(limit: Self.atOnce) }
            $0.forget("sessions") { try $0.forgetSessions(limit: Self.atOnce) }
            $0.catchUpSearch()
        }
        every(Self.usesInterval) {
            $0.writeUses()
            if let now = now() { $0.keptForms.forgetOld(at: now) }
            $0.purgeSearch()
            if rebuildsSearch { $0.rebuildSearch() }
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
                failed: { [self] in
                    self.uses.restore(uses)
                    warn("when tokens were last used could not be written", $0)
                })
        } catch {
            self.uses.restore(uses)
        }
    }

    /// What the index does not know costs every search a little.
    private func catchUpSearch() {
        try? writer.submit(
            unawaited: { try $0.catchUpSearch() },
            failed: { self.warn("the full-text index could not be brought up to date", $0) })
    }

    /// Goes on until a full-text index that was made by other rules is made anew, in steps of some tenths of a second with
    /// others' changes between them.
    private func rebuildSearch() {
        guard !isStopped.load(ordering: .relaxed) else { return }
        try? writer.submit(
            unawaited: { try $0.rebuildSearch() },
            committed: { if $0 { self.rebuildSearch() } },
            failed: { self.warn("the full-text index could not be made anew", $0) })
    }

    /// Goes on until nothing of them is left, in steps of some hundredths of a second with others' changes between them.
    private func purgeSearch() {
        try? writer.submit(
            unawaited: { try $0.purgeSearch() },
            committed: { if $0 { self.purgeSearch() } },
            failed: { self.warn("erased words could not be taken out of the index", $0) })
    }

    /// Goes on until none is too old. When the writer can't, there is a next time.
    ///
    /// - Parameter step: forgets `atOnce` of them at most, and says how many.
    private func forget(_ what: String, _ step: @escaping @Sendable (WriteTransaction) throws -> Int) {
        try? writer.submit(
            unawaited: step,
            committed: { if $0 == Self.atOnce { self.forget(what, step) } },
            failed: { self.warn("old \(what) could not be forgotten", $0) })
    }

    /// That the clock is wrong was said already.
    private func warn(_ message: Logger.Message, _ error: any Error) {
        if let error = error as? StoreError, error.isOfStanding { return }
        logger.warning(message, metadata: ["error": "\(error)"])
    }
}
