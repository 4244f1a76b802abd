import Foundation

/// The name SQLite knows a database by.
enum DatabaseName {
    /// The path without symbolic links: SQLite puts its write-ahead log beside the file itself. Where there is no file
    /// yet, its folder is resolved; where there is none of that either, the path is left as it is.
    static func resolved(_ path: String) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        let url = URL(filePath: path)
        guard let folder = realpath(url.deletingLastPathComponent().path, nil) else { return path }
        defer { free(folder) }
        return URL(filePath: String(cString: folder)).appending(path: url.lastPathComponent).path
    }
}
