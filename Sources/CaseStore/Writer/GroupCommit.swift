import Dispatch
import Foundation
import Synchronization

// How group commit works
//
// One thread writes, the queue `casekeeper.writer`; everybody else puts a change in `waiting` (`submit`) and goes on. The
// first change schedules `drain`, which makes batches until nothing waits. A batch is:
//
//   1. `store.commit` begins a transaction and gives it its stamp (see StampClock).
//   2. Changes are taken a handful at a time and applied one after the other. Those that come meanwhile are taken too, so a
//      batch grows while it is made (`takesMore`). It is complete when nothing waits any more; or when it is half of what
//      there is, at least `share`, and has taken as long as a commit does, so that the other half is applied while the
//      clients of this one are being answered; or at `batchLimit`. One that `isAlone` shares with nobody.
//   3. Clients in a closed loop come back together, right after their answers. So an incomplete batch waits up to
//      `patience` for them, as long as it is at most half as large as the last one, or its stamp's time has not come,
//      before which it can't be committed anyway (`isWorthWaiting`).
//   4. `prepare` makes the answers ready; then COMMIT, one fsync for all; then `deliver` hands them over, all at once.
//   5. `keepUp`: checkpoints and the search index, when nobody waits for an answer. Between two batches whoever has asked
//      whether the writer goes on is answered (`ask`).
//
// A change that fails takes back its own changes only; what it had written before makes the whole batch begin again with
// savepoints (WriteTransaction+Attempt). A batch that fails fails all of its changes, and none was told otherwise.

/// Group commit: takes everything that waits, and what comes meanwhile, and commits it once.
///
/// It knows changes by what they do, not by what is answered: code with a generic parameter that another module chooses
/// asks for the metadata of its types at each step, which was a twentieth of a create.
final class GroupCommit: Sendable {
    /// Changes that share a commit. It grows while they are made. Its times are of the clock that `DispatchTime` has.
    private struct Batch {
        var changes: [any BatchedChange]
        /// How many of them were begun with.
        var begun = 0
        let began = DispatchTime.now().uptimeNanoseconds
        /// Until when it waits for more, once there was a time with none.
        var waitsUntil: UInt64?
        /// When it took no more.
        var closed: UInt64?
    }

    private struct State {
        var waiting: [any BatchedChange] = []
        /// Who wants to know that it goes on.
        var asked: [@Sendable () -> Void] = []
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
    private let prepare: @Sendable ([any BatchedChange]) -> Void
    private let deliver: @Sendable ([any BatchedChange]) -> Void

    /// - Parameters:
    ///   - prepare: gets all changes of a batch when they are made, before they are on disk.
    ///   - deliver: gets them when they are on disk, or have failed.
    init(
        store: CaseStore, prepare: @escaping @Sendable ([any BatchedChange]) -> Void,
        deliver: @escaping @Sendable ([any BatchedChange]) -> Void
    ) {
        self.store = store
        self.prepare = prepare
        self.deliver = deliver
    }

    /// How many changes wait.
    var depth: Int { state.withLock(\.waiting.count) }

    /// What it has done. A change is counted before its answer is delivered.
    var figures: WriterFigures {
        state.withLock { state in
            var figures = state.figures
            figures.waiting = state.waiting.count
            return figures
        }
    }

    /// Puts a change in the queue.
    func submit(_ change: any BatchedChange) throws(StoreUnavailable) {
        let limit = store.options.queueLimit
        let latch = store.latch
        let refusal: StoreUnavailable? = state.withLock { state in
            if state.isStopping { return .stopping }
            if let latch { return .latched(latch) }
            if state.waiting.count >= limit { return .busy }
            state.waiting.append(change)
            // Under the lock, so that `stop` finds it on the queue.
            if !state.isScheduled { queue.async { self.drain() } }
            state.isScheduled = true
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Has the writer's thread say that it goes on, as soon as it is between two batches; nothing is written. Also after
    /// it was stopped.
    func ask(_ answered: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.asked.append(answered)
            if !state.isScheduled { queue.async { self.drain() } }
            state.isScheduled = true
        }
    }

    /// Takes no more changes and returns when those that wait are committed.
    func stop() {
        state.withLock { $0.isStopping = true }
        queue.sync {}
    }

    private func drain() {
        while let next = next() {
            for answered in next.asked { answered() }
            guard next.hasChanges else { continue }
            deliver(commit())
            store.keepUp()
        }
    }

    /// What there is to do; if nothing, whoever comes next schedules it.
    private func next() -> (asked: [@Sendable () -> Void], hasChanges: Bool)? {
        state.withLock { state in
            let asked = state.asked
            state.asked = []
            state.isScheduled = !state.waiting.isEmpty || !asked.isEmpty
            return state.isScheduled ? (asked, !state.waiting.isEmpty) : nil
        }
    }

    private func commit() -> [any BatchedChange] {
        var batch = Batch(changes: take(Self.handful, isFirst: true))
        do {
            let errors = try store.commit { index in
                if index < batch.changes.count || takesMore(into: &batch) { return true }
                prepare(batch.changes)
                batch.closed = DispatchTime.now().uptimeNanoseconds
                return false
            } _: { index, transaction in
                batch.begun = index + 1
                try batch.changes[index].apply(transaction)
            }
            let end = DispatchTime.now().uptimeNanoseconds
            state.withLock { state in
                state.expected = batch.changes.count
                state.commitTime = end - (batch.closed ?? end)
                state.figures.count(batch: errors.count, rolledBack: errors.count { $0 != nil })
            }
            for (index, error) in errors.enumerated() {
                if let error { batch.changes[index].failed(error) } else { batch.changes[index].committed() }
            }
        } catch {
            // Where not even one can be made, the others need not find out one by one.
            if batch.begun == 0 { batch.changes += take(store.options.batchLimit - batch.changes.count) }
            state.withLock { state in
                state.figures.failedBatches += 1
                state.figures.failed += batch.changes.count
            }
            for change in batch.changes { change.failed(error) }
        }
        return batch.changes
    }
}

// MARK: - What shares a commit
extension GroupCommit {
    /// So many are taken at once.
    private static var handful: Int { 8 }
    /// So many are worth a commit of their own when as many others wait.
    private static var share: Int { 32 }
    /// In nanoseconds.
    private static var patience: UInt64 { 200_000 }

    /// Takes from what waits; what is to have a batch of its own only when it comes `isFirst`.
    private func take(_ most: Int, isFirst: Bool = false) -> [any BatchedChange] {
        let limit = min(most, store.options.batchLimit)
        return state.withLock { state in
            let shared = state.waiting.prefix(limit).prefix { !$0.isAlone }
            let changes = Array(shared.isEmpty && isFirst ? state.waiting.prefix(1) : shared)
            state.waiting.removeFirst(changes.count)
            return changes
        }
    }

    /// Takes what waits, and what has come while the changes before it were made; when it took nothing, the batch is
    /// complete.
    ///
    /// Of many clients it leaves half for the next batch: while these changes go to disk and their clients are answered,
    /// those are made. Where the disk takes longer than the changes do, one commit for all is better.
    private func takesMore(into batch: inout Batch) -> Bool {
        let count = batch.changes.count
        guard count < store.options.batchLimit, !batch.changes[0].isAlone else { return false }
        while true {
            let now = DispatchTime.now().uptimeNanoseconds
            let isHalf = state.withLock { state in
                count >= max(Self.share, state.waiting.count) && now - batch.began >= state.commitTime
            }
            if isHalf { return false }
            let changes = take(min(Self.handful, store.options.batchLimit - count))
            batch.changes += changes
            guard changes.isEmpty else { return true }
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
