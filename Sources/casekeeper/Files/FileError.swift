import Glibc

/// Why a file could not be used, in the system's words.
struct FileError: Error, Hashable, CustomStringConvertible {
    enum Operation: String {
        case open, make, read, write
    }

    let operation: Operation
    let path: String
    let reason: String
    /// Whether it is that nobody reads the pipe any more.
    var isClosedPipe = false

    init(_ operation: Operation, _ path: String, reason: String) {
        self.operation = operation
        self.path = path
        self.reason = reason
    }

    /// From the `errno` of the call that has just failed.
    init(_ operation: Operation, _ path: String) {
        let code = errno
        self.init(operation, path, reason: String(cString: strerror(code)))
        isClosedPipe = code == EPIPE
    }

    var description: String { "cannot \(operation.rawValue) \(path): \(reason)" }
}
