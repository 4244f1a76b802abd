/// Makes changes by group commit (see GroupCommit), and hands their answers over, all of a batch in one call, once they are
/// committed. An answer therefore means: on disk.
public final class BatchWriter<Delivery: Sendable>: Sendable {
    private let commits: GroupCommit

    init(
        store: CaseStore, prepare: @escaping @Sendable ([Delivery]) -> Void,
        deliver: @escaping @Sendable ([Delivery]) -> Void
    ) {
        commits = GroupCommit(store: store) {
            prepare(AwaitedChange.answers(of: $0))
        } deliver: {
            deliver(AwaitedChange.answers(of: $0))
        }
    }

    /// How many changes wait.
    public var depth: Int { commits.depth }

    /// What it has done. A change is counted before its answer is delivered.
    public var figures: WriterFigures { commits.figures }

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
        try commits.submit(AwaitedChange(isAlone: isAlone, make: apply, fail: failed))
    }

    /// The same for a change that nobody waits for. Once it is on disk, `committed` gets what came of it, on the writer's
    /// queue.
    public func submit<Value: Sendable>(
        unawaited apply: @escaping @Sendable (WriteTransaction) throws -> Value,
        committed: @escaping @Sendable (Value) -> Void = { _ in },
        failed: @escaping @Sendable (any Error) -> Void
    ) throws(StoreUnavailable) {
        try commits.submit(UnawaitedChange(make: apply, kept: committed, fail: failed))
    }

    /// Has the writer's thread say that it goes on, as soon as it is between two batches; nothing is written.
    public func ask(_ answered: @escaping @Sendable () -> Void) { commits.ask(answered) }

    /// Takes no more changes and returns when those that wait are committed.
    public func stop() { commits.stop() }
}
