import Glibc
import Synchronization

/// The stream for people: messages, progress, the log.
enum StandardError {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    private static let output = Mutex(MessageOutput(STDERR_FILENO))

    /// Writes a message, so that those of several threads do not mix. What can't be written, or what nobody reads, is lost:
    /// there is nobody to tell, until it can be written again.
    ///
    /// - Parameter loss: what is said before it of the messages that were lost since the last one, by their number.
    static func write(
        _ text: String, afterLoss loss: (Int) -> String = { "casekeeper: \($0) messages before this one were lost\n" }
    ) {
        output.withLock { $0.write(text, afterLoss: loss) }
    }
}
