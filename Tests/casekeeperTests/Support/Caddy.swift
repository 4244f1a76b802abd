import Foundation
import TestSupport
import Testing

/// Debian's caddy in front of something.
final class Caddy {
    let port: Int
    private let process: RunningProcess

    /// - Parameter sites: what stands in its Caddyfile behind the global options; `PORT` in it is where caddy listens.
    init(_ sites: String, global: String = "", in folder: TemporaryFolder) throws {
        port = try FreePort.find()
        let home = folder.url.appending(path: "caddy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: false)
        let file = home.appending(path: "Caddyfile").path
        let settings = """
            {
            	admin off
            	auto_https disable_redirects
            	\(global)
            }
            \(sites.replacing("PORT", with: "\(port)"))
            """
        try settings.write(toFile: file, atomically: false, encoding: .utf8)
        let process = try RunningProcess(
            path: Repository.root.appending(path: ".build-test/caddy/usr/bin/caddy").path, ["run", "--config", file],
            environment: ["HOME": home.path, "XDG_DATA_HOME": home.path, "XDG_CONFIG_HOME": home.path], in: folder)
        self.process = process
        let port = port
        let isUp = eventually {
            guard !process.hasEnded else { return true }
            guard let descriptor = try? LoopbackConnection.open(port: port) else { return false }
            close(descriptor)
            return true
        }
        guard isUp, !process.hasEnded else {
            throw FaultToolFailure(description: "caddy does not start: \(process.errors)")
        }
    }

    /// What it has said of itself, and of what went wrong.
    var errors: String { process.errors }

    deinit {
        process.signal(SIGTERM)
        _ = try? process.wait()
    }
}
