import CaseStore
import Foundation
import Logging

/// Whether a stream leads into systemd's journal (systemd.exec(5), `JOURNAL_STREAM`), which takes how bad a line is from its
/// beginning (sd-daemon(3)).
enum JournalStream {
    /// Looked at once: nobody puts another in its place.
    static let isStandardError = leads(
        STDERR_FILENO, said: ProcessInfo.processInfo.environment["JOURNAL_STREAM"])

    /// - Parameter said: the device and the inode of the journal's stream, as systemd tells who it starts.
    static func leads(_ descriptor: CInt, said: String?) -> Bool {
        var status = stat()
        guard let said, fstat(descriptor, &status) == 0 else { return false }
        return said == "\(status.st_dev):\(status.st_ino)"
    }

    /// Text for standard error, each line with its level where the journal reads it.
    static func marked(_ text: String, _ level: Logger.Level) -> String {
        isStandardError ? marking(text, level) : text
    }

    static func marking(_ text: String, _ level: Logger.Level) -> String {
        let mark = "<\(priority(of: level))>"
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { $0.isEmpty ? "" : mark + $0 }.joined(separator: "\n")
    }

    /// Of syslog(3).
    private static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
