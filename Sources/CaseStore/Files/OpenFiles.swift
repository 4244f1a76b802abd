import Foundation

/// Which processes have a file open, as far as the system tells this user (proc_pid_fd(5)): of their own processes everybody is
/// told, of all others root.
package enum OpenFiles {
    /// The number of a descriptor under which this process has a file open.
    static func descriptor(of identity: FileStatus.Identity) -> String? {
        let folder = "/proc/self/fd"
        return names(in: folder).first { FileStatus("\(folder)/\($0)")?.identity == identity }
    }

    /// Another process that has any of some files open: `4711 (litestream)`; nil where none is seen.
    package static func otherHolder(of paths: [String]) -> String? {
        let files = Set(paths.compactMap { FileStatus($0)?.identity })
        let process = names(in: "/proc").first { process in
            guard let id = pid_t(process), id != getpid() else { return false }
            let folder = "/proc/\(process)/fd"
            return names(in: folder).contains { name in
                FileStatus("\(folder)/\(name)").map { files.contains($0.identity) } ?? false
            }
        }
        return process.map { "\($0) (\(program(of: $0)))" }
    }

    /// The name of a process's program, as the system has it: of fifteen bytes at most, and of those that a line may have.
    private static func program(of process: String) -> String {
        let bytes = FileManager.default.contents(atPath: "/proc/\(process)/comm") ?? Data()
        return String(
            decoding: bytes.filter { (0x21..<0x7F).contains($0) && $0 != UInt8(ascii: ")") }, as: UTF8.self)
    }

    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
}
