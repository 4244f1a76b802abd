import Foundation
import Testing

/// `casekeeper serve` on a port that was free.
final class RunningServer {
    let process: RunningProcess
    let port: Int

    /// - Parameter launcher: the words of a command that becomes the binary.
    init(
        _ arguments: [String] = [], environment: [String: String] = [:], launcher: [String] = [],
        in folder: TemporaryFolder
    ) throws {
        process = try Binary.start(
            ["serve", "--listen", "127.0.0.1:0"] + arguments, environment: environment, launcher: launcher, in: folder)
        for _ in 0..<20_000 {
            if let match = process.errors.firstMatch(of: /listening.*address[":=]+127\.0\.0\.1:(\d+)/) {
                port = try #require(Int(match.1))
                return
            }
            if process.hasEnded { break }
            usleep(1000)
        }
        throw StartFailure(errors: process.errors)
    }

    struct StartFailure: Error {
        let errors: String
    }
}
