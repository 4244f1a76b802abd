/// The records of a CSV file, one after the other, in constant memory.
struct CSVReader: ~Copyable {
    private static let chunkSize = 64 * 1024

    private let file: InputFile
    private var parser = CSVParser()
    private var chunk: [UInt8] = []
    private var position = 0
    private var offset = 0
    private var isAtEnd = false

    init(_ file: InputFile) {
        self.file = file
    }

    init(path: String) throws(FileError) {
        self.init(try InputFile(path))
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
        chunk = try file.read(upTo: Self.chunkSize, at: offset)
        offset += chunk.count
        position = 0
        isAtEnd = chunk.isEmpty
    }
}
