import ArgumentParser
import CaseStore

/// `casekeeper backup`
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the database into one file, while the service goes on.",
        discussion: """
            The copy is the database as it was at one moment. It is verified, and is on disk, before it gets its name; \
            when anything is wrong with it the exit code is 65 and there is no copy. Write down the head that is \
            printed: verify --head tells later that nothing before it was changed. Only an earlier backup is replaced, or \
            an empty file; a symbolic link is not followed.
            """)

    @Argument(help: ArgumentHelp("Where the copy goes.", valueName: "file"), form: .file)
    var file: String

    @Flag(help: "Replace the backup that is there.")
    var force = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        try database.requireExisting()
        let (found, replaced) = try CopyRun(source: database.database, place: file, replaces: force).run()
        try StandardOutput.print("backed up \(database.database) to \(file): \(found.summary)")
        if let replaced { try StandardOutput.print(replaced.summary) }
    }
}
