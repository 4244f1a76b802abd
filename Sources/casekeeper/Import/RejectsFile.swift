import CaseAPI

/// The rows that were refused, each with its line and the reasons, in the columns they came with: corrected, the
/// file can be imported as it is. It is only made when there is such a row.
struct RejectsFile: ~Copyable {
    private let path: String
    private let header: [String]
    private var file: OutputFile?

    init(path: String, header: [String]) {
        self.path = path
        self.header = header
    }

    mutating func add(_ record: CSVRecord, reasons: [String]) throws(FileError) {
        if file == nil {
            file = try OutputFile(path: path)
            try file?.write(Self.line(header + ["line", "reasons"]))
        }
        let missing = max(0, header.count - record.fields.count)
        let fields = record.fields.prefix(header.count) + Array(repeating: "", count: missing)
        try file?.write(Self.line(fields + [String(record.line), reasons.joined(separator: "; ")]))
    }

    /// The fields go out as they came in, whatever a spreadsheet would make of them.
    private static func line(_ fields: some Sequence<String>) -> [UInt8] {
        var writer = CSVWriter()
        for field in fields { writer.plainField(field) }
        writer.endRecord()
        return writer.bytes
    }

    mutating func flush() throws(FileError) {
        try file?.flush()
    }
}
