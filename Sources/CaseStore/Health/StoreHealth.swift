import Complaints
import Synchronization

/// What has gone wrong in a store, whichever of its connections found out.
final class StoreHealth: Sendable {
    /// For how long a batch that failed speaks against the next one, when nobody has tried since.
    private static let memory = ElapsedTime.seconds(10)

    private struct State {
        var latch: WriterLatch?
        var failure: (error: StoreError, at: ElapsedTime)?
        var areCheckpointsFailing = false
        /// The readers whose last read failed for what has nothing to do with what was asked.
        var failingReaders: [ObjectIdentifier: ElapsedTime] = [:]
    }

    private let state = Mutex(State())
    private let options: StoreOptions

    init(options: StoreOptions) {
        self.options = options
    }

    /// Set once, and for good.
    var latch: WriterLatch? { state.withLock(\.latch) }

    /// Why the last batch failed, if it did and that was just now.
    var recentFailure: StoreError? {
        let now = options.uptime
        return state.withLock { state in
            guard let failure = state.failure, now - failure.at < Self.memory else { return nil }
            return failure.error
        }
    }

    /// Latches the writer. The first reason stays. Returns whether this was the first.
    @discardableResult
    func latch(_ latch: WriterLatch, rescue: DatabaseRescue? = nil) -> Bool {
        let isFirst = state.withLock { state in
            if state.latch != nil { return false }
            state.latch = latch
            return true
        }
        if isFirst { options.observe(.latched(latch, rescue: rescue)) }
        return isFirst
    }

    /// Notes that a whole batch failed, though the next one may not.
    func batchFailed(_ error: StoreError) {
        let now = options.uptime
        let isNews = state.withLock { state in
            let isNews = state.failure?.error.isLike(error) != true
            state.failure = (error, now)
            return isNews
        }
        if isNews { options.observe(.failing(error)) }
    }

    func batchCommitted() {
        let isNews = state.withLock { state in
            defer { state.failure = nil }
            return state.failure != nil
        }
        if isNews { options.observe(.recovered) }
    }

    /// Whether some reader could not read just now, whatever it was asked. One that has not been asked again since is
    /// forgotten after a while.
    var isReadFailing: Bool {
        let now = options.uptime
        return state.withLock { state in state.failingReaders.values.contains { now - $0 < Self.memory } }
    }

    func readFailed(by reader: ObjectIdentifier) {
        let now = options.uptime
        state.withLock { $0.failingReaders[reader] = now }
    }

    func readSucceeded(by reader: ObjectIdentifier) {
        state.withLock { _ = $0.failingReaders.removeValue(forKey: reader) }
    }

    /// Notes that a connection has been put in order.
    func healed(_ role: ConnectionRole, _ found: String) {
        options.observe(.healed(connection: role.rawValue, found: found))
    }

    /// Tells that the write-ahead log of a replicated database has got longer than its limit, or is within it again.
    func measuredLog(bytes: Int, limit: Int) {
        options.observe(bytes > limit ? .logTooLong(bytes: bytes, limit: limit) : .logShortAgain)
    }

    /// Notes how a checkpoint went; `failure` in SQLite's words.
    func checkpointed(failure: String? = nil) {
        let isNews = state.withLock { state in
            defer { state.areCheckpointsFailing = failure != nil }
            return !state.areCheckpointsFailing
        }
        if isNews, let failure { options.observe(.checkpointsFailing(failure)) }
    }
}

extension StoreError {
    /// Whether it is the same trouble, whatever its figures.
    fileprivate func isLike(_ other: StoreError) -> Bool {
        switch (self, other) {
        case (.diskFull, .diskFull), (.lowSpace, .lowSpace), (.locked, .locked), (.readOnly, .readOnly): true
        case (.batchFailed(let reason), .batchFailed(let other)): reason == other
        default: false
        }
    }
}
