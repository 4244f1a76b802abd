import ArgumentParser
import CaseStore

/// `casekeeper promote`
struct PromoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Has a restored copy go on with the record, in a new epoch.",
        discussion: """
            Verifies the database, which no service may have open, and writes into its log that a new epoch begins: a service \
            that goes on with an earlier one keeps no changes any more once it learns of it (verify --against). Nothing tells it \
            by itself: stop it first. With --head a copy is refused that does not go on to the head that was written down. The \
            exit code is 65 when it is refused.
            """)

    @Option(help: ArgumentHelp("A head that was written down before.", valueName: "hash"), form: .head)
    var head: WrittenHead?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        try database.requireExisting()
        guard FileStatus(DatabaseName.resolved(database.database))?.size != 0 else {
            throw CommandFailure(
                .badData, "\(database.database) is empty: it is no copy of a record. Restore one in its place.")
        }
        try Interruption.noted(promote)
    }

    private func promote(until interruption: Interruption) throws {
        var options = StoreOptions()
        options.writesWhenSuperseded = true
        options.migrations = database.migrations(until: interruption)
        let store = try database.open(for: "promote", options: options)
        let verification = try store.makeReader().verify(head: head?.hash) { interruption.isRequested }
        try StandardOutput.print(findingsOf: verification, head)
        guard verification.findings.isEmpty else {
            throw CommandFailure(
                .badData, "\(database.database) is not what it should be, and was not promoted: it is as it was")
        }
        try head?.requireAsWritten(in: store.makeReader())
        let epoch = try store.promote()
        store.checkpoint()
        let after = verification.entries == 0 ? "an empty log" : "entry \(verification.entries)"
        try StandardOutput.print("epoch: \(epoch), after \(after)")
        guard let head = try store.makeReader().read({ try $0.logHead() }) else { return }
        try StandardOutput.print("head: \(head.line)")
    }
}
