import Glibc

/// A file that is written from front to back, in pieces of some size.
struct OutputFile: ~Copyable {
    private static let bufferSize = 64 * 1024

    private let path: String
    private let descriptor: CInt
    private let isOwned: Bool
    private var buffer: [UInt8] = []

    /// Makes the file, or empties one that is there.
    init(path: String) throws(FileError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        isOwned = true
        if descriptor < 0 { throw FileError(.open, path) }
    }

    /// The standard output.
    init() {
        path = "standard output"
        descriptor = STDOUT_FILENO
        isOwned = false
    }

    deinit {
        if isOwned { close(descriptor) }
    }

    mutating func write(_ bytes: some Sequence<UInt8>) throws(FileError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Hands everything written so far to the system.
    mutating func flush() throws(FileError) {
        var written = 0
        while written < buffer.count {
            let count = buffer[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw FileError(.write, path)
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
