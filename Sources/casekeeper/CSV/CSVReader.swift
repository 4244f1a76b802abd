/// The records of a CSV file, one after the other, in constant memory.
struct CSVReader: ~Copyable {
    private let chunkSize: Int
    private let file: InputFile
    private var parser: CSVParser
    private var chunk: [UInt8] = []
    private var position = 0
    private var offset: Int
    private var isAtEnd = false

    init(_ file: InputFile, _ form: CSVForm = CSVForm(), chunkSize: Int = 64 * 1024) {
        self.chunkSize = chunkSize
        self.file = file
        parser = CSVParser(form)
        offset = form.start
    }

    init(path: String, _ form: CSVForm = CSVForm()) throws(FileError) {
        self.init(try InputFile(path), form)
    }

    /// Where in the file the next record begins, or a line break before it.
    var place: Int { offset - chunk.count + position }

    /// Whether all of what was read so far is UTF-8, though it is said to be of another encoding.
    var isUTF8AfterAll: Bool { parser.isUTF8AfterAll }

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
        chunk = try file.read(upTo: chunkSize, at: offset)
        offset += chunk.count
        position = 0
        isAtEnd = chunk.isEmpty
    }
}
