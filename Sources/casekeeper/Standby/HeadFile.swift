import CaseStore
import Glibc

/// A file with the head that was written down last, `ID:HASH`, as `--head` takes it.
struct HeadFile {
    /// Longer is none.
    private static let sizeLimit = 256

    let path: String
    /// The database, which it can't be.
    let database: String

    /// What may be in its place: a head, or nothing.
    private static let replaceable = PendingFile.Replaceable.file("head that was written down") { descriptor in
        var bytes = [UInt8](repeating: 0, count: sizeLimit + 1)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return count >= 0 && head(in: bytes[..<count]) != nil
    }

    /// What is in it; nil where there is none, or nothing in it.
    ///
    /// - Throws: `CopyError` where something else is there.
    func read() throws -> WrittenHead? {
        try OutputFile.check(path, replacing: Self.replaceable, reading: FileNames(ofDatabase: database))
        guard FileStatus(path) != nil else { return nil }
        return Self.head(in: try InputFile(path).read(upTo: Self.sizeLimit))
    }

    /// Whole, or not at all: what was there stays until then.
    func write(_ head: LogHead) throws {
        var file = try OutputFile(at: path, replacing: Self.replaceable, reading: FileNames(ofDatabase: database))
        try file.write((head.written + "\n").utf8)
        try file.place()
    }

    private static func head(in bytes: some Sequence<UInt8>) -> WrittenHead? {
        let text = String(decoding: Array(bytes), as: UTF8.self)
        guard text.utf8.count <= sizeLimit, let line = text.split(separator: "\n").first,
            let head = WrittenHead(String(line)),
            head.entry != nil
        else { return nil }
        return head
    }
}

extension LogHead {
    /// `ID:HASH`, as `--head` takes it.
    var written: String { "\(id):\(hash)" }
}
