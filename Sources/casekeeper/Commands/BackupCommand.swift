import ArgumentParser
import CaseStore

/// `casekeeper backup`
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the database into one file, while the service goes on.",
        discussion: """
            The copy is the database as it was at one moment. It is verified, and is on disk, before it gets its name; \
            when what is in it is not as it was written the exit code is 65 and there is no copy. Write down the head that is \
            printed: verify --head tells later that nothing before it was changed. A database of an older version that can't \
            be brought to this one's shape is copied as it is, and said to be verified by SQLite's own checks alone. Only an earlier backup is replaced, or \
            an empty file; a symbolic link is not followed. Without a file it goes into the folder of backups as \
            casekeeper-DATE.db, and of those that were made so the oldest are deleted past --keep-backups: for a timer.
            """)

    @Argument(
        help: ArgumentHelp("Where the copy goes. (default: casekeeper-DATE.db in --backups)", valueName: "file"),
        form: .file)
    var file: String?

    @Flag(help: "Replace the backup that is there.")
    var force = false

    @OptionGroup(title: "Backups") var backups: BackupFolderOptions
    @OptionGroup(title: "Backups") var retention: BackupRetentionOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        if force, file == nil { throw ValidationError("--force is for a file that is named: name it.") }
    }

    func run() throws {
        try database.requireExisting()
        if let file { return try copy(to: file) }
        let dated = DatedBackups(folder: backups.folder(ofDatabase: database.database))
        if backups.backups == nil { dated.makeFolder() }
        let place = try dated.place(at: StoreOptions.systemClock())
        try copy(to: place)
        for path in try dated.deleteOldest(keeping: retention.keepBackups, besides: place) {
            try StandardOutput.print("deleted \(path), as --keep-backups is \(retention.keepBackups)")
        }
    }

    private func copy(to file: String) throws {
        let run = CopyRun(source: database.database, place: file, replaces: force, keepsOlder: true)
        let (found, replaced) = try copied(run)
        try StandardOutput.print("backed up \(database.database) to \(file): \(found.summary)")
        if let shortfall = found.shortfall {
            StandardError.write(
                """
                casekeeper: \(file) is the database as it is, in an older shape, and only SQLite's own checks were made of it: this \
                version can't bring it to its own: \(shortfall). The version that made it verifies and restores it

                """)
        }
        if let replaced { try StandardOutput.print(replaced.summary) }
    }

    /// What is copied is the database that all commands are told of, so it is its configuration that is wrong with one that
    /// can't be used; to `restore` it is bad data.
    private func copied(_ run: CopyRun) throws -> (found: CopyVerification, replaced: DisplacedContents?) {
        do {
            return try run.run()
        } catch CopyError.unfit(let reason) {
            throw CommandFailure(.configuration, reason)
        }
    }
}
