import ArgumentParser
import CaseStore

/// `casekeeper migrate`
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Makes the database, or brings it up to date.",
        discussion: """
            The other commands that write do so themselves; this one does nothing else. An older version does not open the \
            database afterwards, so make a backup first. Each step is applied whole or not at all: interrupted, it goes on \
            where it stopped the next time.
            """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        let isNew = !database.exists
        let pending = try database.pendingMigrations()
        if !isNew, !pending.isEmpty {
            let steps = pending.count == 1 ? "a step" : "\(pending.count) steps"
            StandardError.write(
                """
                casekeeper: \(steps) to the newest shape; an older version does not open it afterwards: a backup made before \
                is the way back

                """)
        }
        do {
            try Interruption.noted { try database.openBesideOthers(until: $0).checkpoint() }
        } catch let error as MigrationInterruption {
            try tell(error.applied)
            throw error
        } catch let error as MigrationStop {
            try tell(error.applied)
            throw error
        }
        try tell(pending)
        try StandardOutput.print("\(database.database) \(isNew ? "was made" : "is up to date")")
    }

    private func tell(_ applied: [String]) throws {
        for name in applied { try StandardOutput.print("applied \(name)") }
    }
}
