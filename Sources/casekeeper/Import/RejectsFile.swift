import CaseAPI
import CaseStore

/// Where refused rows go.
struct RejectsPlace {
    let path: String
    /// The file that is imported, and the database.
    let sources: FileNames

    /// A file of refused rows, which is known by its last columns.
    static let replaceable = PendingFile.Replaceable.file("file of refused rows") { descriptor in
        guard let file = try? InputFile("/proc/self/fd/\(descriptor)") else { return false }
        var reader = CSVReader(file)
        // What is no CSV is none of ours.
        guard let header = try? reader.next() else { return false }
        return header.fields.suffix(RejectsFile.columns.count).elementsEqual(RejectsFile.columns)
    }

    /// - Throws: `CopyError` or `FileError` when the file can't go there, before a row was looked at.
    func check() throws {
        try OutputFile.check(path, replacing: Self.replaceable, reading: sources)
    }

    func open() throws -> OutputFile {
        try OutputFile(at: path, replacing: Self.replaceable, reading: sources)
    }
}

/// The rows that were refused, each with its line and the reasons, in the columns they came with: corrected, the
/// file can be imported as it is. It is only made when there is such a row.
struct RejectsFile: ~Copyable {
    /// What it adds to the columns of the rows.
    static let columns = ["line", "reasons"]

    private let target: RejectsPlace
    private let header: [String]
    private var file: OutputFile?

    private var hasHeader = false

    /// What is no file is opened at once: whether there is anybody to read it shows before a row is taken.
    init(_ target: RejectsPlace, header: [String]) throws {
        self.target = target
        self.header = header
        file = OutputChannel.isStream(target.path) ? try target.open() : nil
    }

    mutating func add(_ record: CSVRecord, reasons: [String]) throws {
        if file == nil { file = try target.open() }
        if !hasHeader {
            try file?.write(Self.line(header + Self.columns))
            hasHeader = true
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

    /// Puts it in its place, if there is one.
    mutating func place() throws {
        try file?.place()
    }
}
