import Complaints
import Foundation
import GRDB

/// Opens SQLite's connections, and sets each of them up.
enum SQLiteConnection {
    /// "CSKP": the file is ours.
    static let applicationID: Int32 = 0x4353_4B50

    /// `PRAGMA` values are set here, by hand: GRDB's own WAL mode would put `synchronous` back to NORMAL, and then a
    /// commit that was answered could be lost with the power.
    private static func configuration(path: String, readonly: Bool, options: StoreOptions) -> Configuration {
        var configuration = Configuration.unobserved(readonly ? "casekeeper.reader" : "casekeeper.writer")
        configuration.readonly = readonly
        configuration.busyMode = .timeout(Double(options.busyTimeout.milliseconds) / 1000)
        configuration.allowsUnsafeTransactions = true
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            // Savepoints would spill to temporary files otherwise.
            try db.run("PRAGMA temp_store = MEMORY")
            if readonly {
                db.add(function: FoldName.function)
                try db.run("PRAGMA query_only = ON")
                try db.run("PRAGMA cache_size = -16384")
            } else {
                // The journal mode stays with the file, so whose it is has to be known before.
                try Migrator.checkIdentity(db, path: path)
                try useWAL(db, patience: options.busyTimeout)
                // REPLACE would delete rows past the triggers that forbid it otherwise.
                try db.run("PRAGMA recursive_triggers = ON")
                // What is taken out of a row leaves no bytes behind. Debian's SQLite does so by itself.
                try db.run("PRAGMA secure_delete = ON")
                try db.run("PRAGMA synchronous = \(options.synchronous.rawValue)")
                try db.run("PRAGMA cache_size = -65536")
                try db.run("PRAGMA journal_size_limit = \(options.logLimit)")
            }
        }
        return configuration
    }

    /// SQLite does not wait when another process is making the same new file's write-ahead log, so this does.
    private static func useWAL(_ db: Database, patience: ElapsedTime) throws {
        let pause = ElapsedTime(milliseconds: 10)
        var left = patience
        while true {
            do {
                return try db.run("PRAGMA journal_mode = WAL")
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && left > .zero {
                usleep(UInt32(pause.milliseconds * 1000))
                left = ElapsedTime(milliseconds: left.milliseconds - pause.milliseconds)
            }
        }
    }

    /// Opens a connection, with SQLite's words turned into ours. A database that is not there is made, unless it is only
    /// read.
    static func open(path: String, readonly: Bool, options: StoreOptions) throws -> DatabaseQueue {
        if readonly {
            try DatabaseFiles.requireRegular(path)
            try HotJournal.rollBack(besideDatabase: path)
        } else {
            try DatabaseFiles.make(path)
        }
        return try queue(
            path, as: DatabaseName.plain(path), configuration(path: path, readonly: readonly, options: options))
    }

    /// Opens a database that is gone with its connection.
    static func openInMemory() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.label = "casekeeper.nothing"
        return try queue(":memory:", as: ":memory:", configuration)
    }

    /// Opens a connection that writes nothing of its own, but copies what is in the write-ahead log into the database.
    static func openSide(path: String, options: StoreOptions) throws -> DatabaseQueue {
        var configuration = Configuration.unobserved("casekeeper.checkpointer")
        configuration.prepareDatabase { db in
            try db.run("PRAGMA synchronous = \(options.synchronous.rawValue)")
            // Before it has read anything SQLite takes it for a database without a log.
            try db.run("SELECT 1 FROM sqlite_schema")
        }
        return try queue(path, as: DatabaseName.plain(path), configuration)
    }

    /// Opens a connection to a database that is there, which could write and does not.
    static func openUnchanging(path: String) throws -> DatabaseQueue {
        var configuration = Configuration.unobserved("casekeeper.check")
        configuration.prepareDatabase { db in try db.run("PRAGMA query_only = ON") }
        return try queue(path, as: DatabaseName.plain(path), configuration)
    }

    /// - Parameter name: what SQLite is told of the file.
    private static func queue(
        _ path: String, as name: String, _ configuration: Configuration
    ) throws -> DatabaseQueue {
        do {
            return try DatabaseQueue(path: name, configuration: configuration)
        } catch let error as DatabaseError {
            throw StoreError(error, opening: path)
        }
    }

    /// Opens a connection to a database that nothing is put beside. What another process writes meanwhile is not seen.
    static func openStill(path: String, options: StoreOptions) throws -> DatabaseQueue {
        // With a write-ahead log there are files already, and what is in them belongs to the database.
        guard FileStatus(DatabaseName.resolved(path) + "-wal") == nil else {
            return try open(path: path, readonly: true, options: options)
        }
        try DatabaseFiles.requireRegular(path)
        // It would be passed over, and half of a change taken for what is on record.
        try HotJournal.rollBack(besideDatabase: path)
        return try queue(
            path, as: uri(path, "immutable=1"),
            configuration(path: path, readonly: true, options: options))
    }

    /// The file as a URI, with what is asked of it: https://www.sqlite.org/uri.html.
    private static func uri(_ path: String, _ query: String) -> String {
        var uri = path.hasPrefix("/") ? "file://" : "file:"
        for scalar in DatabaseName.plain(path).unicodeScalars {
            switch scalar {
            case "%": uri += "%25"
            case "?": uri += "%3F"
            case "#": uri += "%23"
            default: uri.unicodeScalars.append(scalar)
            }
        }
        return uri + "?" + query
    }
}
