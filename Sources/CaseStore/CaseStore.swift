import Complaints
import GRDB
public import Hashing

/// One database file: one connection that writes, as many that read as are asked for.
public final class CaseStore: Sendable {
    /// The file.
    public let path: String
    /// The same from the root, as a word of a shell, for hints that a person types elsewhere.
    public var shellWord: String { DatabaseName.shellWord(path) }
    /// What the cursors of this database are signed with.
    public let cursorKey: HMACSHA256
    /// Whether some of the full-text index had yet to be made anew as the store was opened.
    public let isSearchIncomplete: Bool
    let options: StoreOptions
    /// How it takes the names of those who keep promises, and by whose clocks their days are told.
    public var ownerRules: OwnerRules { options.owners }
    let clock: StampClock
    let health: StoreHealth
    let writer: Writer
    let lock: DatabaseLock?
    private let commits: CommitBoard
    /// Goes last: with it SQLite's locks on the file would go.
    private let inode: InodeLock?

    /// Opens the database, makes it if it is not there, and brings its schema up to date. The writer is opened first:
    /// readers need the write-ahead log it makes.
    ///
    /// - Parameter purpose: what it is opened for, when no other process may have it open for a purpose of its own
    ///   meanwhile: "serve". Without one only SQLite's locks stand between this store and others, a transaction at a
    ///   time.
    /// - Throws: `StoreError.unusable` for a file that is not ours, from a newer version, or with an edited migration,
    ///   and `.inUse` when another process has the database for its purpose; `MigrationInterruption` where whoever waits for
    ///   it to be brought up to date has had enough.
    public init(path: String, options: StoreOptions = StoreOptions(), purpose: String? = nil) throws {
        try Self.requireOneName(path: path)
        lock = try purpose.map { purpose throws(StoreError) in
            try DatabaseLock(path: path, purpose: purpose)
        }
        var isMade = false
        let connection: DatabaseQueue
        let committed: Instant
        let epochs: Epochs
        do {
            if lock != nil { isMade = try DatabaseFiles.make(path) }
            inode = try lock.map { _ throws(StoreError) in try InodeLock(path: path) }
            connection = try SQLiteConnection.open(path: path, readonly: false, options: options)
            let sharing = LogSharing(path: path)
            if Replication(path: path, isSaid: options.isReplicated).isThere {
                try connection.inDatabase { try sharing.indexWhatWasLeft($0) }
            }
            (committed, epochs, cursorKey, isSearchIncomplete) = try connection.inDatabase { db in
                _ = try Migrator(path: path).migrate(db, watch: options.migrations)
                try Migrator.dateNewPolicies(db, now: options.wallClock())
                let isIncomplete = try SearchIndex.adopt(db)
                let statements = StatementCache()
                return (
                    try ClockRow.stamp(db, statements), try Epochs.read(db, statements), try CursorKey.obtain(db),
                    isIncomplete
                )
            }
            clock = StampClock(
                committed: committed, wallClock: options.wallClock, bootClock: options.bootClock,
                observe: { options.observe($0.map(StoreEvent.clockDoubted) ?? .clockBelieved) })
            health = StoreHealth(options: options)
            writer = try Writer(
                path: path, connection: connection, sharing: sharing, clock: clock, options: options, health: health)
        } catch {
            // Nobody else has it, so what came about of it is this one's, and goes; the lock last.
            if isMade { DatabaseFiles.remove(path) }
            lock?.withdraw()
            throw (error as? DatabaseError).map { StoreError($0, opening: path) } ?? error
        }
        self.path = path
        self.options = options
        commits = CommitBoard(path: path, isServing: lock != nil)
        writer.fence.saw(epochs)
        // What another process left in the log may be there only in the system's memory, after a sync that failed; what
        // is appended to that would be lost with it. Moved into the database it is written and synced anew.
        writer.checkpoint()
        _ = tick()
    }

    /// Where a service that ends puts a copy of a database that has lost its name.
    package static func rescuedCopy(of path: String) -> String { DatabaseFiles.rescued(path) }

    /// Those that are there, the first one made first.
    package static func rescuedCopies(of path: String) -> [String] {
        DatabaseFiles.names(from: DatabaseFiles.rescued(path)).filter { FileStatus($0) != nil }
    }

    /// The one that a service would make next, beside the database's place: one of before is left alone. Nil where no name is left.
    package static func nextRescuedCopy(of path: String) -> String? {
        DatabaseFiles.freeName(from: DatabaseFiles.rescued(path))
    }

    /// Those of the database's files that others than their owner can read or write.
    public var broadFiles: [String] { DatabaseFiles.broader(of: path) }

    /// A connection of its own for a loop, or for other work on one thread.
    ///
    /// - Parameters:
    ///   - pauses: whether what takes long on it rests now and then, for the sake of all others.
    ///   - waits: whether a read as of the instant of a batch that is being committed waits for it, on its thread; never
    ///     on that of the batch itself. A loop must not, and is told `StoreError.notYetClosed`.
    public func makeReader(pauses: Bool = false, waits: Bool = true) throws -> Reader {
        try makeReader(meter: WorkMeter(pauses: pauses), waits: waits)
    }

    func makeReader(meter: WorkMeter, waits: Bool = true) throws -> Reader {
        try Reader(
            path: path, options: options, clock: clock, closing: waits ? .awaited(clock) : .refused(clock),
            health: health, meter: meter)
    }

    /// The writer that batches: one fsync for all that wait. `deliver` gets a whole batch's answers at once, on the
    /// writer's queue; `prepare` gets them before they are on disk, so that they can be made ready while that takes its
    /// time, and may be called for nothing: when the batch fails, others are delivered.
    public func makeBatchWriter<Delivery: Sendable>(
        prepare: @escaping @Sendable ([Delivery]) -> Void = { _ in },
        deliver: @escaping @Sendable ([Delivery]) -> Void
    ) -> BatchWriter<Delivery> {
        BatchWriter(store: self, prepare: prepare, deliver: deliver)
    }

    /// Makes a change in a batch of its own, and returns when it is on disk.
    public func write<Value>(_ change: (WriteTransaction) throws -> Value) throws -> Value {
        var value: Value?
        let errors = try commit(count: 1) { _, transaction in value = try change(transaction) }
        keepUp()
        if let error = errors[0] { throw error }
        guard let value else { preconditionFailure("a change was kept without a value") }
        return value
    }

    /// Whether the time of the stamp has come that the batch which is being made has.
    var mayCommit: Bool { clock.hasCome }

    func commit(
        count: Int, _ change: (Int, WriteTransaction) throws -> Void
    ) throws(StoreError) -> [(any Error)?] {
        try commit(while: { $0 < count }, change)
    }

    /// As `Writer.commit` does, and tells of it.
    func commit(
        while more: (Int) -> Bool, _ change: (Int, WriteTransaction) throws -> Void
    ) throws(StoreError) -> [(any Error)?] {
        var batch: WriteTransaction?
        let errors = try writer.commit(while: more) { index, transaction in
            batch = transaction
            try change(index, transaction)
        }
        if let batch { commits.publish(CommittedChanges(batch)) }
        return errors
    }

    /// What there is to do once the answers of a batch are out. A failure is seen in how the store is doing, and it is
    /// tried again after the next batch.
    func keepUp() {
        writer.keepLogShort()
        guard writer.isSearchBehind else { return }
        _ = try? commit(count: 1) { _, transaction in try transaction.catchUpSearch() }
    }

    /// Moves the write-ahead log into the database file and empties it. Readers that are still busy only leave some
    /// of it for the next time, as does a failure; after a latch all of it is left.
    public func checkpoint() {
        writer.checkpoint()
    }

    /// Copies the database, with all that was committed, where its file was deleted or has another in its place: for the
    /// end of the process, with which it would be gone.
    ///
    /// - Parameter folders: where it goes when it can't be beside its place.
    /// - Returns: where it is now; nil where the database has its name.
    /// - Throws: what hinders it beside its place.
    public func rescue(orInto folders: [String]) throws -> String? { try writer.rescue(path, orInto: folders) }
}

// MARK: - Who waits for changes
extension CaseStore {
    /// Has `own` told of every batch of this store that is on disk, on the writer's queue and before its answers go out,
    /// and `others` that another process has changed something.
    public func observeCommits(
        own: @escaping @Sendable (CommittedChanges) -> Void, others: @escaping @Sendable () -> Void
    ) {
        commits.observe(own: own, others: others)
    }
}

// MARK: - Reads that take long
extension CaseStore {
    /// Begins a read that may take long, to be ended with `endLongRead`. As long as there is one, the write-ahead log
    /// grows with every change. Past its limit none is begun until it has been emptied, which is tried here. Returns
    /// whether it is begun.
    public func beginLongRead() -> Bool {
        guard !writer.log.isOverLimit || writer.emptyLog() else { return false }
        writer.log.beginLongRead()
        return true
    }

    /// Ends a read that was begun with `beginLongRead`.
    public func endLongRead() {
        writer.log.endLongRead()
    }
}
