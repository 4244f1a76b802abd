import ArgumentParser
import CaseStore
import Complaints

/// What is asked of the disk and of those who share it.
struct DiskOptions: ParsableArguments {
    private static let usual = StoreOptions()

    @Option(
        help: ArgumentHelp(
            """
            Bytes that must be free on the disk for a change to be taken, 0 for none (507). (default: 64 MiB, or a \
            twentieth of a smaller disk)
            """, valueName: "bytes"), form: .bytes(0...1 << 50))
    var minFreeSpace: Int?

    @Option(
        help: ArgumentHelp(
            "Bytes of the write-ahead log past which reports wait until it has been emptied.", valueName: "bytes"),
        form: .bytes(1 << 16...1 << 40))
    var walLimit = usual.logLimit

    @Flag(
        help: """
            Litestream replicates the database, though its folder .FILE-litestream is not beside it: then it alone \
            empties the write-ahead log, and no report waits for that.
            """)
    var replicated = false

    @Option(
        help: ArgumentHelp(
            "How long to wait for another process that holds the database (503).", valueName: "duration"), form: .span()
    )
    var busyTimeout = Span(usual.busyTimeout)

    func apply(to options: inout StoreOptions) {
        options.minFreeSpace = minFreeSpace
        options.logLimit = walLimit
        options.isReplicated = replicated
        options.busyTimeout = busyTimeout.elapsedTime
    }
}
