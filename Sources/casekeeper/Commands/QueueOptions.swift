import ArgumentParser
import CaseStore

/// How much work may wait.
struct QueueOptions: ParsableArguments {
    private static let usual = StoreOptions()

    @Option(
        help: ArgumentHelp("Changes that may wait for the writer (503).", valueName: "n"), form: .count(1...1_000_000))
    var writeQueue = usual.queueLimit

    @Option(help: ArgumentHelp("Changes that share one commit at most.", valueName: "n"), form: .count(1...100_000))
    var writeBatch = usual.batchLimit

    @Option(
        help: ArgumentHelp("Reports and exports that may wait, the one being read among them (503).", valueName: "n"),
        form: .count(1...100_000))
    var reportQueue = 64

    @Option(
        help: ArgumentHelp("Requests that may wait for events, or stream them (503).", valueName: "n"),
        form: .count(1...1_000_000))
    var eventQueue = 4096

    var storeOptions: StoreOptions { StoreOptions(queueLimit: writeQueue, batchLimit: writeBatch) }
}
