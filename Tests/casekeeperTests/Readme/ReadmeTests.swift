import ArgumentParser
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

    @Test("its import line takes every row")
    func importLine() throws {
        let block = try #require(readme.firstMatch(of: /```sh\n(casekeeper import (?s:.*?))```/)).1
        let line = block.replacing("casekeeper import ../shared/data/complaints-cfpb.csv", with: "\"$0\" import \"$1\"")
        let shell = try RunningProcess(
            path: "/bin/sh", ["-c", String(line), Binary.path, Repository.sample], environment: [:], in: folder)
        let result = try shell.wait()
        #expect(result.output.hasPrefix("60 rows: 60 added, 0 already there, 0 refused, in "), "\(result.errors)")
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
