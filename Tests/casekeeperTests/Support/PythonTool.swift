import Foundation

/// A program that `make test-deps` installs into the project's folder.
enum PythonTool {
    static let folder = Repository.root.appending(path: ".build-test/venv/bin").path

    static func run(_ name: String, _ arguments: [String], in folder: TemporaryFolder) throws -> RunResult {
        try RunningProcess(
            path: "\(Self.folder)/\(name)", arguments,
            environment: ["PATH": "\(Self.folder):/usr/bin:/bin", "LANG": "C.UTF-8"], in: folder
        ).wait()
    }
}
