import Complaints

/// A CSV answer as the file that it is saved as.
struct CSVFile: Sendable {
    let asOf: Instant
    /// What the path names, and the day it is told for: `cases-7-log-2026-03-01.csv`.
    private let name: String

    /// - Parameter path: of the API: what is reached by another way, such as from a page, is called by what it is, too.
    init(of path: String, _ dialect: CSVDialect, asOf: Instant) {
        self.asOf = asOf
        // Of a path nothing is taken that a file system or a header field could take for something else.
        let words = path.split(separator: "/").drop { $0 == "v1" }.map { segment in
            String(decoding: segment.utf8.map { Self.isPlain($0) ? $0 : UInt8(ascii: "_") }.prefix(60), as: UTF8.self)
        }
        name = (words + [String(asOf.localText(in: dialect.zone).prefix(10))]).joined(separator: "-") + ".csv"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    /// The value of Content-Disposition (RFC 6266).
    var disposition: String { "attachment; filename=\"\(name)\"" }
}
