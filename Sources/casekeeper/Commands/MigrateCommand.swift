import ArgumentParser
import CaseStore

/// `casekeeper migrate`
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Makes the database, or brings it up to date.",
        discussion: "The other commands that write do so themselves; this one does nothing else.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        let isNew = !database.exists
        let applied = try database.pendingMigrations()
        try database.openBesideOthers().checkpoint()
        for name in applied { try StandardOutput.print("applied \(name)") }
        try StandardOutput.print("\(database.database) \(isNew ? "was made" : "is up to date")")
    }
}
