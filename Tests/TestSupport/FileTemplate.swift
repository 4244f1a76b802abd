import Foundation

/// A file that takes long to make, kept for each who wants one like it.
public struct FileTemplate: Sendable {
    private let bytes: Data

    /// Has the file made at a path, where nothing else may be beside it once it is.
    public init(make: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "template-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "file")
        try make(file.path)
        guard try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"] else {
            throw CocoaError(.fileWriteUnknown)
        }
        bytes = try Data(contentsOf: file)
    }

    /// Puts a copy at a path, for its owner alone; leaves what is there already.
    public func copyUnlessThere(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        guard FileManager.default.createFile(atPath: path, contents: bytes, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
    }
}
