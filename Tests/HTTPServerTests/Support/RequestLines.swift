import Logging
import Synchronization

/// Keeps what is logged of requests.
struct RequestLines: LogHandler {
    private final class Kept: Sendable {
        let lines = Mutex<[[String: String]]>([])
    }

    private let kept = Kept()
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    var all: [[String: String]] { kept.lines.withLock(\.self) }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        guard "\(event.message)" == "request" else { return }
        kept.lines.withLock { $0.append((event.metadata ?? [:]).mapValues { "\($0)" }) }
    }
}
