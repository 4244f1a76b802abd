import CaseStore
import Foundation

/// What a process has open, as the system tells of it (proc_pid_fd(5)): of their own processes everybody is told, of all others
/// root.
struct ProcessFiles: Sendable {
    struct File: Sendable {
        /// `/proc/4711/fd/12`, which reads the file whatever became of its name.
        let path: String
        /// What the system calls it: where it was opened, as the process sees it, without saying that it was deleted.
        let name: String
        let isDeleted: Bool
    }

    private static let deleted = " (deleted)"
    /// More than those nobody would wait for.
    private static let limit = 100_000

    let process: Int
    let files: [File]

    init(process: Int) {
        self.process = process
        let folder = "/proc/\(process)/fd"
        files = BackupFolder.names(in: folder).compactMap { number in
            let path = "\(folder)/\(number)"
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return nil }
            let isDeleted = target.hasSuffix(Self.deleted)
            return File(
                path: path, name: isDeleted ? String(target.dropLast(Self.deleted.count)) : target, isDeleted: isDeleted
            )
        }
    }

    /// Those of all others that this process is told of. It has what it was started with, such as a socket of whoever started it,
    /// and that makes it no holder of it.
    static var all: some Sequence<ProcessFiles> {
        let own = Int(getpid())
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.lazy.compactMap { Int($0) }.filter { $0 != own }.prefix(limit).map(ProcessFiles.init)
    }

    /// The process that has a socket open, by the socket's inode; nil where none is seen.
    static func holder(ofSockets inodes: Set<UInt64>) -> Int? {
        let names = Set(inodes.map { "socket:[\($0)]" })
        guard !names.isEmpty else { return nil }
        return all.first { $0.files.contains { names.contains($0.name) } }?.process
    }

    /// Whether a process is a service of this program's: whoever reads a database beside one loses nothing by ending.
    static func isService(_ process: Int) -> Bool {
        func text(_ name: String) -> [UInt8] {
            Array(FileManager.default.contents(atPath: "/proc/\(process)/\(name)") ?? Data())
        }
        return text("comm").elementsEqual("casekeeper\n".utf8)
            && text("cmdline").split(separator: 0).contains { $0.elementsEqual("serve".utf8) }
    }

    /// The same, of a database that it was told of by one of some paths, as an argument.
    static func isService(_ process: Int, of paths: [String]) -> Bool {
        let bytes = Array(FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data())
        return isService(process)
            && bytes.split(separator: 0).contains { word in paths.contains { word.elementsEqual($0.utf8) } }
    }

    /// `4711 (nginx)`, with the name that the system has of its program; the number alone where it is gone.
    static func words(of process: Int) -> String {
        let bytes = FileManager.default.contents(atPath: "/proc/\(process)/comm") ?? Data()
        let name = String(decoding: bytes.filter { (0x21..<0x7F).contains($0) }, as: UTF8.self)
        return name.isEmpty ? "\(process)" : "\(process) (\(name))"
    }

    /// Whether it was stopped by a signal or a debugger, and does nothing until it is let go on (proc_pid_stat(5), state `T`).
    static func isStopped(_ process: Int) -> Bool {
        let text = String(
            decoding: FileManager.default.contents(atPath: "/proc/\(process)/stat") ?? Data(), as: UTF8.self)
        // The program's name stands in parentheses, and may have any.
        guard let end = text.lastIndex(of: ")") else { return false }
        return ["T", "t"].contains(text[text.index(after: end)...].split(separator: " ").first ?? "")
    }
}
