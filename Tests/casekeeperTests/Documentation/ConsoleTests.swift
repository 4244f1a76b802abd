import Foundation
import Testing

@Suite("Terminals in the documentation")
struct ConsoleTests {
    private static let pages = MarkdownFile.all.filter { !ConsoleStep.all(in: $0.text).isEmpty }

    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("show what comes, but for the instants", arguments: pages)
    func sessions(of page: MarkdownFile) throws {
        let server = try RunningServer(in: folder)
        if let desk = page.desk {
            if desk.hasSuffix(".md") {
                try run(ConsoleStep.all(in: try MarkdownFile.at(desk).text), on: server)
            } else {
                try ShellDesk.make(from: desk, on: server, in: folder)
            }
        }
        try run(ConsoleStep.all(in: page.text), on: server)
    }

    @Test("are looked at in every page that has any")
    func everyPage() {
        let blocks = MarkdownFile.all.filter { $0.text.contains("```console") }
        #expect(Self.pages.map(\.path) == blocks.map(\.path))
        #expect(Self.pages.map(\.path).contains("README.md"))
        #expect(Self.pages.reduce(0) { $0 + ConsoleStep.all(in: $1.text).count } >= 60)
    }

    private func run(_ steps: [ConsoleStep], on server: RunningServer) throws {
        let path = "\(URL(filePath: Binary.path).deletingLastPathComponent().path):/usr/bin:/bin"
        for step in steps {
            let command = step.command.replacing("localhost:8080", with: "127.0.0.1:\(server.port)")
            let shell = try RunningProcess(
                path: "/bin/sh", ["-c", command], environment: ["PATH": path], in: folder)
            let result = try shell.wait()
            let output = result.output.trimmingCharacters(in: .newlines)
            #expect(output.withoutInstants == step.output.withoutInstants, "\(step.command)\n\(result.errors)")
        }
    }
}
