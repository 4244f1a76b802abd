import ArgumentParser
import Foundation
import Testing

@testable import casekeeper

/// Of every argument of every command, as the program tells of itself and as it refuses what is wrong.
@Suite("What a shell completes")
struct OptionCompletionTests {
    private struct Help: Decodable {
        let command: Command
    }

    private struct Command: Decodable {
        let commandName: String
        let subcommands: [Command]?
        let arguments: [Argument]?
    }

    private struct Argument: Decodable {
        struct Name: Decodable {
            let name: String
        }

        struct Completion: Decodable {
            struct Words: Decodable {
                let values: [String]
            }

            struct Files: Decodable {}

            let list: Words?
            let file: Files?
            let directory: Files?
        }

        let kind: String
        let preferredName: Name?
        let valueName: String?
        let completionKind: Completion?
    }

    private let folder = try! TemporaryFolder()

    private func help() throws -> Command {
        let text = try Binary.run(["--experimental-dump-help"], in: folder).output
        return try JSONDecoder().decode(Help.self, from: Data(text.utf8)).command
    }

    /// What is said of the first option or argument that is empty, or no word of any set.
    private func fault(_ words: [String]) -> String {
        do {
            _ = try Casekeeper.parseAsRoot(words)
            return ""
        } catch {
            return Casekeeper.fullMessage(for: error)
        }
    }

    /// Calls for each argument that takes a value, once for those that several commands have.
    private func forEach(_ check: (_ words: [String], _ argument: Argument) throws -> Void) throws {
        var seen: Set<String> = []
        func walk(_ command: Command, _ words: [String]) throws {
            for argument in command.arguments ?? [] where argument.kind != "flag" {
                guard command.commandName != "help", let name = argument.preferredName?.name ?? argument.valueName
                else {
                    continue
                }
                if argument.kind == "option", !seen.insert("\(name) \(argument.valueName ?? "")").inserted { continue }
                let rest = argument.kind == "option" ? ["--\(name)", ""] : [""]
                try check(words + rest, argument)
            }
            for subcommand in command.subcommands ?? [] {
                try walk(subcommand, words + [subcommand.commandName])
            }
        }
        try walk(help(), [])
        #expect(seen.count > 60)
    }

    @Test("is the names of files or folders where that is what is taken, and the words where there are some alone")
    func every() throws {
        var kinds: [String: Int] = [:]
        try forEach { words, argument in
            let completion = argument.completionKind
            let empty = fault(words)
            if empty.contains("must be the name of a file") {
                #expect(completion?.file != nil, "\(words)")
                kinds["file", default: 0] += 1
            } else if empty.contains("must be the name of a folder") {
                #expect(completion?.directory != nil, "\(words)")
                kinds["folder", default: 0] += 1
            } else if let given = empty.firstMatch(of: /must be one of ([^.]+?)(?:, or some, separated by commas)?\.\n/)
            {
                guard !given.1.contains(" or a ") else { return }
                #expect(completion?.list?.values.joined(separator: ", ") == String(given.1), "\(words)")
                kinds["words", default: 0] += 1
            }
            // What is called so is none of those that take any text.
            if let name = argument.valueName, name.hasPrefix("file") || name == "folder" {
                #expect(completion?.file != nil || completion?.directory != nil, "\(words)")
            }
        }
        #expect(kinds["file", default: 0] >= 8 && kinds["folder"] == 1 && kinds["words", default: 0] >= 7, "\(kinds)")
    }

    @Test("is in bash what a file's name begins with, and the words of an option and of an argument")
    func bash() throws {
        let script = try folder.write(
            try Binary.run(["--generate-completion-script", "bash"], in: folder).output, to: "completions")
        try folder.write("", to: "zz-backup.db")
        func completed(_ words: String...) throws -> [String] {
            let list = (["casekeeper"] + words).map { "'\($0)'" }.joined(separator: " ")
            let text = """
                source '\(script)'; COMP_WORDS=(\(list)); COMP_CWORD=\(words.count); COMP_LINE="${COMP_WORDS[*]}"
                COMP_POINT=${#COMP_LINE}; COMP_TYPE=9; COMP_KEY=9
                _casekeeper casekeeper '\(words.last!)' '\(words.dropLast().last ?? "casekeeper")' 2>/dev/null
                printf '%s\\n' "${COMPREPLY[@]}"
                """
            let path = Binary.path.split(separator: "/").dropLast().joined(separator: "/")
            let result = try RunningProcess(
                path: "/bin/bash", ["-c", text], environment: ["PATH": "/\(path):/usr/bin:/bin"], in: folder
            ).wait()
            return result.output.split(whereSeparator: \.isWhitespace).map(String.init).sorted()
        }
        #expect(try completed("restore", "zz") == ["zz-backup.db"])
        #expect(try completed("verify", "--database", "zz") == ["zz-backup.db"])
        #expect(try completed("token", "create", "Ann", "--role", "a") == ["admin", "agent"])
        #expect(try completed("serve", "--log-level", "w") == ["warning"])
        #expect(try completed("export", "c").contains("cases"))
        #expect(try completed("doctor", "--except", "of") == ["offsite"])
    }
}
