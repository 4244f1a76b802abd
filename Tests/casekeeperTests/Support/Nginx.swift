import Foundation
import TestSupport
import Testing

/// Debian's nginx in front of something, with its workers under a user of their own as its package has it.
final class Nginx {
    let port: Int
    private let process: RunningProcess

    /// - Parameter http: what stands in its `http` block; `PORT` in it is where nginx listens.
    init(_ http: String, in folder: TemporaryFolder) throws {
        port = try Self.freePort()
        let prefix = folder.url.appending(path: "nginx-\(UUID().uuidString)")
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

    deinit {
        // Its workers end with it.
        process.signal(SIGTERM)
        _ = try? process.wait()
    }

    /// One that nobody listens on now.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard code == 0 else { throw POSIXError(.EADDRINUSE) }
        return Int(in_port_t(bigEndian: address.sin_port))
    }
}
