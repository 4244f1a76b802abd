import Foundation
import TestSupport
import Testing

/// Debian's nginx in front of something, with its workers under a user of their own as its package has it.
final class Nginx {
    let port: Int
    private let process: RunningProcess
    private let prefix: URL

    /// - Parameter http: what stands in its `http` block; `PORT` in it is where nginx listens.
    init(_ http: String, in folder: TemporaryFolder) throws {
        port = try FreePort.find()
        let prefix = folder.url.appending(path: "nginx-\(UUID().uuidString)")
        self.prefix = prefix
        try FileManager.default.createDirectory(
            at: prefix, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \($0);" }
        let settings = """
            user www-data;
            daemon off;
            pid nginx.pid;
            error_log error.log;
            events {}
            http {
                access_log off;
                \(temporary.joined(separator: "\n    "))
                \(http.replacing("PORT", with: "\(port)"))
            }
            """
        let file = prefix.appending(path: "nginx.conf").path
        try settings.write(toFile: file, atomically: false, encoding: .utf8)
        let words = OtherUser.root + ["/usr/sbin/nginx", "-p", prefix.path + "/", "-c", file]
        let process = try RunningProcess(path: words[0], Array(words.dropFirst()), environment: [:], in: folder)
        self.process = process
        let port = port
        let isUp = eventually {
            guard !process.hasEnded else { return true }
            guard let descriptor = try? LoopbackConnection.open(port: port) else { return false }
            close(descriptor)
            return true
        }
        guard isUp, !process.hasEnded else {
            throw FaultToolFailure(
                description: "nginx does not start: run the tests as root, or with sudo (\(process.errors))")
        }
    }

    /// What went wrong, as it has it.
    var errors: String {
        (try? String(contentsOf: prefix.appending(path: "error.log"), encoding: .utf8)) ?? ""
    }

    deinit {
        // Its workers end with it.
        process.signal(SIGTERM)
        _ = try? process.wait()
    }
}
