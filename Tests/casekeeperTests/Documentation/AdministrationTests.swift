import Foundation
import Testing

@Suite("The scripts for operators")
struct AdministrationTests {
    let page: MarkdownFile
    let folder: TemporaryFolder

    init() throws {
        page = try MarkdownFile.at("docs/operating.md")
        folder = try TemporaryFolder()
    }

    /// The ```sh blocks that say something, in order.
    private func scripts(with words: String) -> [String] { page.scripts.filter { $0.contains(words) } }

    @Test("on tokens and backups do what they say, one after the other")
    func administration() throws {
        let server = try RunningServer(in: folder)
        let tokens = try #require(scripts(with: "casekeeper token revoke").first)
        let made = try sh(tokens, on: server)
        let secrets = made.matches(of: /(?m)^ck_\S+$/).map { String($0.output) }
        try #require(secrets.count == 2, "\(made)")
        #expect(made.contains("Token 1 for Ann Lee is revoked."))
        let admin = try Binary.run(["token", "create", "Bo", "--role", "admin"], in: folder).output
            .trimmingCharacters(in: .newlines)

        let overHTTP = try #require(scripts(with: "export AUTH").first).replacing("ck_...", with: admin)
            .replacing("tokens/2/", with: "tokens/4/")
        let answers = try sh(overHTTP, on: server)
        #expect(answers.firstMatch(of: /(?m)^ck_\S+$/) != nil, "\(answers)")
        #expect(answers.contains("4\tKim\tagent\t"), "\(answers)")
        #expect(answers.contains("\"revoked_at\":\"2"), "\(answers)")

        let backup = try sh(try #require(scripts(with: "casekeeper backup").first), on: server)
        #expect(backup.hasPrefix("backed up casekeeper.db to backup.db: 0 cases"), "\(backup)")
        #expect(backup.hasSuffix("ok\n"), "\(backup)")
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        let restore = try #require(scripts(with: "casekeeper restore").first { $0.contains("casekeeper serve") })
        let restored = try sh(restore.replacing("casekeeper serve", with: ""), on: server)
        #expect(restored.hasPrefix("restored casekeeper.db from backup.db: 0 cases"), "\(restored)")
    }

    @Test("on erasing again after a restore erase whoever was erased before")
    func erasedAgain() throws {
        let server = try RunningServer(in: folder)
        func post(_ path: String, _ body: String) throws {
            _ = try sh("curl -s --json '\(body)' localhost:8080\(path)", on: server)
        }
        try post("/v1/cases", #"{"complaint": "It leaks.", "customer": {"name": "Ann Lee"}}"#)
        try post("/v1/promises/1/keep", #"{"resolve": {"summary": "Done", "customer_accepted": true}}"#)
        #expect(try Binary.run(["backup", "backup.db"], in: folder).exitCode == 0)
        try post("/v1/customers/1/erase", #"{"reason": "Asked for it"}"#)
        let lines = try #require(scripts(with: "erased.txt").first).split(
            separator: "\n", omittingEmptySubsequences: false)
        let restore = try #require(lines.firstIndex { $0.hasPrefix("casekeeper restore") })
        _ = try sh(lines[..<restore].joined(separator: "\n"), on: server)
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        #expect(try sh(String(lines[restore]), on: server).hasPrefix("restored casekeeper.db"))
        let again = try RunningServer(in: folder)
        #expect(try sh("curl -s localhost:8080/v1/customers/1 | jq -r .name", on: again) == "Ann Lee\n")
        let erased = try sh(lines[(restore + 1)...].joined(separator: "\n"), on: again)
        #expect(erased == "[1,\"[erased]\",null,null,null]\n")
    }

    /// What a script of it writes, with the program in the path.
    private func sh(_ script: String, on server: RunningServer) throws -> String {
        let bin = URL(filePath: Binary.path).deletingLastPathComponent().path
        let shell = try RunningProcess(
            path: "/bin/sh", ["-ec", script.replacing("localhost:8080", with: "127.0.0.1:\(server.port)")],
            environment: ["PATH": "\(bin):/usr/bin:/bin"], in: folder)
        let result = try shell.wait()
        #expect(result.exitCode == 0, "\(script)\n\(result.errors)")
        return result.output
    }
}
