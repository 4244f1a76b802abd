import ArgumentParser
import CaseStore
import Glibc

/// `casekeeper restore`
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts a backup in the database's place.",
        discussion: """
            The backup is verified first; when anything is wrong with it the exit code is 65 and nothing has changed. \
            The service must not run. One of an older version is brought up to date when the service starts.
            """)

    @Argument(help: ArgumentHelp("A file that backup made.", valueName: "file"), form: .file)
    var file: String

    @Flag(help: "Replace the database that is there.")
    var force = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        guard access(file, F_OK) == 0 || errno != ENOENT else { throw FileError(.open, file) }
        // Whatever it is that keeps it from being read: the file, or a folder on the way.
        if let trouble = AccessTrouble(ofDatabase: file, writing: false) {
            throw CommandFailure(.noInput, "\(file) can't be read: \(trouble)")
        }
        let (found, replaced) = try CopyRun(source: file, place: database.database, replaces: force, purpose: "restore")
            .run()
        try StandardOutput.print("restored \(database.database) from \(file): \(found.summary)")
        if let replaced { try StandardOutput.print(replaced.summary) }
        guard !found.pendingMigrations.isEmpty else { return }
        try StandardOutput.print(
            "the service will apply \(found.pendingMigrations.joined(separator: ", ")) when it starts")
    }
}
