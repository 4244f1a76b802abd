/// The rows that were refused, each with its line and the reasons, in the columns they came with: corrected, the
/// file can be imported as it is. It is only made when there is such a row.
struct RejectsFile: ~Copyable {
    let path: String
    private let header: [String]
    private var file: OutputFile?

    init(path: String, header: [String]) {
        self.path = path
        self.header = header
    }

    mutating func add(_ record: CSVRecord, reasons: [String]) throws(FileError) {
        var file = try self.file.take() ?? OutputFile(path: path)
        // Nothing was taken yet when the file is new.
        if isEmpty { try file.write(CSVLine.bytes(header + ["line", "reasons"])) }
        isEmpty = false
        let missing = max(0, header.count - record.fields.count)
        let fields = record.fields.prefix(header.count) + Array(repeating: "", count: missing)
        try file.write(CSVLine.bytes(fields + [String(record.line), reasons.joined(separator: "; ")]))
        self.file = consume file
    }

    private(set) var isEmpty = true

    mutating func flush() throws(FileError) {
        guard var file = self.file.take() else { return }
        try file.flush()
        self.file = consume file
    }
}
