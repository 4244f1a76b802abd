import Foundation

/// The first 100 bytes of a database (https://www.sqlite.org/fileformat.html, 1.3), which say whose it is.
package enum DatabaseHeader {
    /// Whether a file begins as a database of this program.
    package static func isOurs(descriptor: CInt) -> Bool {
        var header = [UInt8](repeating: 0, count: 100)
        guard pread(descriptor, &header, header.count, 0) == header.count else { return false }
        let id = header[68..<72].reduce(0) { $0 << 8 | Int32($1) }
        return header.starts(with: "SQLite format 3\0".utf8) && id == SQLiteConnection.applicationID
    }

    /// The same of the file at a path; false for one that can't be read.
    package static func isOurs(path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return isOurs(descriptor: descriptor)
    }

    /// Whether a file is shorter than the pages it says it has, as one that was cut off; false where it does not say.
    package static func isCutShort(path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var header = [UInt8](repeating: 0, count: 100)
        guard pread(descriptor, &header, header.count, 0) == header.count,
            let status = FileStatus(descriptor: descriptor)
        else { return false }
        func number(_ range: Range<Int>) -> Int { header[range].reduce(0) { $0 << 8 | Int($1) } }
        let pageSize = number(16..<18)
        return status.size < number(28..<32) * (pageSize == 1 ? 65_536 : pageSize)
    }
}
