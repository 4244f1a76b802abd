import Foundation
import TestSupport

/// A small disk in memory, mounted where only the processes see it that are started in it: it goes away with them,
/// however a test ends.
final class SmallDisk {
    /// Where it is, for those inside.
    let root: String
    private let holder: RunningProcess
    private let folder: TemporaryFolder
    private let isRoot = geteuid() == 0

    init(bytes: Int, in folder: TemporaryFolder) throws {
        self.folder = folder
        root = folder.path("disk")
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
        let script = #"mount -t tmpfs -o "size=$1" tmpfs "$0" && echo mounted >&2 && exec sleep 3600"#
        let holder = try RunningProcess(
            path: "/usr/bin/unshare", [isRoot ? "-m" : "-Urm", "/bin/sh", "-c", script, root, "\(bytes)"],
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], in: folder)
        self.holder = holder
        guard eventually({ holder.errors.contains("mounted") || holder.hasEnded }), !holder.hasEnded else {
            throw FaultToolFailure(
                description: "a tmpfs can't be mounted in a mount namespace: run the tests as root with "
                    + "CAP_SYS_ADMIN, or allow user namespaces (\(holder.errors))")
        }
    }

    /// The command that starts another one inside.
    var launcher: [String] {
        let namespaces = isRoot ? ["-m"] : ["-U", "-m", "--preserve-credentials"]
        return ["/usr/bin/nsenter", "-t", "\(holder.id)"] + namespaces + ["--"]
    }

    /// A file of it, for those outside.
    func path(_ name: String) -> String {
        "/proc/\(holder.id)/root\(root)/\(name)"
    }

    /// Fills it up but for that many bytes. What is put there goes away when the function is called that this returns.
    func fill(leaving left: Int = 0) throws -> () throws -> Void {
        let ballast = path("ballast")
        let descriptor = open(ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FaultToolFailure(description: "the disk can't be filled") }
        defer { close(descriptor) }
        let page = [UInt8](repeating: 1, count: 4096)
        while try freeBytes() > left, write(descriptor, page, page.count) == page.count {}
        return { try FileManager.default.removeItem(atPath: ballast) }
    }

    private func freeBytes() throws -> Int {
        var information = statvfs()
        guard statvfs(path("."), &information) == 0 else {
            throw FaultToolFailure(description: "the disk can't be asked how full it is")
        }
        return Int(information.f_bavail) * Int(information.f_frsize)
    }

    /// Makes it one that can only be read. Nobody may have a file of it open for writing.
    func makeReadOnly() throws {
        let words = launcher + ["mount", "-o", "remount,ro", root]
        let result = try RunningProcess(
            path: words[0], Array(words.dropFirst()), environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
            in: folder
        ).wait()
        guard result.exitCode == 0 else {
            throw FaultToolFailure(description: "the disk can't be made read-only: \(result.errors)")
        }
    }
}
