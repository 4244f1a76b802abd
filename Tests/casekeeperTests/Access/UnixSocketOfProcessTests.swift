import Foundation
import TestSupport
import Testing

@testable import casekeeper

/// The built binary at a Unix socket, with curl, with processes of several users, and with Debian's nginx.
@Suite("casekeeper serve at a Unix socket", .serialized)
struct UnixSocketOfProcessTests {
    let folder = try! TemporaryFolder(inMemory: true)
    var path: String { folder.path("http.sock") }

    init() throws {
        // Others have to come by.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
    }

    private func start(_ settings: String = "", _ arguments: [String] = []) throws -> RunningProcess {
        let process = try Binary.start(["serve", "--listen", "unix:\(path)\(settings)"] + arguments, in: folder)
        _ = eventually { process.errors.contains("address=unix:\(path)") || process.hasEnded }
        return process
    }

    private func curl(_ words: String..., launcher: [String] = []) throws -> String {
        let all =
            launcher + ["/usr/bin/curl", "--silent", "--show-error", "--max-time", "60", "--unix-socket", path] + words
        let result = try RunningProcess(path: all[0], Array(all.dropFirst()), environment: [:], in: folder).wait()
        return result.output + result.errors
    }

    @Test(
        "without a token answers its own user and root, by whom the kernel says they are, and nobody that its file keeps out"
    )
    func users() throws {
        let process = try start("?mode=0666")
        for launcher in [[], OtherUser.root] {
            let made = try curl(
                "--json", #"{"complaint":"x","customer":{"name":"y"}}"#, "http://localhost/v1/cases", launcher: launcher
            )
            #expect(made.contains(#""status":"open""#), "\(made)")
        }
        let other = try curl("http://localhost/v1/cases", launcher: OtherUser.launcher)
        #expect(other.contains("answers only processes of its own user"), "\(other)")
        let forwarded = try curl("--header", "X-Forwarded-For: 127.0.0.1", "http://localhost/v1/cases")
        #expect(forwarded.contains("that a proxy has passed on"))
        #expect(try curl("http://desk.example/v1/cases").contains("check the Host field"))
        #expect(try curl("--header", "Origin: http://evil.example", "http://localhost/v1/cases").contains("forbidden"))
        #expect(
            process.errors.contains("peer=unix:\(geteuid())") && process.errors.contains("peer=unix:\(OtherUser.id)"))
        chmod(path, 0o600)
        #expect(try curl("http://localhost/healthz", launcher: OtherUser.launcher).contains("onnect to"))
    }

    @Test(
        "replaces what a service left that was killed, is refused beside one that lives, and leaves nothing at its end")
    func restart() throws {
        let first = try start()
        first.signal(SIGKILL)
        _ = try first.wait()
        #expect(folder.has("http.sock"))
        let second = try start()
        #expect(try curl("http://localhost/healthz").contains("ok"))
        let other = try Binary.run(
            ["serve", "--listen", "unix:\(path)", "--database", folder.path("other.db")], in: folder)
        #expect(other.exitCode == 78 && other.errors.contains("Something else already listens on unix:\(path)"))
        #expect(!folder.has("other.db"))
        #expect(try curl("http://localhost/healthz").contains("ok"))
        second.signal(SIGTERM)
        #expect(try second.wait().exitCode == 0)
        #expect(!folder.has("http.sock"))
    }

    @Test("a start that is refused leaves no socket behind, and an address is given once")
    func refused() throws {
        let port = try FreePort.find()
        let open = try Binary.run(
            ["serve", "--listen", "unix:\(path)", "--listen", "0.0.0.0:\(port)"], in: folder)
        #expect(open.exitCode == 78 && open.errors.contains("can be reached from elsewhere"))
        let twice = try Binary.run(
            ["serve", "--listen", "unix:\(path),unix:\(path)?mode=0660"], in: folder)
        #expect(twice.exitCode == 64 && twice.errors.contains("twice"))
        #expect(!folder.has("http.sock") && !folder.has("casekeeper.db"))
    }

    @Test("behind nginx takes whoever has a token, beside TCP, and believes whom nginx had it from")
    func proxy() throws {
        let token = try Binary.run(["token", "create", "Ann", "--role", "reader"], in: folder).output
            .trimmingCharacters(in: .newlines)
        let server = try RunningServer(
            ["--listen", "unix:\(path)?mode=0666", "--trusted-proxy", "unix:"], in: folder)
        let recipe = try MarkdownFile.at("docs/operating.md").text
        let block = String(try #require(recipe.firstMatch(of: /```nginx\n((?s:.*?))```/)).1)
        let settings = block.replacing("server 127.0.0.1:8080", with: "server unix:\(path)")
            .replacing("listen 443 ssl http2", with: "listen 127.0.0.1:PORT")
            .replacing("/var/log/nginx/desk.log", with: folder.path("desk.log"))
            .replacing(/(?m)^ *ssl_certificate.*\n/, with: "")
        let nginx = try Nginx(settings, in: folder)
        func ask(_ port: Int, _ fields: String...) throws -> String {
            // Whoever asks for another host than the desk's gets nothing by the recipe.
            let words = [
                "--silent", "--max-time", "60", "--header", "Host: desk.example", "http://127.0.0.1:\(port)/v1/cases",
            ]
            return try RunningProcess(
                path: "/usr/bin/curl", words + fields.flatMap { ["--header", $0] }, environment: [:], in: folder
            ).wait().output
        }
        #expect(try ask(nginx.port).contains("unauthenticated"))
        let authorization = "Authorization: Bearer \(token)"
        for port in [nginx.port, server.port] { #expect(try ask(port, authorization).contains(#""items":[]"#)) }
        let isNamed = eventually { server.process.errors.contains(/client=127\.0\.0\.1.*peer=unix:\d+/) }
        #expect(isNamed, "\(server.process.errors)")
    }
}
