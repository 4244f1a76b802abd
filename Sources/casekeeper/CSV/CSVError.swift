/// Why the bytes of a file are no CSV in UTF-8: its records cannot be told apart, or not be read.
enum CSVError: Error, Hashable {
    case notUTF8(line: Int)
    /// A quote was opened on that line and never closed.
    case unterminatedQuote(line: Int)
    case recordTooLong(line: Int, limit: Int)
}

extension CSVError: CustomStringConvertible {
    var description: String {
        switch self {
        case .notUTF8(let line):
            "line \(line) is not UTF-8; convert the file first, for example with iconv -f WINDOWS-1252 -t UTF-8"
        case .unterminatedQuote(let line):
            "the quote opened on line \(line) is never closed"
        case .recordTooLong(let line, let limit):
            "the record that begins on line \(line) is longer than \(limit) bytes; a closing quote may be missing"
        }
    }
}
