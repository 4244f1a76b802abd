import Complaints

/// Finds out how a file is written, as far as nobody says so: by its byte order mark, by a first line `sep=;`, and by the
/// separator at which the columns are that are asked for. What can't be told is refused, as a guess would put texts in the
/// wrong fields.
struct CSVFormFinder {
    /// Why nobody can tell.
    enum Fault: Error, CustomStringConvertible {
        case utf16
        /// The file says another separator than the command line.
        case contradiction(file: UInt8, option: UInt8)
        /// The separators that it could be, each with the columns there are then.
        case ambiguous([(separator: UInt8, header: [String])])

        var description: String {
            switch self {
            case .utf16:
                "line 1 is not UTF-8 but UTF-16; convert the file first: iconv -f UTF-16 -t UTF-8 OLD.csv > NEW.csv"
            case .contradiction(let file, let option):
                "its first line says that \(CSVForm.name(of: file)) separates, and --delimiter \(CSVForm.name(of: option))"
            case .ambiguous(let found):
                "what separates its cells can't be told; say it by --delimiter: "
                    + found.map { separator, header in
                        let names = header.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
                        return
                            "with \(CSVForm.name(of: separator)) its columns are \(names)\(header.count > 3 ? ", …" : "")"
                    }.joined(separator: ", ")
            }
        }
    }

    /// What the command line says; nil where it says nothing.
    var separator: UInt8?
    var encoding: TextEncoding?
    /// Whether a header has the columns that are asked for.
    let fits: ([String]) -> Bool

    /// How much of a file is looked at, and how many of its records.
    private static let headSize = 256 * 1024
    private static let mostRecords = 100

    /// - Throws: `Fault` or `FileError`.
    func form(of file: InputFile) throws -> CSVForm {
        let head = try file.read(upTo: Self.headSize)
        if Self.isUTF16(head) { throw Fault.utf16 }
        var form = CSVForm(encoding: encoding ?? .utf8)
        let said = Self.separatorLine(head)
        if let said {
            if let separator, separator != said.separator {
                throw Fault.contradiction(file: said.separator, option: separator)
            }
            form.start = said.end
            form.line = 2
            // What comes after it is no beginning of a file any more.
            if head.starts(with: CSVParser.mark) { form.encoding = .utf8 }
        }
        form.separator = try separator ?? said?.separator ?? found(in: head, form)
        return form
    }

    /// Whether it is UTF-16: by its byte order mark, or as every other byte of what is in ASCII is 0.
    private static func isUTF16(_ head: [UInt8]) -> Bool {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return true }
        let sample = head.prefix(1024)
        let zeros = sample.indices.filter { sample[$0] == 0 }
        let odd = zeros.count { !$0.isMultiple(of: 2) }
        return zeros.count * 4 > sample.count && (odd == 0 || odd == zeros.count)
    }

    /// A first line by which spreadsheet programs are told the separator.
    private static func separatorLine(_ head: [UInt8]) -> (separator: UInt8, end: Int)? {
        let start = head.starts(with: CSVParser.mark) ? CSVParser.mark.count : 0
        guard let lineEnd = head[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
        var line = head[start..<lineEnd]
        let quote = UInt8(ascii: "\"")
        if line.count > 2, line.first == quote, line.last == quote { line = line.dropFirst().dropLast() }
        let word = String(decoding: line.prefix(4), as: UTF8.self)
        guard line.count == 5, ExactText(word).asciiLowercased == "sep=", let separator = line.last,
            CSVForm.isSeparator(separator)
        else { return nil }
        let isCRLF = head[lineEnd] == 0x0D && lineEnd + 1 < head.count && head[lineEnd + 1] == 0x0A
        return (separator, lineEnd + (isCRLF ? 2 : 1))
    }

    /// The one separator at which there are columns; of several the one at which those are that are asked for, else at which
    /// all records have as many cells as the header.
    private func found(in head: [UInt8], _ form: CSVForm) throws(Fault) -> UInt8 {
        let all = CSVForm.separators.map { separator in
            var form = form
            form.separator = separator
            return (separator: separator, records: Self.records(of: head, form))
        }.filter { ($0.records.first?.count ?? 0) > 1 }
        if all.count < 2 { return all.first?.separator ?? UInt8(ascii: ",") }
        let fitting = all.filter { fits($0.records[0]) }
        if fitting.count == 1 { return fitting[0].separator }
        let left = fitting.isEmpty ? all : fitting
        let even = left.filter { found in found.records.allSatisfy { $0.count == found.records[0].count } }
        if even.count == 1, even[0].records.count > 1 { return even[0].separator }
        throw .ambiguous(left.map { ($0.separator, $0.records[0]) })
    }

    /// The first records, without one that may go on after the head.
    private static func records(of head: [UInt8], _ form: CSVForm) -> [[String]] {
        var parser = CSVParser(form)
        var records: [[String]] = []
        do throws(CSVError) {
            for byte in head[form.start...] where records.count < mostRecords {
                if let record = try parser.take(byte) { records.append(record.fields) }
            }
            if head.count < headSize, records.count < mostRecords, let record = try parser.finish() {
                records.append(record.fields)
            }
        } catch {
            // What is wrong with the file is said when all of it is read.
            return records
        }
        return records
    }
}
