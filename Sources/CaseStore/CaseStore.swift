public import Complaints
import GRDB
public import Hashing
import Migrations

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
    private let clock: StampClock
    private let health: StoreHealth
    private let writer: Writer
    private let lock: DatabaseLock?
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
            writer = try Writer(path: path, connection: connection, clock: clock, options: options, health: health)
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

    /// Looks whether a database can be opened under a name, as far as that depends on the name. It need not be there. Not
    /// to be asked by a process that has it open already, whose locks would go.
    ///
    /// - Parameter writing: whether it is to be written.
    /// - Throws: `StoreError.unusable` for what is no regular file, for the name of a part of another one, for one of several
    ///   names of the file and for that of a database that is gone but for its log, and `.inUse` when a process has the file under another name.
    public static func requireOneName(path: String, writing: Bool = true) throws(StoreError) {
        try DatabaseFiles.requireRegular(path)
        if writing {
            try DatabaseFiles.requireOwnName(path)
            try DatabaseFiles.requireWhole(path)
        }
        try DatabaseFiles.requireOneName(path, writing: writing)
    }

    /// Where a service that ends puts a copy of a database that has lost its name.
    package static func rescuedCopy(of path: String) -> String { DatabaseFiles.rescued(path) }

    /// The migrations a database still needs, without touching it.
    ///
    /// - Throws: as `init` does.
    public static func pendingMigrations(path: String) throws -> [String] {
        let connection = try SQLiteConnection.openStill(path: path, options: StoreOptions())
        do {
            return try connection.unsafeRead { try Migrator(path: path).missing($0).map(\.name) }
        } catch let error as DatabaseError {
            throw StoreError(error, opening: path)
        }
    }

    /// Whether a token was ever made in a database; nil where there is none yet. Nothing is made or changed for that.
    ///
    /// - Throws: as `init` does, as far as that can be told beforehand.
    public static func hasTokens(path: String, options: StoreOptions = StoreOptions()) throws -> Bool? {
        try requireOneName(path: path)
        guard FileStatus(path) != nil else { return nil }
        do {
            return try SQLiteConnection.openStill(path: path, options: options).unsafeRead { db in
                _ = try Migrator(path: path).missing(db)
                let table = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'token')"
                guard try db.first(table, { $0.flag(0) }) == true else { return false }
                return try db.first("SELECT EXISTS (SELECT 1 FROM token)") { $0.flag(0) }
            }
        } catch let error as DatabaseError {
            throw StoreError(error, opening: path)
        }
    }

    /// Those of the database's files that others than their owner can read or write.
    public var broadFiles: [String] { DatabaseFiles.broader(of: path) }

    /// A connection to a database that is only looked at: nothing of it is changed, and one that another process
    /// serves can be looked at meanwhile.
    ///
    /// - Throws: as `init` does, and `StoreError.unusable` for a database that needs a migration.
    public static func openReader(path: String, options: StoreOptions = StoreOptions()) throws -> Reader {
        let missing = try pendingMigrations(path: path)
        guard missing.isEmpty else {
            throw StoreError.unusable(
                "\(path) needs \(missing.joined(separator: ", ")): run casekeeper migrate first.")
        }
        return try Reader(
            path: path, options: options,
            clock: StampClock(committed: .earliest, wallClock: options.wallClock, bootClock: options.bootClock),
            closing: .elsewhere(ForeignBatches(path: path, options: options)), health: StoreHealth(options: options))
    }

    /// The same for a look that leaves not even a file beside the database: where nobody has it open, what somebody writes
    /// meanwhile is not seen.
    ///
    /// - Throws: as `openReader` does.
    public static func openStillReader(path: String) throws -> Reader {
        let missing = try pendingMigrations(path: path)
        guard missing.isEmpty else {
            throw StoreError.unusable("\(path) needs \(missing.joined(separator: ", ")): run casekeeper migrate first.")
        }
        let options = StoreOptions()
        return Reader(
            try SQLiteConnection.openStill(path: path, options: options), options: options,
            clock: StampClock(committed: .earliest, wallClock: options.wallClock, bootClock: options.bootClock),
            closing: .elsewhere(ForeignBatches(path: path, options: options)), health: StoreHealth(options: options))
    }

    /// A connection to a new database that is in memory alone: what there would be where nothing is yet.
    public static func openReaderOfNothing(options: StoreOptions = StoreOptions()) throws -> Reader {
        let connection = try SQLiteConnection.openInMemory()
        try connection.inDatabase { db in
            _ = try Migrator(path: "a new database").migrate(db)
            try Migrator.dateNewPolicies(db, now: options.wallClock())
            try db.run("PRAGMA query_only = ON")
        }
        let clock = StampClock(committed: .earliest, wallClock: options.wallClock, bootClock: options.bootClock)
        return Reader(
            connection, options: options, clock: clock, closing: .awaited(clock), health: StoreHealth(options: options))
    }

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
    /// - Returns: where it is now, beside its place; nil where the database has its name.
    /// - Throws: what hinders it.
    public func rescue() throws -> String? { try writer.rescue(path) }
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

// MARK: - How it is doing
extension CaseStore {
    /// Whether changes are kept now.
    public var writing: WritingState { writer.writing }

    /// Whether a reader could not read just now, a loop's or another, whatever it was asked.
    public var isReadFailing: Bool { health.isReadFailing }

    /// Whether another service goes on with the record, so that nothing is written here.
    public var isSuperseded: Bool { writer.fence.refusal != nil }

    /// Why nothing is written until a restart, if so.
    public var latch: WriterLatch? { health.latch }

    /// How the write-ahead log is doing.
    public var logFigures: LogFigures { writer.log.figures }

    /// The bytes that may still be written on the disk; nil when nobody can tell.
    public var freeBytes: Int? { writer.freeBytes }
}

// MARK: - What time it is
extension CaseStore {
    /// What time it is, as the stamps have it.
    public var time: Instant { clock.check().now }

    /// Whether stamps lie ahead of the wall clock, which was set back: they go on from where they were.
    public var isWallBehindStamps: Bool { clock.isWallBehindStamps }

    /// Why the wall clock is not believed, if so: then no change is kept.
    public var clockTrouble: ClockTrouble? { clock.check().trouble }

    /// Looks at the clocks, which is to be done once a second: whether the wall clock has leapt, is back again, or is to be
    /// believed on an operator's word. Returns what time it is; nil while the wall clock is not believed.
    public func tick() -> Instant? {
        var (now, trouble) = clock.check()
        if let booted = lock?.acceptance {
            let refusal = clock.accept(booted: booted)
            options.observe(refusal.map { .clockNotAccepted($0.text) } ?? .clockAccepted(trouble))
            (now, trouble) = clock.check()
            // With that the operator's word is gone, and their command sees what came of it.
            publishClock(always: true)
        } else {
            publishClock()
        }
        return trouble == nil ? now : nil
    }

    /// For the commands beside this process.
    private func publishClock(always: Bool = false) {
        if let lock, let booted = clock.booted { lock.publish(booted: booted, always: always) }
    }

    /// Another process has changed something, by a clock that may have been wrong; or has seen another epoch.
    public func saw(record: Instant, _ epochs: Epochs) {
        clock.saw(record: record)
        writer.fence.saw(epochs)
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
