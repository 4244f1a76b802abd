import Foundation

/// The names of a database's files.
package enum DatabaseName {
    /// What SQLite may put beside a database.
    static let companions = ["-wal", "-shm", "-journal"]
    /// What is behind the name of a database's lock.
    static let lock = "-lock"
    /// As many as the system itself follows.
    private static let linkLimit = 40

    /// The path without symbolic links, as SQLite puts its write-ahead log beside the file itself. Where there is no
    /// file yet, also none that a link leads to, its folder is resolved; where there is none of that either, the path is
    /// left as it is.
    package static func resolved(_ path: String) -> String {
        var path = path
        for _ in 0..<linkLimit {
            if let resolved = real(path) { return resolved }
            guard let target = target(ofLink: path) else { break }
            path = target.hasPrefix("/") ? target : prefix(of: path) + target
        }
        let url = URL(filePath: path)
        guard let folder = real(url.deletingLastPathComponent().path) else { return path }
        return URL(filePath: folder).appending(path: url.lastPathComponent).path
    }

    /// The path as SQLite takes it for nothing but the name of a file, which `:memory:` and `file:...` are not by
    /// themselves (https://www.sqlite.org/c3ref/open.html).
    static func plain(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }

    /// The database itself, and all that SQLite and this program put beside it.
    package static func files(of path: String) -> [String] {
        let resolved = resolved(path)
        return [resolved] + (companions + [lock]).map { resolved + $0 }
    }

    /// The file that a process locks which has the database for itself.
    package static func lockFile(of path: String) -> String { resolved(path) + lock }

    /// Where a database's file is, and all that is beside it.
    static func folder(ofDatabase path: String) -> String {
        URL(filePath: resolved(path)).deletingLastPathComponent().path
    }

    /// The path from the root, so that it means the same file wherever a person types it.
    package static func absolute(_ path: String) -> String { URL(filePath: path).path }

    /// The same as a word of a shell.
    package static func shellWord(_ path: String) -> String {
        let plain = absolute(path)
        let isWord = plain.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/._-+,:@%".utf8.contains(byte)
            }
        }
        return isWord ? plain : "'" + plain.replacing("'", with: #"'\''"#) + "'"
    }

    /// The folder that a file is in, from the root.
    package static func folder(of path: String) -> String { URL(filePath: path).deletingLastPathComponent().path }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func target(ofLink path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// With the slash at its end; empty for the current one.
    private static func prefix(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
}
