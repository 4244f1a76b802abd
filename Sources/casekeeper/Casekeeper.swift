import ArgumentParser
import CVersion

/// The command line: one subcommand a file, in Commands.
struct Casekeeper: ParsableCommand {
    /// What a command ends with where something is wrong that somebody can mend.
    private static let told: [ExitStatus] = [
        .usage, .badData, .noInput, .cannotCreate, .inputOutput, .temporary, .configuration,
    ]

    static let configuration = CommandConfiguration(
        commandName: "casekeeper",
        abstract: "Keeps complaint cases and the promises made in them.",
        discussion: """
            Every option may also stand in the environment, or in the file that --config names: --database is \
            CASEKEEPER_DATABASE. What is on the command line wins, then the environment. Exit codes follow sysexits(3): \
            \(told.map { "\($0.rawValue) \($0.words)" }.joined(separator: ", ")).
            """,
        version: String(cString: cversion()),
        subcommands: [
            ServeCommand.self, ImportCommand.self, ExportCommand.self, MigrateCommand.self, VerifyCommand.self,
            BackupCommand.self, RestoreCommand.self, PromoteCommand.self, HeadCommand.self, ClockCommand.self,
            TokenCommand.self,
            DoctorCommand.self, DueCommand.self, ConfigCommand.self,
            OpenAPICommand.self,
        ])
}
