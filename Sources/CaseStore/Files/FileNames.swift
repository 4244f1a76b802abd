/// Files that must not be written over, because they are read: by their names, also where there is none of them yet, and
/// by which files they are, whatever other names these have.
package struct FileNames: Sendable {
    private let names: Set<[UInt8]>
    private let paths: [String]
    private let identities: Set<FileStatus.Identity>

    /// - Parameters:
    ///   - paths: of files that may come and go meanwhile.
    ///   - identities: of files that are open.
    package init(_ paths: [String] = [], identities: [FileStatus.Identity] = []) {
        self.paths = paths
        names = Set(paths.map { Array(DatabaseName.resolved($0).utf8) })
        self.identities = Set(identities)
    }

    /// A database with all that SQLite and this program put beside it.
    package init(ofDatabase path: String, identities: [FileStatus.Identity] = []) {
        self.init(DatabaseName.files(of: path), identities: identities)
    }

    /// Whether a path leads to one of them, as things are now.
    package func contain(_ path: String) -> Bool {
        names.contains(Array(DatabaseName.resolved(path).utf8))
            || FileStatus(path).map(contain) ?? false
    }

    /// Whether a file is one of them, as things are now.
    package func contain(_ file: FileStatus) -> Bool {
        identities.contains(file.identity)
            || paths.contains { FileStatus($0)?.identity == file.identity }
    }
}
