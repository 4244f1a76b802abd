import ArgumentParser
import CaseStore
import Complaints
import Foundation
import Testing

@testable import casekeeper

@Suite("The pages of the documentation")
struct PageTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("have tables that are as the program says")
    func tables() throws {
        let script = Repository.root.appending(path: "Tests/Documentation/tables.py").path
        let result = try RunningProcess(
            path: "/usr/bin/python3", [script, "--binary", Binary.path], environment: [:], in: folder
        ).wait()
        #expect(result.exitCode == 0, "\(result.output)\(result.errors)")
    }

    @Test("lead to what is there", arguments: MarkdownFile.all)
    func links(of page: MarkdownFile) throws {
        let folder = Repository.root.appending(path: page.path).deletingLastPathComponent()
        for match in page.prose.matches(of: /\]\(([^)\s#]*)(#[^)\s]*)?\)/) where !match.1.contains(":") {
            let target = match.1.isEmpty ? Repository.root.appending(path: page.path) : folder.appending(path: match.1)
            let path = target.standardizedFileURL.path
            #expect(FileManager.default.fileExists(atPath: path), "\(page.path): \(match.0)")
            guard let anchor = match.2?.dropFirst(), path.hasSuffix(".md") else { continue }
            let root = Repository.root.standardizedFileURL.path
            let found = MarkdownFile.anchors[String(path.dropFirst(root.count).drop { $0 == "/" })]
            #expect(found?.contains(String(anchor)) == true, "\(page.path): \(match.0)")
        }
    }

    @Test("are all found from the README")
    func found() throws {
        let readme = try MarkdownFile.at("README.md").text
        for page in MarkdownFile.all where page.path.hasPrefix("docs/") || !page.path.contains("/") {
            let isNamed = page.path == "README.md" || readme.contains("](\(page.path)")
            #expect(isNamed, "\(page.path)")
        }
    }

    @Test("have two commands for all set-up on the first screen of the README, and it is two screens long")
    func firstScreen() throws {
        let readme = try MarkdownFile.at("README.md")
        let lines = try #require(readme.scripts.first).split(separator: "\n").map { $0.prefix { $0 != "#" } }
        #expect(lines.map { $0.trimmingCharacters(in: .whitespaces) } == ["make run", "make test"])
        #expect(readme.scripts.count == 1)
        #expect(readme.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 110)
    }

    @Test("name no target that the Makefile lacks")
    func targets() throws {
        let makefile = try String(contentsOf: Repository.root.appending(path: "Makefile"), encoding: .utf8)
        let declared = Set(makefile.matches(of: /(?m)^([a-z-]+):/).map { String($0.1) })
        for page in MarkdownFile.all {
            for match in page.text.matches(of: /(?:`|(?m)^)make ([a-z-]+)/) {
                #expect(declared.contains(String(match.1)), "\(page.path): make \(match.1)")
            }
        }
    }

    @Test("name files that are there, with what is said to be in them", arguments: MarkdownFile.all)
    func files(of page: MarkdownFile) throws {
        for match in page.text.matches(of: /`((?:Sources|Tests|Migrations)\/[^`*…]*)`/) {
            let path = Repository.root.appending(path: match.1).path
            #expect(FileManager.default.fileExists(atPath: path), "\(page.path): \(match.1)")
        }
        for match in page.text.matches(of: /`([^`]+)` in `((?:Sources|Tests)\/[^`]*\.\w+)`/) {
            let text = try String(contentsOf: Repository.root.appending(path: match.2), encoding: .utf8)
            #expect(text.contains(match.1), "\(page.path): \(match.0)")
        }
    }

    @Test("say of every warning what it is about, outside of the reference")
    func warnings() throws {
        let pages = MarkdownFile.all.filter { $0.path != "docs/reference.md" }.map(\.text)
        let words =
            PromiseWarning.Code.allCases.map(\.rawValue) + CaseWarning.Code.allCases.map(\.rawValue)
            + SettingWarning.Code.allCases.map(\.rawValue) + ErasureTrace.Code.allCases.map(\.rawValue)
        for word in words {
            #expect(pages.contains { $0.contains("`\(word)`") }, "\(word)")
        }
    }

    @Test("name triggers that the schema has")
    func triggers() throws {
        let migrations = Repository.root.appending(path: "Migrations")
        let schema = try FileManager.default.contentsOfDirectory(atPath: migrations.path)
            .filter { $0.hasSuffix(".sql") }
            .map { try String(contentsOf: migrations.appending(path: $0), encoding: .utf8) }.joined()
        let section = try #require(MarkdownFile.at("docs/architecture.md").section("## What is always true"))
        let named = section.matches(of: /`([a-z]+_[a-z_]+)`/)
        #expect(named.count > 10)
        for match in named { #expect(schema.contains("CREATE TRIGGER \(match.1)"), "\(match.1)") }
    }

    @Test("have command lines that the program takes")
    func commandLines() throws {
        let lines = MarkdownFile.all.flatMap(\.scripts).flatMap { script in
            script.replacing("\\\n", with: "").split(separator: "\n").filter { $0.hasPrefix("casekeeper ") }
        }
        #expect(lines.count >= 10)
        for line in lines {
            // A shell takes it apart, and leaves out what stands behind a #. The only files that are read have heads of the log.
            let typed = String(line.dropFirst("casekeeper ".count))
                .replacing(/\$\(cat [^)]*\)/, with: String(repeating: "0", count: 64))
            let script = "set -- \(typed)\nprintf '%s\\0' \"$@\""
            let words = try RunningProcess(path: "/bin/sh", ["-c", script], environment: [:], in: folder).wait().output
            let arguments = words.split(separator: "\0").map(String.init)
            #expect(throws: Never.self, "\(line)") { try Casekeeper.parseAsRoot(arguments) }
        }
    }

    @Test("have an import line that takes every row")
    func importLine() throws {
        let page = try MarkdownFile.at("docs/importing.md")
        let block = try #require(page.scripts.first { $0.hasPrefix("casekeeper import") })
        let line = block.replacing("casekeeper import ../shared/data/complaints-cfpb.csv", with: "\"$0\" import \"$1\"")
        let shell = try RunningProcess(
            path: "/bin/sh", ["-c", line, Binary.path, Repository.sample], environment: [:], in: folder)
        let result = try shell.wait()
        #expect(result.output.hasPrefix("60 rows: 60 added, 0 already there, 0 refused, in "), "\(result.errors)")
    }

    @Test("give the defaults that the program has")
    func defaults() throws {
        // What doctor is told of may stand in the file of configuration, too.
        let help = try ["serve", "doctor"].map { try Binary.run([$0, "--help"], in: folder).output }.joined(
            separator: " "
        )
        .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let rows = try MarkdownFile.at("docs/operating.md").text.matches(of: /(?m)^\| `--([a-z-]+)` \| `([^`]+)` \|/)
        #expect(rows.count > 20)
        for row in rows {
            let option = try #require(help.firstRange(of: " --\(row.1) <"))
            let shown = help[option.upperBound...].prefixMatch(of: /[^(]*(?:\(\d+\)\.? )?\(default: ([^)]+)\)/)
            #expect(shown?.1 == row.2, "--\(row.1)")
        }
    }

    @Test("name every option of every command, and those of serve as configuration")
    func options() throws {
        let text = MarkdownFile.all.map(\.text).joined()
        func check(_ command: any ParsableCommand.Type) {
            for option in DeclaredOption.options(of: command) {
                let isNamed = text.contains("--\(option.name)")
                #expect(isNamed, "\(command): --\(option.name)")
            }
            for subcommand in command.configuration.subcommands { check(subcommand) }
        }
        check(Casekeeper.self)
        let configuration = try #require(MarkdownFile.at("docs/operating.md").section("## Configuration"))
        for option in DeclaredOption.options(of: ServeCommand.self) {
            let isListed = configuration.contains("`--\(option.name)`")
            #expect(isListed, "--\(option.name)")
        }
    }

    @Test("list what commands end with")
    func exitCodes() throws {
        let source = try String(
            contentsOf: Repository.root.appending(path: "Sources/casekeeper/Exit/ExitStatus.swift"), encoding: .utf8)
        let codes = source.matches(of: /(?m)^ *case \w+ = (\d+)$/).map { String($0.1) }
        #expect(codes.count > 5)
        let section = try #require(MarkdownFile.at("docs/operating.md").section("### Exit codes"))
        let listed = section.matches(of: /(?m)^\| (\d+) \|/).map { String($0.1) }
        #expect(listed == ["0"] + codes)
    }

    @Test("name the reasons that stay until a restart, and have each of them in their table")
    func latches() throws {
        let text = try MarkdownFile.at("docs/operating.md").text
        let words = [WriterLatch.commitFailed(""), .checkpointFailed(""), .fileLost(path: ""), .damaged("")].map(\.word)
        let named = "`\(words[0])`, `\(words[1])`, `\(words[2])` and `\(words[3])` stay until a restart"
        #expect(text.replacing("\n", with: " ").contains(named))
        for word in words { #expect(text.contains("| `\(word)` |")) }
    }

    @Test("tell in CHANGELOG.md of each version, the newest first, when it came; what is to come stands on top")
    func versions() throws {
        let headings = try MarkdownFile.at("CHANGELOG.md").text.matches(of: /(?m)^## (.*)$/).map { String($0.1) }
        let running = Casekeeper.configuration.version
        let released = headings.drop { $0 == "Unreleased" }
        #expect(headings.count - released.count <= 1)
        let versions = try released.map { heading in
            let parts = try #require(heading.wholeMatch(of: /(\d+)\.(\d+)\.(\d+), (\d{4}-\d\d-\d\d)/), "\(heading)")
            let number = try [parts.1, parts.2, parts.3].map { try #require(Int($0)) }
            let day = try #require(try? Date("\(parts.4)T00:00:00Z", strategy: .iso8601), "\(heading)")
            return (number: number, day: day)
        }
        for (newer, older) in zip(versions, versions.dropFirst()) {
            #expect(older.number.lexicographicallyPrecedes(newer.number) && older.day <= newer.day, "\(newer) \(older)")
        }
        let own = running.split(separator: ".").compactMap { Int($0) }
        guard let newest = versions.first?.number else { return }
        // What is to come has a number of its own.
        #expect(headings[0] == "Unreleased" ? newest.lexicographicallyPrecedes(own) : newest == own, "\(running)")
    }
}
