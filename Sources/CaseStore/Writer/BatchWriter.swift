import Dispatch
import Foundation
import Synchronization

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

    /// Changes that share a commit. It grows while they are made.
    private struct Batch {
        var jobs: [Job]
        /// Of those that are made.
        var outcomes: [Outcome?] = []
        /// Until when it waits for more, once there was a time with none; of the clock that `DispatchTime` has.
        var waitsUntil: UInt64?
    }

    private struct State {
        var waiting: [Job] = []
        var isScheduled = false
        /// How large the last batch was: so many may come again at once.
        var expected = 0
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
            deliver(store.withStamp { commit() })
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
        var batch = Batch(jobs: first())
        defer { state.withLock { $0.expected = batch.jobs.count } }
        do {
            let errors = try store.commit { index in
                let isMore = index < batch.jobs.count || takesOneMore(into: &batch)
                if !isMore { prepare(batch.outcomes.compactMap { $0?.answer }) }
                return isMore
            } _: { index, transaction in
                batch.outcomes.removeSubrange(index...)
                batch.outcomes.append(nil)
                batch.outcomes[index] = try batch.jobs[index].apply(transaction)
            }
            state.withLock { $0.figures.count(batch: errors.count, rolledBack: errors.count { $0 != nil }) }
            return zip(batch.jobs.indices, errors).compactMap { index, error in
                if let error { return batch.jobs[index].failed(error) }
                if case .work(let work) = batch.outcomes[index] { work() }
                return batch.outcomes[index]?.answer
            }
        } catch {
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
    /// All that waits, as far as it may share a commit.
    private func first() -> [Job] {
        let limit = store.options.batchLimit
        return state.withLock { state in
            let shared = state.waiting.prefix(limit).prefix { !$0.isAlone }
            let jobs = Array(shared.isEmpty ? state.waiting.prefix(1) : shared)
            state.waiting.removeFirst(jobs.count)
            return jobs
        }
    }

    /// Takes what has come while the changes before it were made.
    ///
    /// Clients that wait for an answer before they send the next change come back together, right after their batch. The
    /// first of them would get a commit of its own and keep all others waiting for it, so it waits a little for them:
    /// much less than a commit takes, and not at all when it is alone or others have come meanwhile that make more than
    /// half as large a batch.
    private func takesOneMore(into batch: inout Batch) -> Bool {
        guard batch.jobs.count < store.options.batchLimit, !batch.jobs[0].isAlone else { return false }
        while true {
            let next: (job: Job?, mayCome: Bool) = state.withLock { state in
                guard let job = state.waiting.first else {
                    return (nil, !state.isStopping && 2 * batch.jobs.count <= state.expected)
                }
                return job.isAlone ? (nil, false) : (state.waiting.removeFirst(), true)
            }
            if let job = next.job {
                batch.jobs.append(job)
                return true
            }
            let now = DispatchTime.now().uptimeNanoseconds
            let end = batch.waitsUntil ?? now + Self.patience
            batch.waitsUntil = end
            guard next.mayCome, now < end else { return false }
            // To sleep and be woken up would take longer than most of these waits.
            sched_yield()
        }
    }

    /// In nanoseconds.
    private static var patience: UInt64 { 200_000 }
}
