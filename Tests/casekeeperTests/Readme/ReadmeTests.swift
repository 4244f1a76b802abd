import ArgumentParser
import CaseStore
import Complaints
import Foundation
import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI
@testable import casekeeper

@Suite("The README tells the truth")
struct ReadmeTests {
    let readme: String
    let folder: TemporaryFolder

    init() throws {
        readme = try String(contentsOf: Repository.root.appending(path: "README.md"), encoding: .utf8)
        folder = try TemporaryFolder()
    }

    @Test("its session has the output it shows, but for the instants")
    func session() throws {
        let (shell, rest) = try sections()
        #expect(shell.count >= 20)
        #expect(rest.count >= 10)
        try run(rest, on: RunningServer(in: folder))
    }

    @Test("its part for the shell has the output it shows, on the desk it speaks of")
    func shell() throws {
        let server = try RunningServer(in: folder)
        try ShellDesk.make(on: server, in: folder)
        try run(sections().shell, on: server)
    }

    /// The steps of the part for the shell, and all others.
    private func sections() throws -> (shell: [ConsoleStep], rest: [ConsoleStep]) {
        let shell = try #require(readme.firstMatch(of: /(?m)^## Shell first\n(?s:.*?)(?=^## )/))
        let rest = readme.replacing(shell.output, with: "")
        return (ConsoleStep.all(in: String(shell.output)), ConsoleStep.all(in: rest))
    }

    private func run(_ steps: [ConsoleStep], on server: RunningServer) throws {
        for step in steps {
            let command = step.command.replacing("localhost:8080", with: "127.0.0.1:\(server.port)")
            let shell = try RunningProcess(
                path: "/bin/sh", ["-c", command], environment: ["PATH": "/usr/bin:/bin"], in: folder)
            let result = try shell.wait()
            let output = result.output.trimmingCharacters(in: .newlines)
            #expect(output.withoutInstants == step.output.withoutInstants, "\(step.command)\n\(result.errors)")
        }
    }

    /// The ```sh blocks that say something, in order.
    private func blocks(with words: String) -> [String] {
        readme.matches(of: /```sh\n((?s:.*?))```/).map { String($0.1) }.filter { $0.contains(words) }
    }

    @Test("every command line of it is one that the program takes")
    func commandLines() throws {
        let lines = blocks(with: "casekeeper ").flatMap { block in
            block.replacing("\\\n", with: "").split(separator: "\n").filter { $0.hasPrefix("casekeeper ") }
        }
        #expect(lines.count >= 10)
        for line in lines {
            // A shell takes it apart, and leaves out what stands behind a #.
            let script = "set -- \(line.dropFirst("casekeeper ".count))\nprintf '%s\\0' \"$@\""
            let words = try RunningProcess(path: "/bin/sh", ["-c", script], environment: [:], in: folder).wait().output
            let arguments = words.split(separator: "\0").map(String.init)
            #expect(throws: Never.self, "\(line)") { try Casekeeper.parseAsRoot(arguments) }
        }
    }

    @Test("its lines on tokens, on backups and on erasing again do what it says, one after the other")
    func administration() throws {
        let server = try RunningServer(in: folder)
        let tokens = try #require(blocks(with: "casekeeper token create").first)
        let made = try sh(tokens, on: server)
        let secrets = made.matches(of: /(?m)^ck_\S+$/).map { String($0.output) }
        try #require(secrets.count == 1, "\(made)")
        #expect(made.contains("Token 1 for Ann Lee is revoked."))
        let admin = try Binary.run(["token", "create", "Bo", "--role", "admin"], in: folder).output
            .trimmingCharacters(in: .newlines)

        let overHTTP = try #require(blocks(with: "export AUTH").first).replacing("ck_...", with: admin)
            .replacing("tokens/2/", with: "tokens/3/")
        let answers = try sh(overHTTP, on: server)
        #expect(answers.firstMatch(of: /(?m)^ck_\S+$/) != nil, "\(answers)")
        #expect(answers.contains("3\tKim\tagent\t"), "\(answers)")
        #expect(answers.contains("\"revoked_at\":\"2"), "\(answers)")

        let backup = try sh(try #require(blocks(with: "casekeeper backup").first), on: server)
        #expect(backup.hasPrefix("backed up casekeeper.db to backup.db: 0 cases"), "\(backup)")
        #expect(backup.hasSuffix("ok\n"), "\(backup)")
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        let restore = try #require(blocks(with: "casekeeper restore").first { $0.contains("casekeeper serve") })
        let restored = try sh(restore.replacing("casekeeper serve", with: ""), on: server)
        #expect(restored.hasPrefix("restored casekeeper.db from backup.db: 0 cases"), "\(restored)")
    }

    @Test("its way to erase again after a restore erases whoever was erased before")
    func erasedAgain() throws {
        let server = try RunningServer(in: folder)
        func post(_ path: String, _ body: String) throws {
            _ = try sh("curl -s --json '\(body)' localhost:8080\(path)", on: server)
        }
        try post("/v1/cases", #"{"complaint": "It leaks.", "customer": {"name": "Ann Lee"}}"#)
        try post("/v1/promises/1/keep", #"{"resolve": {"summary": "Done", "customer_accepted": true}}"#)
        #expect(try Binary.run(["backup", "backup.db"], in: folder).exitCode == 0)
        try post("/v1/customers/1/erase", #"{"reason": "Asked for it"}"#)
        let lines = try #require(blocks(with: "erased.txt").first).split(
            separator: "\n", omittingEmptySubsequences: false)
        let restore = try #require(lines.firstIndex { $0.hasPrefix("casekeeper restore") })
        _ = try sh(lines[..<restore].joined(separator: "\n"), on: server)
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        #expect(try sh(String(lines[restore]), on: server).hasPrefix("restored casekeeper.db"))
        let again = try RunningServer(in: folder)
        #expect(try sh("curl -s localhost:8080/v1/customers/1 | jq -r .name", on: again) == "Ann Lee\n")
        let erased = try sh(lines[(restore + 1)...].joined(separator: "\n"), on: again)
        #expect(erased == "[1,\"[erased]\",null]\n")
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

    @Test("its import line takes every row")
    func importLine() throws {
        let block = try #require(readme.firstMatch(of: /```sh\n(casekeeper import (?s:.*?))```/)).1
        let line = block.replacing("casekeeper import ../shared/data/complaints-cfpb.csv", with: "\"$0\" import \"$1\"")
        let shell = try RunningProcess(
            path: "/bin/sh", ["-c", String(line), Binary.path, Repository.sample], environment: [:], in: folder)
        let result = try shell.wait()
        #expect(result.output.hasPrefix("60 rows: 60 added, 0 already there, 0 refused, in "), "\(result.errors)")
    }

    @Test("it names the reasons that stay until a restart, and has each of them in its table")
    func latches() {
        let words = [WriterLatch.commitFailed(""), .checkpointFailed(""), .fileLost(path: ""), .damaged("")].map(\.word)
        let named = "`\(words[0])`, `\(words[1])`, `\(words[2])` and `\(words[3])` stay until a restart"
        #expect(readme.replacing("\n", with: " ").contains(named))
        for word in words { #expect(readme.contains("| `\(word)` |")) }
    }

    @Test("its table of routes is the map of the service")
    func routes() {
        let rows = readme.matches(of: /(?m)^\| `([A-Z]+ \/\S+)` \| (\w+) \|/).map { "\($0.1) \($0.2)" }
        let routes = RouteMap.table.routes.map { route in
            "\(route.method.rawValue) \(route.pattern) \(route.endpoint.role?.rawValue ?? "anybody")"
        }
        #expect(rows.sorted() == routes.sorted())
    }

    @Test("it gives the defaults that the program has")
    func defaults() throws {
        let help = try Binary.run(["serve", "--help"], in: folder).output.split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        let rows = readme.matches(of: /(?m)^\| `--([a-z-]+)` \| `([^`]+)` \|/)
        #expect(rows.count > 20)
        for row in rows {
            let option = try #require(help.firstRange(of: " --\(row.1) <"))
            let shown = help[option.upperBound...].prefixMatch(of: /[^(]*(?:\(\d+\)\.? )?\(default: ([^)]+)\)/)
            #expect(shown?.1 == row.2, "--\(row.1)")
        }
    }

    @Test("it names every option of every command")
    func options() {
        func check(_ command: any ParsableCommand.Type) {
            for option in DeclaredOption.options(of: command) {
                let isNamed = readme.contains("--\(option.name)")
                #expect(isNamed, "\(command): --\(option.name)")
            }
            for subcommand in command.configuration.subcommands { check(subcommand) }
        }
        check(Casekeeper.self)
    }
}
