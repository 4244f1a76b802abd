import Foundation

/// Folders whose files outlast the process, for what has to be kept as it ends when its own folder is gone.
enum LastingFolders {
    /// Under a service manager its runtime folders (RUNTIME_DIRECTORY of systemd.exec(5)), as the one for temporary files may be
    /// the service's own there, and go with it; else that one.
    static func all(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> [String] {
        environment["RUNTIME_DIRECTORY"].map { $0.split(separator: ":").map(String.init) }
            ?? [FileManager.default.temporaryDirectory.path]
    }
}
