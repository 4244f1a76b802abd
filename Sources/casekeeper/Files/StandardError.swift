import Glibc

/// The stream for people: messages, progress, the log.
enum StandardError {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes in one call, so that lines of several threads do not mix. What can't be written is lost: there is
    /// nobody to tell.
    static func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
