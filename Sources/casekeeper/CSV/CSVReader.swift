import Glibc

/// The records of a CSV file, one after the other, in constant memory.
struct CSVReader: ~Copyable {
    private static let chunkSize = 64 * 1024

    private let path: String
    private let descriptor: CInt
    private var parser = CSVParser()
    private var chunk: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    init(path: String) throws(FileError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw FileError(.open, path) }
        var status = stat()
        // What is read twice must be a file.
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw FileError(.open, path, reason: "it is no regular file")
        }
    }

    deinit {
        close(descriptor)
    }

    /// The next record; nil at the end of the file.
    /// - Throws: `CSVError` or `FileError`; there is nothing more to read then.
    mutating func next() throws -> CSVRecord? {
        while !isAtEnd {
            while position < chunk.count {
                let byte = chunk[position]
                position += 1
                if let record = try parser.take(byte) { return record }
            }
            try readChunk()
            if isAtEnd { return try parser.finish() }
        }
        return nil
    }

    private mutating func readChunk() throws(FileError) {
        var count = 0
        chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { buffer, initialized in
            repeat { count = read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
            initialized = max(0, count)
        }
        if count < 0 { throw FileError(.read, path) }
        position = 0
        isAtEnd = count == 0
    }
}
