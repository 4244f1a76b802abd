/// Why the bytes of a file are no records of text: they cannot be told apart, or not be read.
enum CSVError: Error, Hashable {
    case notUTF8(line: Int)
    /// A byte that is nothing in Windows-1252.
    case notWindows1252(line: Int)
    /// What is said to be Windows-1252 is UTF-8 wherever it is no ASCII.
    case isUTF8
    /// A quote was opened on that line and never closed.
    case unterminatedQuote(line: Int)
    case recordTooLong(line: Int, limit: Int)
}

extension CSVError: CustomStringConvertible {
    var description: String {
        switch self {
        case .notUTF8(let line):
            "line \(line) is not UTF-8; give --encoding windows-1252 if a program of Windows wrote it, else convert the file "
                + "first, for example with iconv -f ISO-8859-2 -t UTF-8 OLD.csv > NEW.csv"
        case .notWindows1252(let line):
            "line \(line) is not Windows-1252: a byte of it is no character there; convert the file first with iconv"
        case .isUTF8: "it is UTF-8, and not Windows-1252: leave --encoding out"
        case .unterminatedQuote(let line):
            "the quote opened on line \(line) is never closed"
        case .recordTooLong(let line, let limit):
            "the record that begins on line \(line) is longer than \(limit) bytes; a closing quote may be missing"
        }
    }
}
