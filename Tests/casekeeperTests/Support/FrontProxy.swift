import Foundation
import Testing

/// A proxy in front of the service, set up as the documentation has it: with TLS, and HTTP/2 outside.
final class FrontProxy {
    enum Kind: String, CaseIterable {
        case nginx, caddy
    }

    /// The name that its certificate is for.
    static let host = "desk.example"

    let port: Int
    /// Where it sends on who comes by http; nil where the documentation has no such place.
    let plainPort: Int?
    private let nginx: Nginx?
    private let caddy: Caddy?
    private let certificate: String
    private let folder: TemporaryFolder

    /// - Parameter edit: what is done to the documentation's block beforehand.
    init(
        _ kind: Kind, before service: Int, in folder: TemporaryFolder, edit: (String) -> String = { $0 }
    ) throws {
        self.folder = folder
        certificate = folder.path("desk.pem")
        let key = folder.path("desk.key")
        if !folder.has("desk.pem") { try Self.certify(certificate, key, folder) }
        let page = try MarkdownFile.at("docs/operating.md").text
        func block(_ name: String) throws -> String {
            let found = page.firstRange(of: "```\(name)\n").map { page[$0.upperBound...] }
            let text = try #require(found)
            let end = try #require(text.firstRange(of: "```"))
            return edit(String(text[..<end.lowerBound]).replacing("127.0.0.1:8080", with: "127.0.0.1:\(service)"))
        }
        let log = folder.path("access.log")
        switch kind {
        case .nginx:
            let plain = try FreePort.find()
            plainPort = plain
            let settings = try block("nginx")
                .replacing("listen 80 ", with: "listen 127.0.0.1:\(plain) ")
                .replacing("listen 443 ssl", with: "listen 127.0.0.1:PORT ssl")
                .replacing("/etc/ssl/desk.example.pem", with: certificate)
                .replacing("/etc/ssl/desk.example.key", with: key)
                .replacing("/var/log/nginx/desk.log", with: log)
            nginx = try Nginx(settings, in: folder)
            caddy = nil
            port = nginx!.port
        case .caddy:
            let settings = try block("caddy")
            let end = try #require(settings.firstRange(of: "\n}\n"))
            // The documentation's own global options, and what stands behind them.
            let global = settings[..<end.lowerBound].drop { $0 != "\n" }
            let sites = settings[end.upperBound...]
                .replacing(
                    "desk.example {", with: "https://desk.example:PORT {\n\tbind 127.0.0.1\n\ttls \(certificate) \(key)"
                )
                .replacing("/var/log/caddy/desk.log", with: log)
            caddy = try Caddy(String(sites), global: String(global), in: folder)
            nginx = nil
            plainPort = nil
            port = caddy!.port
        }
    }

    /// Whom a browser takes its pages for.
    var origin: String { "https://\(Self.host):\(port)" }

    /// All that it has written down.
    var logs: String {
        ((try? folder.read("access.log")) ?? "") + (nginx?.errors ?? "") + (caddy?.errors ?? "")
    }

    /// A request by curl, from another address of this machine than the proxy's.
    func start(_ path: String, _ arguments: [String] = []) throws -> RunningProcess {
        try RunningProcess(
            path: "/usr/bin/curl",
            [
                "--silent", "--no-buffer", "--max-time", "60", "--cacert", certificate, "--interface", "127.0.0.2",
                "--resolve", "\(Self.host):\(port):127.0.0.1", "--write-out", "\n%{http_code} %{http_version}",
            ] + arguments + [origin + path], environment: [:], in: folder)
    }

    /// What comes of one, with its status and HTTP's version behind it.
    func ask(_ path: String, _ arguments: String...) throws -> String {
        try start(path, arguments).wait().output
    }

    private static func certify(_ certificate: String, _ key: String, _ folder: TemporaryFolder) throws {
        let made = try RunningProcess(
            path: "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)", "-keyout", key, "-out", certificate,
            ], environment: [:], in: folder
        ).wait()
        guard made.exitCode == 0 else { throw FaultToolFailure(description: made.errors) }
    }
}
