import ArgumentParser
import CaseStore
import Glibc

/// The database a command works on.
struct DatabaseOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The SQLite file.", valueName: "file"), form: .file)
    var database = "casekeeper.db"

    /// Opens the database for a purpose that no other process may have meanwhile, making it or bringing it up to date
    /// where needed.
    func open(for purpose: String, options: StoreOptions) throws -> CaseStore {
        try requireApart()
        return try make(options, purpose)
    }

    /// Opens a database that another process may serve meanwhile. To make it or to bring it up to date nobody else may
    /// have it. With a clock that is known to be wrong it is not opened: what is written by it can't be taken back.
    ///
    /// - Parameter interruption: that whoever waits for it to be brought up to date has had enough.
    func openBesideOthers(until interruption: Interruption) throws -> CaseStore {
        try requireApart()
        try CaseStore.requireOneName(path: database)
        if exists, let trouble = try ClockReport(path: database).trouble { throw StoreError.clock(trouble) }
        let isCurrent = try exists && pendingMigrations().isEmpty
        var options = StoreOptions()
        options.migrations = migrations(until: interruption)
        return try make(options, isCurrent ? nil : "migrate")
    }

    /// Opens a database that must be there, and that another process may serve meanwhile.
    func openExisting(until interruption: Interruption) throws -> CaseStore {
        try requireExisting()
        return try openBesideOthers(until: interruption)
    }

    /// Who waits at a terminal, or for a command, while the database is brought up to date.
    func migrations(until interruption: Interruption) -> MigrationWatch {
        // A new one is there at once, and nobody need look on.
        exists ? .shown(until: interruption) : MigrationWatch(isUnwanted: { interruption.isRequested })
    }

    private func make(_ options: StoreOptions, _ purpose: String?) throws -> CaseStore {
        // Of a new one that comes to nothing nothing is left.
        guard exists else { return try CaseStore(path: database, options: options, purpose: purpose) }
        return try AppliedMigrations().noted(options.migrations) { watch in
            var options = options
            options.migrations = watch
            return try CaseStore(path: database, options: options, purpose: purpose)
        }
    }

    /// Opens a database that must be there, only to look at it.
    func openReader() throws -> Reader {
        try requireExisting()
        return try CaseStore.openReader(path: database)
    }

    func requireExisting() throws {
        try requireApart()
        if let trouble = AccessTrouble(ofDatabase: database, writing: false), !trouble.isMissing {
            throw StoreError.unusable("\(database) can't be opened: \(trouble)")
        }
        guard !exists else { return try CaseStore.requireOneName(path: database, writing: false) }
        throw CommandFailure(
            .noInput,
            "there is no database \(DatabaseName.absolute(database)); give --database, or make it with migrate")
    }

    /// Looks whether there is a database, of which an empty file is none.
    ///
    /// - Throws: `CommandFailure` (66) with what brings it back; `StoreError.unusable` where it can't be told.
    func requireRecord() throws {
        if let trouble = AccessTrouble(ofDatabase: database, writing: false), !trouble.isMissing {
            throw StoreError.unusable("\(database) can't be opened: \(trouble)")
        }
        let status = FileStatus(database)
        guard status == nil || status.map({ $0.isRegular && $0.size == 0 }) == true else { return }
        let copy = CaseStore.rescuedCopy(of: database)
        let source = FileStatus(copy).map { _ in DatabaseName.shellWord(copy) } ?? "FILE"
        let remains = status != nil || FileStatus(DatabaseName.resolved(database) + "-wal") != nil
        let what =
            status == nil
            ? "there is no database \(DatabaseName.absolute(database))"
            : "\(DatabaseName.absolute(database)) is empty"
        throw CommandFailure(
            .noInput,
            """
            \(what), and --no-create makes none. Restore a backup:
              \(command("restore \(source)\(remains ? " --force" : "")"))
            or, for a new desk, make one:
              \(command("migrate"))
            """)
    }

    /// A command of this program on the database, as an operator types it.
    func command(_ words: String) -> String { OperatorCommand(database: database).line(words) }

    /// What a command says must not get into the database that it tells of, wherever a shell has sent it.
    ///
    /// - Throws: `CopyError.ownSource`, before there is anything to say.
    func requireApart() throws {
        try StandardOutput.requireApart(from: FileNames(ofDatabase: database))
    }

    var exists: Bool { access(database, F_OK) == 0 }
}

extension DatabaseOptions {
    /// What `open` would do to the database; everything where there is none.
    func pendingMigrations() throws -> [String] {
        exists ? try CaseStore.pendingMigrations(path: database) : []
    }
}
