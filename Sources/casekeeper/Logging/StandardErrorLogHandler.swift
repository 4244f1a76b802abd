import CaseStore
import Logging

/// Writes the log to standard error, a line an event.
struct StandardErrorLogHandler: LogHandler {
    let format: LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(format: LogFormat, level: Logger.Level) {
        self.format = format
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = event.metadata ?? [:]
        if let provided = metadataProvider?.get() { all.merge(provided) { own, _ in own } }
        if !metadata.isEmpty { all.merge(metadata) { own, _ in own } }
        if let error = event.error { all["error"] = "\(error)" }
        let line = LogLine(
            time: StoreOptions.systemClock(), level: event.level.rawValue, message: event.message.description,
            metadata: all.map { (name: $0, value: LogValue($1)) }.sorted { $0.name < $1.name })
        StandardError.write(JournalStream.marked(line.rendered(format), event.level), afterLoss: loss)
    }

    /// A line of the log too.
    private func loss(of count: Int) -> String {
        let line = LogLine(
            time: StoreOptions.systemClock(), level: Logger.Level.warning.rawValue,
            message: "lines of the log were lost: they could not be written, or nobody read them",
            metadata: [("lines", .integer(Int64(count)))])
        return JournalStream.marked(line.rendered(format), .warning)
    }
}
