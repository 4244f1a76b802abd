import Dispatch
import Foundation
import Synchronization

// How group commit works
//
// One thread writes, the queue `casekeeper.writer`; everybody else puts a job in `waiting` (`submit`) and goes on. The
// first job schedules `drain`, which makes batches until nothing waits. A batch is:
//
//   1. `store.commit` begins a transaction and gives it its stamp (see StampClock).
//   2. Jobs are taken a handful at a time and applied one after the other. Those that come meanwhile are taken too, so a
//      batch grows while it is made (`takesMore`). It is complete when nothing waits any more; or when it is half of what
//      there is, at least `share`, and has taken as long as a commit does, so that the other half is applied while the
//      clients of this one are being answered; or at `batchLimit`. A job that `isAlone` shares with nobody.
//   3. Clients in a closed loop come back together, right after their answers. So an incomplete batch waits up to
//      `patience` for them, as long as it is at most half as large as the last one, or its stamp's time has not come,
//      before which it can't be committed anyway (`isWorthWaiting`).
//   4. `prepare` makes the answers ready; then COMMIT, one fsync for all; then `deliver` hands them over, all at once.
//   5. `keepUp`: checkpoints and the search index, when nobody waits for an answer.
//
// A job that fails takes back its own changes only; what it had written before makes the whole batch begin again with
// savepoints (WriteTransaction+Attempt). A batch that fails fails all of its jobs, and none was told otherwise.

/// Group commit: takes everything that waits, and what comes meanwhile, commits it once, and only then hands over the
/// answers, all of a batch in one call. An answer therefore means: on disk.
public final class BatchWriter<Delivery: Sendable>: Sendable {
    private enum Outcome: Sendable {
        case answer(Delivery)
        /// There is nobody to be answered, but something to be done.
        case work(@Sendable () -> Void)

        var answer: Delivery? {
            if case .answer(let answer) = self { answer } else { nil }
        }
    }

    private struct Job: Sendable {
        let apply: @Sendable (WriteTransaction) throws -> Outcome
        let failed: @Sendable (any Error) -> Delivery?
        var isAlone = false
    }

    /// Changes that share a commit. It grows while they are made. Its times are of the clock that `DispatchTime` has.
    private struct Batch {
        var jobs: [Job]
        /// Of those that are made.
        var outcomes: [Outcome?] = []
        let began = DispatchTime.now().uptimeNanoseconds
        /// Until when it waits for more, once there was a time with none.
        var waitsUntil: UInt64?
        /// When it took no more.
        var closed: UInt64?
    }

    private struct State {
        var waiting: [Job] = []
        var isScheduled = false
        /// How large the last batch was: so many may come again at once.
        var expected = 0
        /// How long its commit took, in nanoseconds.
        var commitTime: UInt64 = 0
        var isStopping = false
        /// All but how many wait.
        var figures = WriterFigures()
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "casekeeper.writer")
    private let store: CaseStore
    private let prepare: @Sendable ([Delivery]) -> Void
    private let deliver: @Sendable ([Delivery]) -> Void

    init(
        store: CaseStore, prepare: @escaping @Sendable ([Delivery]) -> Void,
        deliver: @escaping @Sendable ([Delivery]) -> Void
    ) {
        self.store = store
        self.prepare = prepare
        self.deliver = deliver
    }

    /// How many changes wait.
    public var depth: Int { state.withLock(\.waiting.count) }

    /// What it has done. A change is counted before its answer is delivered.
    public var figures: WriterFigures {
        state.withLock { state in
            var figures = state.figures
            figures.waiting = state.waiting.count
            return figures
        }
    }

    /// Puts a change in the queue. What `apply` returns is delivered once the batch is on disk. When it throws, or the
    /// batch fails, nothing of it is kept and what `failed` makes of the error is delivered. `apply` may run twice, the
    /// first time for nothing, when another change of its batch fails half way: what it does outside of the transaction
    /// must bear that.
    ///
    /// - Parameter isAlone: whether it gets a batch of its own, as one that takes so long that no other should wait for
    ///   it longer than it has to.
    public func submit(
        isAlone: Bool = false,
        apply: @escaping @Sendable (WriteTransaction) throws -> Delivery,
        failed: @escaping @Sendable (any Error) -> Delivery
    ) throws(StoreUnavailable) {
        try submit(Job(apply: { .answer(try apply($0)) }, failed: failed, isAlone: isAlone))
    }

    /// The same for a change that nobody waits for. Once it is on disk, `committed` gets what came of it, on the writer's
    /// queue.
    public func submit<Value: Sendable>(
        unawaited apply: @escaping @Sendable (WriteTransaction) throws -> Value,
        committed: @escaping @Sendable (Value) -> Void = { _ in },
        failed: @escaping @Sendable (any Error) -> Void
    ) throws(StoreUnavailable) {
        try submit(
            Job {
                let value = try apply($0)
                return .work { committed(value) }
            } failed: {
                failed($0)
                return nil
            })
    }

    private func submit(_ job: Job) throws(StoreUnavailable) {
        let limit = store.options.queueLimit
        let latch = store.latch
        let refusal: StoreUnavailable? = state.withLock { state in
            if state.isStopping { return .stopping }
            if let latch { return .latched(latch) }
            if state.waiting.count >= limit { return .busy }
            state.waiting.append(job)
            // Under the lock, so that `stop` finds it on the queue.
            if !state.isScheduled { queue.async { self.drain() } }
            state.isScheduled = true
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Takes no more changes and returns when those that wait are committed.
    public func stop() {
        state.withLock { $0.isStopping = true }
        queue.sync {}
    }

    private func drain() {
        while isWaitedFor {
            deliver(commit())
            store.keepUp()
        }
    }

    /// Whether there is a batch; if not, the next change schedules it.
    private var isWaitedFor: Bool {
        state.withLock { state in
            state.isScheduled = !state.waiting.isEmpty
            return state.isScheduled
        }
    }

    private func commit() -> [Delivery] {
        var batch = Batch(jobs: take(Self.handful, isFirst: true))
        do {
            let errors = try store.commit { index in
                if index < batch.jobs.count || takesMore(into: &batch) { return true }
                prepare(batch.outcomes.compactMap { $0?.answer })
                batch.closed = DispatchTime.now().uptimeNanoseconds
                return false
            } _: { index, transaction in
                batch.outcomes.removeSubrange(index...)
                batch.outcomes.append(nil)
                batch.outcomes[index] = try batch.jobs[index].apply(transaction)
            }
            let end = DispatchTime.now().uptimeNanoseconds
            state.withLock { state in
                state.expected = batch.jobs.count
                state.commitTime = end - (batch.closed ?? end)
                state.figures.count(batch: errors.count, rolledBack: errors.count { $0 != nil })
            }
            return zip(batch.jobs.indices, errors).compactMap { index, error in
                if let error { return batch.jobs[index].failed(error) }
                if case .work(let work) = batch.outcomes[index] { work() }
                return batch.outcomes[index]?.answer
            }
        } catch {
            // Where not even one can be made, the others need not find out one by one.
            if batch.outcomes.isEmpty { batch.jobs += take(store.options.batchLimit - batch.jobs.count) }
            state.withLock { state in
                state.figures.failedBatches += 1
                state.figures.failed += batch.jobs.count
            }
            return batch.jobs.compactMap { $0.failed(error) }
        }
    }
}

// MARK: - What shares a commit
extension BatchWriter {
    /// So many are taken at once.
    private static var handful: Int { 8 }
    /// So many are worth a commit of their own when as many others wait.
    private static var share: Int { 32 }
    /// In nanoseconds.
    private static var patience: UInt64 { 200_000 }

    /// Takes from what waits; what is to have a batch of its own only when it comes `isFirst`.
    private func take(_ most: Int, isFirst: Bool = false) -> [Job] {
        let limit = min(most, store.options.batchLimit)
        return state.withLock { state in
            let shared = state.waiting.prefix(limit).prefix { !$0.isAlone }
            let jobs = Array(shared.isEmpty && isFirst ? state.waiting.prefix(1) : shared)
            state.waiting.removeFirst(jobs.count)
            return jobs
        }
    }

    /// Takes what waits, and what has come while the changes before it were made; when it took nothing, the batch is
    /// complete.
    ///
    /// Of many clients it leaves half for the next batch: while these changes go to disk and their clients are answered,
    /// those are made. Where the disk takes longer than the changes do, one commit for all is better.
    private func takesMore(into batch: inout Batch) -> Bool {
        let count = batch.jobs.count
        guard count < store.options.batchLimit, !batch.jobs[0].isAlone else { return false }
        while true {
            let now = DispatchTime.now().uptimeNanoseconds
            let isHalf = state.withLock { state in
                count >= max(Self.share, state.waiting.count) && now - batch.began >= state.commitTime
            }
            if isHalf { return false }
            let jobs = take(min(Self.handful, store.options.batchLimit - count))
            batch.jobs += jobs
            guard jobs.isEmpty else { return true }
            let end = batch.waitsUntil ?? now + Self.patience
            batch.waitsUntil = end
            guard now < end, isWorthWaiting(for: count) else { return false }
            // To sleep and be woken up would take longer than most of these waits.
            sched_yield()
        }
    }

    /// Clients that wait for an answer before they send the next change come back together, right after their batch. The
    /// first of them would get a commit of its own and keep all others waiting for it, so it waits a little for them:
    /// much less than a commit takes, and not at all when it is alone or others have come meanwhile that make more than
    /// half as large a batch. As long as the time of its stamp has not come, it can't be committed anyway.
    private func isWorthWaiting(for count: Int) -> Bool {
        state.withLock { state in
            if let next = state.waiting.first { return !next.isAlone }
            return !state.isStopping && (2 * count <= state.expected || !store.mayCommit)
        }
    }
}
