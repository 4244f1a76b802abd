import Foundation

/// A folder that lives as long as its test.
final class TemporaryFolder {
    let url: URL

    /// - Parameter inMemory: for files that only have to be there, where there is such a place: then nobody waits for
    ///   the disk.
    init(inMemory: Bool = false) throws {
        let memory = URL(filePath: "/dev/shm")
        let parent =
            inMemory && access(memory.path, W_OK) == 0 ? memory : FileManager.default.temporaryDirectory
        url = parent.appending(path: "casekeeper-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file in it.
    func path(_ name: String) -> String {
        url.appending(path: name).path
    }

    /// Writes a file into it.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: url.appending(path: name))
        return path(name)
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }

    func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(name))
    }
}
