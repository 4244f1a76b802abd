import Complaints
import Dispatch
import Foundation
import GRDB
import Glibc
import Synchronization

/// The one connection that writes, used by one batch at a time.
///
/// It is Sendable because all it changes, the names, who is known of owners and customers, the policies, the prepared statements, the gap of the
/// search and the last stamp, is touched only inside `connection.inDatabase`, which runs one block at a time.
final class Writer: @unchecked Sendable {
    private let connection: DatabaseQueue
    private let clock: StampClock
    private let health: StoreHealth
    let fence: EpochFence
    private let files: DatabaseFiles
    private let minFreeSpace: Int
    private let names: NameBook
    private let ended = EndedCustomers()
    private let owners: KnownOwners
    private let statements = StatementCache()
    private let isIndexBehind = Atomic(false)
    private var searchGap = SearchGap()
    /// As the last batch left them.
    private var policies: PolicyRules?
    /// The record's, as the last batch left it: another one is another process's.
    private var lastStamp: Instant?
    let log: Checkpointer

    private static let begin = SQL("BEGIN IMMEDIATE")
    private static let commit = SQL("COMMIT")
    private static let rollBack = SQL("ROLLBACK")

    init(
        path: String, connection: DatabaseQueue, sharing: LogSharing, clock: StampClock, options: StoreOptions,
        health: StoreHealth
    ) throws {
        self.connection = connection
        names = NameBook(statements)
        owners = KnownOwners(options.owners)
        self.clock = clock
        self.health = health
        fence = EpochFence(isOpen: options.writesWhenSuperseded, observe: options.observe)
        files = DatabaseFiles(path: path)
        minFreeSpace = options.minFreeSpace ?? files.usualReserve
        log = try Checkpointer(path: path, sharing: sharing, options: options, health: health)
        connection.inDatabase { log.watch($0) }
    }

    /// With the last connection to a database SQLite moves the write-ahead log into it. After a latch the log is to stay
    /// as it is for the next process, so the connection is left to the end of this one.
    deinit {
        if health.latch != nil { _ = Unmanaged.passRetained(connection) }
    }

    /// Makes changes in one transaction, as long as there are `more`, and commits once: one fsync serves all. Both get a
    /// change's index, and may be called again from the first one on: see `WriteTransaction.attempt`. After the last one
    /// there is only the commit. Returns, for each, the error it was rolled back with, if any.
    ///
    /// - Throws: `StoreError` when the batch as a whole failed and nothing of it is kept (or, for `outcomeUnknown`,
    ///   when nobody can tell).
    func commit(
        while more: (Int) -> Bool, _ change: (Int, WriteTransaction) throws -> Void
    ) throws(StoreError) -> [(any Error)?] {
        try requireWritable()
        var errors: [(any Error)?] = []
        var isCommitting = false
        do {
            errors = try connection.inDatabase { db in
                do {
                    return try commit(while: more, hasSavepoints: false, db, &isCommitting, change)
                } catch is SavepointNeeded {
                    return try commit(while: more, hasSavepoints: true, db, &isCommitting, change)
                }
            }
        } catch {
            throw failure(of: error, isCommitting: isCommitting)
        }
        // Only now it is known to be where the next process will look for it.
        if isFileLost { throw .outcomeUnknown }
        health.batchCommitted()
        return errors
    }

    private func commit(
        while more: (Int) -> Bool, hasSavepoints: Bool, _ db: Database, _ isCommitting: inout Bool,
        _ change: (Int, WriteTransaction) throws -> Void
    ) throws -> [(any Error)?] {
        try health.requireIdle(db, .writer)
        try statements.run(Self.begin, db)
        defer { clock.endBatch() }
        do {
            let changesBefore = db.totalChangesCount
            let last = try ClockRow.stamp(db, statements)
            if last != lastStamp { forget() }
            fence.saw(try Epochs.read(db, statements))
            if let refusal = fence.refusal { throw refusal }
            let stamp = try clock.beginBatch(after: last)
            let transaction = WriteTransaction(
                db, names: names, ended: ended, owners: owners, statements: statements, now: stamp,
                log: try LogWriter(db, statements),
                hasSavepoints: hasSavepoints)
            transaction.record.policiesRead = policies
            var errors: [(any Error)?] = []
            var gap = searchGap
            while more(errors.count) {
                errors.append(try transaction.attempt { try change(errors.count, transaction) }.error)
            }
            let changes = db.totalChangesCount - changesBefore
            // What is this file's alone is no part of the record, and moves no clock of it.
            let isRecorded = changes > transaction.localChanges
            if isRecorded { try ClockRow.set(stamp, db, statements) }
            if changes > 0 {
                gap = try searchGap.after(transaction)
                isIndexBehind.store(gap.isWorthClosing, ordering: .relaxed)
            }
            let epochs = transaction.notesEpoch ? try Epochs.read(db, statements) : nil
            clock.waitOut(stamp)
            isCommitting = true
            try statements.run(Self.commit, db)
            names.committed()
            if let epochs { fence.saw(epochs) }
            if isRecorded { clock.saw(record: stamp) }
            lastStamp = isRecorded ? stamp : last
            searchGap = gap
            policies = transaction.record.policiesRead
            if transaction.leavesTraces { log.requestEmptying() }
            return errors
        } catch {
            names.rollBack(to: 0)
            forget()
            try rollBack(db, after: error)
            throw error
        }
    }

    /// Another process has written to the record, or a batch is taken back.
    private func forget() {
        names.forgetAlike()
        ended.forget()
        owners.forget()
        policies = nil
    }

    /// Takes a batch back. After some errors SQLite has done so itself.
    ///
    /// - Throws: `StoreError.batchFailed` when that fails as well. The next batch tries it again before it begins.
    private func rollBack(_ db: Database, after cause: any Error) throws {
        guard db.isInsideTransaction else { return }
        do {
            try statements.run(Self.rollBack, db)
        } catch {
            throw StoreError.batchFailed("\(cause), and it could not be taken back: \(error)")
        }
    }

    /// Whether the full-text index is so far behind that it is worth an update.
    var isSearchBehind: Bool { isIndexBehind.load(ordering: .relaxed) }

    /// What there is to do once the answers of a batch are out.
    func keepLogShort() {
        log.watchLength()
        guard log.isDue() else { return }
        connection.inDatabase { log.keepShort($0) }
    }

    /// Empties the log if it is over its limit. Returns whether a read may take long now.
    func emptyLog() -> Bool {
        connection.inDatabase { log.empty($0) }
    }

    /// Moves the write-ahead log into the database file and empties it, as far as readers let it. After a latch the
    /// log stays as it is: the next process reads it.
    func checkpoint() {
        guard health.latch == nil else { return }
        connection.inDatabase { log.finish($0) }
    }
}

// MARK: - What stands against a commit
extension Writer {
    /// Whether a commit may be tried.
    var writing: WritingState {
        _ = isFileLost
        if let latch = health.latch { return .latched(latch) }
        if let refusal = fence.refusal { return .failing(refusal) }
        if let shortage { return .failing(shortage) }
        if let trouble = clock.check().trouble { return .failing(.clock(trouble)) }
        return health.recentFailure.map(WritingState.failing) ?? .open
    }

    /// The bytes that may still be written on the disk; nil when nobody can tell.
    var freeBytes: Int? { files.freeBytes }

    private func requireWritable() throws(StoreError) {
        _ = isFileLost
        if let latch = health.latch { throw .latched(latch) }
        if let refusal = fence.refusal { throw refusal }
        if let shortage {
            health.batchFailed(shortage)
            throw shortage
        }
    }

    private var shortage: StoreError? {
        guard minFreeSpace > 0, let free = files.freeBytes, free < minFreeSpace else { return nil }
        return .lowSpace(free: free, needed: minFreeSpace)
    }

    /// Looks whether the files still have their names, and latches the writer if not. What is committed is then moved
    /// into the database's file: it may still be linked under another name or be copied from this process, and a log
    /// that stays behind would be taken for that of the file which has the name now.
    private var isFileLost: Bool {
        guard let path = files.lost else { return false }
        if health.latch(.fileLost(path: path), rescue: files.rescue) {
            DispatchQueue.global().async { [self] in connection.inDatabase { log.finish($0, isLost: true) } }
        }
        return true
    }

    /// Copies the database, with all that was committed, where it has lost its name: with the last process that has it open
    /// its file ends. A copy of before is left alone, and another name is taken.
    ///
    /// - Parameter folders: where it goes, by the same name, when it can't be beside its place: that folder may be gone, too.
    /// - Returns: where it is now; nil where the database has its name.
    /// - Throws: what hinders it beside its place.
    func rescue(_ path: String, orInto folders: [String]) throws -> String? {
        guard files.isDatabaseLost else { return nil }
        _ = isFileLost
        let place = DatabaseFiles.rescued(path)
        do {
            return try copy(to: place)
        } catch {
            let name = URL(filePath: place).lastPathComponent
            for folder in folders {
                if let other = try? copy(to: "\(folder)/\(name)") { return other }
            }
            throw error
        }
    }

    /// Copies the database to a place, or to one beside it where there is something already; where that comes to nothing, it
    /// leaves nothing there.
    private func copy(to place: String) throws -> String {
        guard let free = DatabaseFiles.freeName(from: place) else {
            throw StoreError.unusable("\(place) is there already, and 98 more.")
        }
        close(try NewFile.make(free, for: .folder))
        do {
            let copy = try DatabaseQueue(path: DatabaseName.plain(free))
            try connection.backup(to: copy)
            try copy.close()
            try NewFile.syncFolder(of: free)
            return free
        } catch {
            DatabaseFiles.remove(free)
            throw error
        }
    }

    /// What an error means for the batch it ended, and for those to come.
    private func failure(of error: any Error, isCommitting: Bool) -> StoreError {
        let failure: StoreError
        switch error {
        case let error as DatabaseError:
            switch StoreError(error) {
            // SQLite knows that nothing of it can be taken for a commit.
            case .diskFull where error.resultCode == .SQLITE_FULL || !isCommitting: failure = .diskFull
            case .locked: failure = .locked
            // A COMMIT that failed on its way to the disk may have reached it all the same.
            case _ where isCommitting:
                health.latch(.commitFailed(error.words))
                return .outcomeUnknown
            case .damaged(let reason):
                health.latch(.damaged(reason))
                return .latched(.damaged(reason))
            case .readOnly: failure = .readOnly
            default: failure = .batchFailed(error.words)
            }
        // Told of by the clock, and by the fence.
        case let error as StoreError where error.isOfStanding: return error
        case let error as StoreError: failure = error
        default: failure = .batchFailed("\(error)")
        }
        health.batchFailed(failure)
        return failure
    }
}
