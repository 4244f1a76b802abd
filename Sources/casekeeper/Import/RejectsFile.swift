import CaseAPI
import CaseStore
import Glibc

/// Where refused rows go.
struct RejectsPlace {
    let path: String
    /// The file that is imported, and the database.
    let sources: FileNames

    /// A file of refused rows, which is known by its last columns.
    static let replaceable = PendingFile.Replaceable.file("file of refused rows") { descriptor in
        guard let file = try? InputFile("/proc/self/fd/\(descriptor)") else { return false }
        return CSVForm.separators.contains { separator in
            var reader = CSVReader(file, CSVForm(separator: separator))
            // What is no CSV is none of ours.
            guard let header = try? reader.next() else { return false }
            return header.fields.suffix(RejectsFile.columns.count).elementsEqual(RejectsFile.columns)
        }
    }

    /// Whether refused rows of an earlier import are there.
    var holdsEarlier: Bool {
        guard case .file(_, let isOurs) = Self.replaceable, FileStatus(path, followsLink: false)?.isRegular == true
        else { return false }
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return isOurs(descriptor)
    }

    /// - Throws: `CopyError` or `FileError` when the file can't go there, before a row was looked at.
    func check() throws {
        try OutputFile.check(path, replacing: Self.replaceable, reading: sources)
    }

    func make() throws -> OutputFile {
        try OutputFile(at: path, replacing: Self.replaceable, reading: sources)
    }
}

/// The rows that were refused, each with its line and the reasons, in the columns they came with and at their separator:
/// corrected, the file can be imported by the same line as it is. It is only made when there is such a row.
struct RejectsFile: ~Copyable {
    /// What it adds to the columns of the rows.
    static let columns = ["line", "reasons"]

    /// Nil where nobody is to have them.
    private let target: RejectsPlace?
    private let header: [String]
    private let form: CSVForm
    private var file: OutputFile?

    private var hasHeader = false

    /// What is no file is opened at once: whether there is anybody to read it shows before a row is taken.
    init(_ target: RejectsPlace?, _ survey: FileSurvey) throws {
        self.target = target
        header = Self.source(of: survey.header)
        form = survey.form
        file = nil
        if let target, OutputChannel.isStream(target.path) { file = try target.make() }
    }

    /// The columns that rows came with: what an earlier file of refused rows was given is said anew.
    static func source(of header: [String]) -> [String] {
        var own = header
        while own.suffix(columns.count).elementsEqual(columns) { own.removeLast(columns.count) }
        return own
    }

    mutating func add(_ record: CSVRecord, reasons: [String]) throws {
        guard let target else { return }
        if file == nil { file = try target.make() }
        if !hasHeader {
            // It is UTF-8, whatever the rows came in: the mark goes before --encoding.
            let names = (form.encoding == .utf8 ? [] : CSVParser.mark) + line(header + Self.columns)
            try file?.write(names)
            hasHeader = true
        }
        let missing = max(0, header.count - record.fields.count)
        let fields = record.fields.prefix(header.count) + Array(repeating: "", count: missing)
        let row = line(fields + [String(record.line), reasons.joined(separator: "; ")])
        try file?.write(row)
    }

    /// The fields go out as they came in, whatever a spreadsheet would make of them.
    private func line(_ fields: some Sequence<String>) -> [UInt8] {
        var writer = CSVWriter(separator: form.separator)
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
