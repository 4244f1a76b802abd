import Complaints
import GRDB
import GRDBSQLite
import Synchronization

/// Checkpointer of the write-ahead log (WAL), which it keeps short. What is in it is copied into the database from time to time (a checkpoint), and
/// then it begins anew; but what a reader has not finished with can be neither copied nor overwritten, so a reader that
/// stays lets it grow.
final class Checkpointer: Sendable {
    /// How far a checkpoint goes.
    private enum Mode {
        /// As far as the readers let it, without waiting.
        case passive
        /// To the end, and then it empties the log. Waits for readers that long, and holds up changes meanwhile.
        case truncate(patience: ElapsedTime)
    }

    /// How far the log is copied beside the changes.
    private enum Copying {
        case idle, running, done
    }

    private struct State {
        var figures = LogFigures()
        var copying = Copying.idle
        var longReads = 0
        /// The length after the last batch.
        var bytes = 0
        /// The length at which it is copied again, when that did not get it shorter the last time.
        var retryAt = 0
        /// Whether it was over its limit, though Litestream should have had it begin anew.
        var isOver = false
        /// Whether something in it was erased.
        var mustBeEmptied = false
    }

    /// Copied at this length: 40 MiB, and less where less is wanted in all.
    private let usualBytes: Int
    private let limit: Int
    private let busyTimeout: ElapsedTime
    private let gauge = WALGauge()
    private let replication: Replication
    private let sharing: LogSharing
    private let health: StoreHealth
    private let state = Mutex(State())
    /// SQLite lets one connection copy the log while another goes on writing to it.
    private let side: DatabaseQueue

    /// How long changes are held up for readers on the way of an empty log. Once all of it is copied no new reader
    /// needs it, so this waits only for those that are there.
    private static let patience = ElapsedTime(milliseconds: 100)

    init(path: String, sharing: LogSharing, options: StoreOptions, health: StoreHealth) throws {
        side = try SQLiteConnection.openSide(path: path, options: options)
        limit = options.logLimit
        usualBytes = min(40 << 20, limit * 5 / 8)
        busyTimeout = options.busyTimeout
        replication = Replication(path: path, isSaid: options.isReplicated)
        self.sharing = sharing
        self.health = health
    }

    var figures: LogFigures {
        state.withLock { state in
            var figures = state.figures
            figures.bytes = gauge.bytes
            figures.limit = limit
            figures.isReplicated = replication.isThere
            return figures
        }
    }

    var isOverLimit: Bool { gauge.bytes > limit }

    func watch(_ db: Database) {
        gauge.watch(db)
    }

    /// Counts a read that takes long: while there is one the log can't be emptied, and is not tried to be.
    func beginLongRead() {
        state.withLock { $0.longReads += 1 }
    }

    func endLongRead() {
        state.withLock { $0.longReads -= 1 }
    }

    /// Has the log emptied as soon as no reader needs it: what was erased from the database stands in it until then.
    func requestEmptying() {
        state.withLock { $0.mustBeEmptied = true }
    }

    /// Whether there is something to do, to be asked after each batch.
    func isDue() -> Bool {
        let bytes = gauge.bytes
        return state.withLock { state in
            if bytes < state.bytes { state.retryAt = 0 }
            state.bytes = bytes
            if state.copying == .running, bytes <= limit { return false }
            return bytes >= max(usualBytes, state.retryAt)
                || (state.mustBeEmptied && state.longReads == 0 && !replication.isThere)
        }
    }

    /// What there is to do then.
    func keepShort(_ db: Database) {
        guard isDue(), health.latch == nil else { return }
        guard !isLeftToLitestream else {
            // It is asked again after as much more as anything else that is in the way.
            state.withLock { $0.retryAt = gauge.bytes + limit / 16 }
            return
        }
        let hasTraces = state.withLock { $0.mustBeEmptied && $0.longReads == 0 }
        if hasTraces, run(.truncate(patience: Self.patience), db) { return }
        let bytes = gauge.bytes
        if !replication.isThere, beginsCopy() { return }
        let isAlone = state.withLock { $0.longReads == 0 }
        run(bytes > limit && isAlone ? .truncate(patience: Self.patience) : .passive, db)
        // As long as it has not begun anew, because of a reader that is in the way, changes are not held up with every
        // batch.
        state.withLock { $0.retryAt = gauge.bytes == 0 ? 0 : bytes + limit / 16 }
    }

    /// To be asked after each batch: tells when the log of a replicated database is longer than its limit, and when it is not
    /// any more.
    func watchLength() {
        let bytes = gauge.bytes
        let isOver = bytes > limit
        guard isOver != state.withLock({ $0.isOver }) else { return }
        guard !isOver || replication.isThere else { return }
        state.withLock { $0.isOver = isOver }
        health.measuredLog(bytes: bytes, limit: limit)
    }

    /// Has the log copied while changes go on. That is most of the work, and takes as long as the disk needs; what they
    /// have written meanwhile is copied after it with them waiting, so that the log can begin anew. They wait for all of
    /// it only when they are so fast that it gets over its limit. Returns false when that copy is made.
    private func beginsCopy() -> Bool {
        let isIdle = state.withLock { state in
            defer { if state.copying == .idle { state.copying = .running } }
            return state.copying == .idle
        }
        guard isIdle else {
            endCopy()
            return false
        }
        side.asyncWriteWithoutTransaction { [self] db in
            if health.latch == nil { run(.passive, db, isLast: false) }
            state.withLock { $0.copying = .done }
        }
        return true
    }

    /// Waits for the copy that is being made, if there is one.
    private func endCopy() {
        side.inDatabase { _ in }
        state.withLock { $0.copying = .idle }
    }

    /// Empties the log if it is over its limit. Returns whether a read may take long now: after a latch the log is not
    /// emptied any more, but does not grow either.
    func empty(_ db: Database) -> Bool {
        guard isOverLimit, health.latch == nil, !replication.isThere else { return true }
        return run(.truncate(patience: Self.patience), db)
    }

    /// Empties the log whatever its length, and waits for readers as long as for other processes.
    ///
    /// - Parameter isLost: whether the database has lost its name: then its log is nobody else's.
    func finish(_ db: Database, isLost: Bool = false) {
        guard isLost || !isLeftToLitestream else { return }
        run(.truncate(patience: busyTimeout), db)
    }

    /// Whether the log is Litestream's to keep short (0.5.17). While that runs it holds a read transaction, but for moments in which
    /// it moves the log into the database itself. Whoever empties the log in one of these takes away what Litestream has not read
    /// yet; and when it had read all that there was shortly before, it holds that for its own doing and goes on, with a replica
    /// that is damaged from there on, without a word.
    private var isLeftToLitestream: Bool { replication.isThere && sharing.isShared }

    /// - Parameter isLast: whether what it leaves is left for a reader's sake, not only until changes wait for it.
    @discardableResult
    private func run(_ mode: Mode, _ db: Database, isLast: Bool = true) -> Bool {
        var length: CInt = 0
        var copied: CInt = 0
        let code: CInt
        // While Litestream does not run, the log must not begin anew over its old frames: what it had not read of them yet is then
        // lost to its replica (0.5.17, where the last frame that it had read still stands). From an empty log, it begins with the
        // whole database as it starts.
        let mode = replication.isThere ? .truncate(patience: Self.patience) : mode
        switch mode {
        case .passive:
            code = sqlite3_wal_checkpoint_v2(db.sqliteConnection, nil, SQLITE_CHECKPOINT_PASSIVE, &length, &copied)
        case .truncate(let patience):
            // For another checkpoint SQLite does not wait.
            endCopy()
            sqlite3_busy_timeout(db.sqliteConnection, CInt(patience.milliseconds))
            code = sqlite3_wal_checkpoint_v2(db.sqliteConnection, nil, SQLITE_CHECKPOINT_TRUNCATE, &length, &copied)
            sqlite3_busy_timeout(db.sqliteConnection, CInt(busyTimeout.milliseconds))
        }
        switch ResultCode(rawValue: code).primaryResultCode {
        case .SQLITE_OK where length == copied:
            if case .truncate = mode {
                gauge.set(frames: 0)
                state.withLock { $0.mustBeEmptied = false }
            }
            state.withLock { $0.figures.complete += 1 }
            health.checkpointed()
            return true
        case .SQLITE_OK, .SQLITE_BUSY, .SQLITE_LOCKED:
            if isLast { state.withLock { $0.figures.partial += 1 } }
        default:
            state.withLock { $0.figures.failed += 1 }
            fail(ResultCode(rawValue: sqlite3_extended_errcode(db.sqliteConnection)))
        }
        return false
    }

    /// Only a full disk gets another try: what SQLite had copied before a sync that failed it would not copy again,
    /// though the system may have dropped it.
    private func fail(_ code: ResultCode) {
        switch code.primaryResultCode {
        case .SQLITE_FULL: health.checkpointed(failure: "\(code)")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: health.latch(.damaged("\(code)"))
        default: health.latch(.checkpointFailed("\(code)"))
        }
    }
}
