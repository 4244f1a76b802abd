import Foundation

/// What is in a folder, to the byte: which files, of what kind, with what in them, and who may read them. What tests put
/// there for a process's output is left out.
struct FolderSnapshot: Equatable, CustomStringConvertible {
    private let entries: [String: [String]]

    /// - Parameter leavingOut: the beginnings of names that are not looked at.
    init(of folder: TemporaryFolder, leavingOut: [String] = []) throws {
        var entries: [String: [String]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        where !name.hasSuffix(".out") && !name.hasSuffix(".err")
            && !leavingOut.contains(where: name.hasPrefix)
        {
            let path = folder.path(name)
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            var entry = [String(status.st_mode, radix: 8), "\(status.st_ino)"]
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                entry.append("\(try Data(contentsOf: URL(filePath: path)).base64EncodedString())")
            case S_IFLNK: entry.append(try FileManager.default.destinationOfSymbolicLink(atPath: path))
            default: break
            }
            entries[name] = entry
        }
        self.entries = entries
    }

    var names: [String] { entries.keys.sorted() }

    /// The names of what is not the same in another.
    func difference(to other: FolderSnapshot) -> [String] {
        Set(entries.keys).union(other.entries.keys).filter { entries[$0] != other.entries[$0] }.sorted()
    }

    var description: String { names.joined(separator: " ") }
}
