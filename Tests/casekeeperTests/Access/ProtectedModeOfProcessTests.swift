import Foundation
import HTTPServer
import HTTPTypes
import TestSupport
import Testing

@testable import CaseAPI
@testable import casekeeper

/// Who is let in while there is no token, with real processes of several users and with a real proxy.
@Suite("casekeeper serve without a token", .serialized)
struct ProtectedModeOfProcessTests {
    let folder = try! TemporaryFolder()

    init() throws {
        // Others have to come by, to start the program and nginx's workers.
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
    }

    /// Every request that takes a role, as curl is asked for it.
    private static var requests: [(method: String, path: String)] {
        RouteMap.table.routes.filter { $0.endpoint.role != nil }.map { route in
            let path = route.pattern.replacing(/\{severity\}/, with: "normal").replacing(/\{\w+\}/, with: "1")
            return (route.method.rawValue, path)
        }
    }

    /// The statuses of all of them, asked by a process that `launcher` starts.
    private func statuses(port: Int, launcher: [String], _ fields: [String] = []) throws -> [String] {
        var words: [String] = []
        for request in Self.requests {
            if !words.isEmpty { words.append("--next") }
            words += ["--silent", "--max-time", "60", "--output", "/dev/null", "--write-out", "%{http_code}\n"]
            words += ["--request", request.method] + fields.flatMap { ["--header", $0] }
            if request.method != "GET" { words += ["--json", #"{"name":"a","role":"admin"}"#] }
            words.append("http://127.0.0.1:\(port)\(request.path)")
        }
        let all = launcher + ["/usr/bin/curl"] + words
        let result = try RunningProcess(path: all[0], Array(all.dropFirst()), environment: [:], in: folder).wait()
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test("answers its own user and root, and nobody else, whatever they ask for")
    func users() throws {
        let server = try RunningServer(["--rate-limit-failures", "0"], in: folder)
        #expect(server.process.errors.contains("user_id=\(geteuid())"))
        let others = try statuses(port: server.port, launcher: OtherUser.launcher)
        #expect(others == Self.requests.map { _ in "403" })
        for launcher in [[], OtherUser.root] {
            let own = try statuses(port: server.port, launcher: launcher)
            #expect(own.count == Self.requests.count)
            for (request, status) in zip(Self.requests, own) {
                let isFirstToken = request == ("POST", "/v1/tokens")
                #expect((status == "403") == isFirstToken, "\(request): \(status)")
            }
        }
        let open = try RunningProcess(
            path: OtherUser.launcher[0],
            OtherUser.launcher.dropFirst() + ["/usr/bin/curl", "-s", "http://127.0.0.1:\(server.port)/healthz"],
            environment: [:], in: folder
        ).wait()
        #expect(open.output.contains("ok"), "\(open.output)")
    }

    @Test("as another user it answers that one and root")
    func asOther() throws {
        let home = folder.path("home")
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: false)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: home)
        let program = folder.path("casekeeper")
        try FileManager.default.copyItem(atPath: Binary.path, toPath: program)
        let words =
            OtherUser.launcher + [program, "serve", "--listen", "127.0.0.1:0", "--database", "\(home)/casekeeper.db"]
        let server = try RunningServer(
            RunningProcess(path: words[0], Array(words.dropFirst()), environment: [:], in: folder))
        #expect(server.process.errors.contains("user_id=\(OtherUser.id)"))
        for launcher in [OtherUser.launcher, OtherUser.root] {
            #expect(try statuses(port: server.port, launcher: launcher).contains("200"))
        }
        if geteuid() != 0 {
            let others = try statuses(port: server.port, launcher: [])
            #expect(others == Self.requests.map { _ in "403" })
        }
    }

    @Test("answers nothing that nginx passes on, as it does by default")
    func plainProxy() throws {
        let server = try RunningServer(["--rate-limit-failures", "0"], in: folder)
        for location in [
            "proxy_pass http://127.0.0.1:\(server.port);",
            // As if it were of this machine in every way it can say.
            """
            proxy_pass http://127.0.0.1:\(server.port);
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host localhost;
            """,
        ] {
            let nginx = try Nginx(
                "server { listen 127.0.0.1:PORT; location / { \(location) } }", in: folder)
            let answers = try statuses(port: nginx.port, launcher: [])
            #expect(answers == Self.requests.map { _ in "403" })
        }
        #expect(try Binary.run(["token", "list"], in: folder).output.isEmpty, "no token came about")
    }
}
