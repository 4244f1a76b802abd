import Foundation
import Testing

/// `casekeeper serve` on a port that was free.
final class RunningServer {
    let process: RunningProcess
    let port: Int

    /// - Parameter launcher: the words of a command that becomes the binary.
    convenience init(
        _ arguments: [String] = [], environment: [String: String] = [:], launcher: [String] = [],
        in folder: TemporaryFolder
    ) throws {
        try self.init(
            Binary.start(
                ["serve", "--listen", "127.0.0.1:0"] + arguments, environment: environment, launcher: launcher,
                in: folder))
    }

    /// Of a process that says where it listens.
    init(_ process: RunningProcess) throws {
        self.process = process
        for _ in 0..<12_000 {
            let errors = process.errors
            // Looked for first, as to match takes long, and there is nothing yet most of the time.
            if errors.contains("listening"),
                let match = errors.firstMatch(of: /listening.*address[":=]+127\.0\.0\.1:(\d+)/)
            {
                port = try #require(Int(match.1))
                return
            }
            if process.hasEnded { break }
            usleep(5000)
        }
        throw StartFailure(errors: process.errors)
    }

    struct StartFailure: Error {
        let errors: String
    }
}
