import Complaints
import Foundation
import GRDB
import GRDBSQLite
import Migrations

/// A copy of a database, on its way to its place: a backup, or a backup that is restored. It is made under another
/// name beside its place, in one file that needs no other, and takes its place only when it is whole.
///
/// `fill`, `verify` and `place` come in this order and then `discard`, all on one thread: SQLite makes the file and those beside
/// it anew where they are gone, so nobody else may take them away meanwhile. Who wants it no more says so (`isUnwanted`).
public final class DatabaseCopy: Sendable {
    /// How many steps of SQLite's virtual machine there are between two looks whether it is wanted.
    private static let stride: Int32 = 10_000
    /// So many that progress shows and a snapshot is not held for longer than it has to be.
    private static let pagesPerStep: CInt = 256

    private let file: PendingFile
    private let lock: DatabaseLock?
    private let isUnwanted: @Sendable () -> Bool

    /// Makes room for a copy at `place`. Without `replaces` there must be nothing there; with it, a database of this
    /// program or an empty file.
    ///
    /// - Parameters:
    ///   - purpose: what for, when `place` is that of a database which no other process may have meanwhile: "restore".
    ///     Then a symbolic link there is followed, as whenever a database is opened, and what is there may be a damaged database
    ///     of this program's (`DatabaseRemains`). Without one, as for a backup, only SQLite's locks are asked.
    ///   - source: the database that will be copied. Where root makes a backup of it in a folder of its owner's, the backup is
    ///     theirs, too; a database is its folder's owner's always.
    ///   - isUnwanted: whether whoever waits for it has had enough.
    /// - Throws: `CopyError`, and `StoreError.inUse` when another process has the database for its purpose.
    public init(
        at place: String, replaces: Bool, purpose: String? = nil, of source: String? = nil,
        until isUnwanted: @escaping @Sendable () -> Bool = { false }
    ) throws {
        self.isUnwanted = isUnwanted
        let isLink = FileStatus(place, followsLink: false)?.isLink == true
        let place = purpose != nil && isLink ? DatabaseName.resolved(place) : place
        try DatabaseFiles.requireOwnName(place)
        if purpose != nil || replaces, let obstacle = DatabaseFiles.strange(beside: place) {
            throw StoreError.unusable(obstacle)
        }
        if purpose != nil { try DatabaseFiles.requireOneName(place, writing: true) }
        let isDamaged = purpose != nil && replaces && DatabaseRemains.areOurs(path: place)
        let replaceable = PendingFile.Replaceable.file("database of casekeeper") {
            isDamaged || DatabaseHeader.isOurs(descriptor: $0)
        }
        if !replaces {
            // What could not be replaced either is told as such.
            try PendingFile.check(place, replaceable, FileNames())
            if purpose != nil, let left = DatabaseFiles.leftover(of: place) { throw CopyError.alreadyThere(left) }
        }
        let sourceOwner = source.flatMap { FileStatus($0)?.owner.user }
        let owner = purpose == nil ? sourceOwner.map(NewFile.Owner.folderOf) ?? .maker : .folder
        let file = try PendingFile(at: place, replacing: replaces ? replaceable : .nothing, for: owner)
        do {
            lock = try purpose.map { try DatabaseLock(path: place, purpose: $0) }
        } catch {
            file.discard()
            throw error
        }
        self.file = file
    }

    /// Copies the database `source`, as it is at one moment, while others go on to write to it.
    ///
    /// The moment is held by a read transaction: SQLite begins a backup anew whenever another process has written,
    /// which it would under a steady load for ever. What it costs is that the write-ahead log can't begin anew until
    /// the copy is done.
    ///
    /// - Throws: `CopyError.unfit` for a file that is no database of ours or of a newer version, `.ownSource`, and
    ///   `StoreError`; `ReadInterruption` once it is not wanted any more.
    public func fill(from source: String, progress: @escaping (CopyProgress) -> Void = { _ in }) throws {
        try wanted { try fillWanted(from: source, progress) }
    }

    private func fillWanted(from source: String, _ progress: @escaping (CopyProgress) -> Void) throws {
        // Neither is one of the files that belong to the other.
        guard !FileNames(ofDatabase: source).contain(file.place),
            !FileNames(ofDatabase: file.place).contain(source)
        else {
            throw CopyError.ownSource(source)
        }
        do {
            // Before SQLite puts files beside it, which stay where it can't be read.
            _ = try CaseStore.pendingMigrations(path: source)
            try Self.requireUncut(source)
            let reading = try SQLiteConnection.open(path: source, readonly: true, options: StoreOptions())
            try reading.unsafeRead { db in
                try db.discarding("BEGIN") {
                    try Self.requireOurs(db, path: source)
                    try copy(db, progress)
                }
            }
            try seal()
        } catch let error as DatabaseError {
            guard case .unusable(let reason) = StoreError(error, opening: source) else {
                throw StoreError(error, opening: source)
            }
            throw CopyError.unfit(reason)
        } catch StoreError.unusable(let reason) {
            throw CopyError.unfit(reason)
        }
    }

    /// Verifies the copy, as `Reader.verify` does. One of an older version is brought up to date for that, and then
    /// left as it was: so it also shows that it can be.
    ///
    /// - Parameter asItIs: whether one that can't be brought up to date is verified as it is, as far as that goes: a backup is
    ///   the way back just then.
    /// - Throws: `StoreError`; it is `.unusable` where the copy can't be brought up to date, and is not to be taken so.
    ///   `ReadInterruption` once it is not wanted any more.
    public func verify(asItIs: Bool = false) throws -> CopyVerification {
        try wanted { try verifyWanted(asItIs: asItIs) }
    }

    private func verifyWanted(asItIs: Bool) throws -> CopyVerification {
        do {
            return try open().inDatabase { db in
                watch(db)
                do {
                    return try db.discarding("BEGIN IMMEDIATE") { try verifyMigrated(db) }
                } catch let failure as MigrationFailure where asItIs {
                    watch(db)
                    return try db.discarding("BEGIN") { try verifyUnmigrated(db, failure) }
                }
            }
        } catch let error as DatabaseError {
            throw StoreError(error, opening: file.place)
        } catch let failure as MigrationFailure {
            throw StoreError.unusable(
                "the copy can't be brought to this version's shape: \(failure). Use the version that made it.")
        }
    }

    private func verifyMigrated(_ db: Database) throws -> CopyVerification {
        let migrations = try Migrator(path: file.place).applyMissing(db)
        let statements = StatementCache()
        try SearchIndex(db, statements, NameBook(statements)).adopt()
        var verifier = Verifier(Self.transaction(db))
        return CopyVerification(
            verification: try verifier.verify(head: nil, canWrite: true), cases: try Self.count("complaint_case", db),
            promises: try Self.count("promise", db), pendingMigrations: migrations, shortfall: nil)
    }

    private func verifyUnmigrated(_ db: Database, _ failure: MigrationFailure) throws -> CopyVerification {
        var verifier = Verifier(Self.transaction(db))
        return CopyVerification(
            verification: try verifier.verifyFile(), cases: try Self.count("complaint_case", db),
            promises: try Self.count("promise", db),
            pendingMigrations: try Migrator(path: file.place).missing(db).map(\.name), shortfall: "\(failure)")
    }

    private static func transaction(_ db: Database) -> ReadTransaction {
        ReadTransaction(db, names: NameBook(), statements: StatementCache(), asOf: .latest, committed: .latest)
    }

    /// Puts the copy in its place, and returns when it is there for good. A database that was there is whole up to
    /// that moment, whenever the power fails.
    ///
    /// - Returns: what was in the database whose place it took; nil when there was none, or none that can be read.
    /// - Throws: `CopyError.inUse` when a process has that database open, `.alreadyThere` when there is one by now,
    ///   and `.file`; `ReadInterruption` where it is not wanted any more. Once it has begun it comes to its end.
    @discardableResult
    public func place() throws -> DisplacedContents? {
        guard !isUnwanted() else { throw ReadInterruption() }
        try file.checkPlace()
        let displaced = try DisplacedDatabase(at: file.place)
        do {
            // The names that went have to be gone before the new one comes.
            try file.syncFolder()
            try file.moveIntoPlace(keepsOwner: lock != nil)
        } catch {
            displaced.release()
            throw error
        }
        displaced.release()
        return displaced.contents
    }

    /// Gives the copy up and leaves nothing of it; false when it is in its place already.
    @discardableResult
    public func discard() -> Bool {
        guard file.discard() else { return false }
        lock?.withdraw()
        return true
    }

    /// Runs what takes long for as long as it is wanted. Whatever it came to after that is of no use.
    private func wanted<Value>(_ body: () throws -> Value) throws -> Value {
        guard !isUnwanted() else { throw ReadInterruption() }
        let outcome = Result { try body() }
        guard !isUnwanted() else { throw ReadInterruption() }
        return try outcome.get()
    }

    /// Has SQLite end what runs on a connection once it is not wanted.
    private func watch(_ db: Database) {
        sqlite3_progress_handler(
            db.sqliteConnection, Self.stride,
            { copy in
                guard let copy else { return 0 }
                return Unmanaged<DatabaseCopy>.fromOpaque(copy).takeUnretainedValue().isUnwanted() ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// With a write-ahead log what is missing may stand there.
    private static func requireUncut(_ path: String) throws(StoreError) {
        guard FileStatus(DatabaseName.resolved(path) + "-wal") == nil, DatabaseHeader.isCutShort(path: path) else {
            return
        }
        throw .unusable("\(path) is cut short: it has fewer pages than it says. Take another one, such as a backup.")
    }

    private static func requireOurs(_ db: Database, path: String) throws {
        _ = try Migrator(path: path).missing(db)
        guard try Migrator.applicationID(db) == SQLiteConnection.applicationID else {
            throw CopyError.unfit("\(path) is empty")
        }
    }

    private func copy(_ source: Database, _ progress: @escaping (CopyProgress) -> Void) throws {
        var configuration = Configuration.unobserved("casekeeper.copy")
        configuration.prepareDatabase { db in
            // Until it is whole nobody needs it: it is brought to disk once, at the end.
            try db.run("PRAGMA locking_mode = EXCLUSIVE")
            try db.run("PRAGMA journal_mode = OFF")
            try db.run("PRAGMA synchronous = OFF")
        }
        let target = try DatabaseQueue(path: DatabaseName.plain(file.path), configuration: configuration)
        try file.requireOpen()
        try target.writeWithoutTransaction { db in
            try source.backup(to: db, pagesPerStep: Self.pagesPerStep) {
                guard !self.isUnwanted() else { throw ReadInterruption() }
                progress(CopyProgress(done: $0.completedPageCount, total: $0.totalPageCount))
            }
        }
        try target.close()
    }

    /// Takes the copy out of WAL mode, so that it is read from wherever it lies without a file beside it; the service
    /// puts it back.
    private func seal() throws {
        let connection = try open()
        try connection.inDatabase { db in
            let mode = try db.first("PRAGMA journal_mode = DELETE") { $0.text(0) }
            guard mode == "delete" else { throw StoreError.failed("the copy stays in journal mode \(mode ?? "")") }
        }
        try connection.close()
    }

    private func open() throws -> DatabaseQueue {
        var configuration = Configuration.unobserved("casekeeper.copy")
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            try db.run("PRAGMA locking_mode = EXCLUSIVE")
            try db.run("PRAGMA temp_store = MEMORY")
        }
        let connection = try DatabaseQueue(path: DatabaseName.plain(file.path), configuration: configuration)
        try file.requireOpen()
        return connection
    }

    private static func count(_ table: String, _ db: Database) throws -> Int {
        // A database whose first steps were not applied has none.
        let exists = try db.first("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '\(table)')") { $0.flag(0) }
        guard exists == true else { return 0 }
        return try db.first("SELECT count(*) FROM \(table)") { Int($0.integer(0)) } ?? 0
    }
}
