import Complaints
import GRDB
import Migrations

// What is done with a database by its path: looked at, or opened to be read alone.
extension CaseStore {
    /// Looks whether a database can be opened under a name, as far as that depends on the name. It need not be there. Not
    /// to be asked by a process that has it open already, whose locks would go.
    ///
    /// - Parameter writing: whether it is to be written.
    /// - Throws: `StoreError.unusable` for what is no regular file, or has something else than a lock or SQLite's files beside it, for the name of a part of another one, for one of several
    ///   names of the file and for that of a database that is gone but for its log, and `.inUse` when a process has the file under another name.
    public static func requireOneName(path: String, writing: Bool = true) throws(StoreError) {
        try DatabaseFiles.requireRegular(path)
        if writing {
            try DatabaseFiles.requireOwnName(path)
            try DatabaseFiles.requireWhole(path)
            if let obstacle = DatabaseLock.obstacle(ofDatabase: path) { throw .unusable(obstacle) }
        }
        try DatabaseFiles.requireOneName(path, writing: writing)
    }

    /// Why a database that is there would not be opened to be written, as far as its name, its files and what this process's
    /// user may do tell; nil where nothing is seen to be in the way. It looks as `init` does, and changes nothing.
    package static func obstacle(toWriting path: String) -> StoreError? {
        do throws(StoreError) {
            try requireOneName(path: path)
            if let trouble = AccessTrouble(ofDatabase: path, writing: true) {
                throw StoreError.unusable("\(path) can't be opened: \(trouble)")
            }
            try DatabaseLock.requireUsable(ofDatabase: path)
            return nil
        } catch {
            return error
        }
    }

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
}
