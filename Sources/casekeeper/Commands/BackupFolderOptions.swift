import ArgumentParser
import CaseStore

/// Where backups are: for whoever makes them, and for whoever says how old the newest is.
struct BackupFolderOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder that backups are in. (default: backups, beside the database)", valueName: "folder"),
        form: .folder)
    var backups: String?

    func folder(ofDatabase database: String) -> String { backups ?? BackupFolder.usual(ofDatabase: database) }
}

/// How many backups there are at a time.
struct BackupRetentionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many backups stay of those that backup names itself; older ones are deleted once a new one is whole. 0 for all.",
            valueName: "number"), form: .count(0...10_000))
    var keepBackups = 14
}
