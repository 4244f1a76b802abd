import ArgumentParser
import CaseAPI
import Complaints
import Synchronization
import Testing

@testable import casekeeper

@Suite("What an option takes")
struct OptionFormTests {
    /// An option and the words of its command.
    struct Place: Sendable, CustomTestStringConvertible {
        let words: [String]
        let option: DeclaredOption

        var testDescription: String { (words + ["--\(option.name)"]).joined(separator: " ") }
    }

    static let options: [Place] = {
        func all(_ command: any ParsableCommand.Type, _ words: [String]) -> [Place] {
            command.configuration.subcommands.flatMap { all($0, words + [$0.configuration.commandName ?? ""]) }
                + DeclaredOption.options(of: command).map { Place(words: words, option: $0) }
        }
        return all(Casekeeper.self, []).filter { place in
            // They take long, and all commands have the one of this name from one group.
            if place.option.name == "config" { return place.words == ["serve"] }
            // The others of these two are those of serve, and read by it.
            let own = ["config": ["json"], "doctor": ["json", "quiet", "backup-age", "except"]]
            return place.words.first.flatMap { own[$0] }?.contains(place.option.name) ?? true
        }
    }()

    /// What is said of the command line; nil when nothing is.
    private func message(_ words: [String], _ environment: [String: String] = [:]) throws -> String? {
        var arguments = CompletedArguments(words: words)
        do {
            arguments = try OptionSources(root: Casekeeper.self, environment: environment).completing(words)
            _ = try Casekeeper.parseAsRoot(arguments.words)
            return nil
        } catch let fault as CommandLineFault {
            return "\(fault)"
        } catch {
            return arguments.blaming(Casekeeper.fullMessage(for: error)).message
        }
    }

    /// What no option takes that does not take any text.
    private static let wrong = "??"

    /// What is said of each option that is given what is wrong. The library takes long to say it in a debug build, as it
    /// looks at all options of the command again and again.
    private static let told = Mutex<[[String]: String]>([:])

    private func told(of place: Place) throws -> String {
        let words = place.words + ["--\(place.option.name)=\(Self.wrong)"]
        if let known = Self.told.withLock({ $0[words] }) { return known }
        let told = try message(words) ?? ""
        Self.told.withLock { $0[words] = told }
        return told
    }

    /// The help of each command, on one line an option.
    private static let help = Mutex<[[String]: String]>([:])

    private func help(_ words: [String]) throws -> String {
        if let known = Self.help.withLock({ $0[words] }) { return known }
        let help = Casekeeper.helpMessage(for: try command(words), columns: 400)
        Self.help.withLock { $0[words] = help }
        return help
    }

    @Test(
        "is said to whoever gives something else, with an example or all there is, under the name that it was given by",
        arguments: options)
    func form(place: Place) throws {
        guard place.option.kind != .flag else { return }
        let typed = try told(of: place)
        guard typed.contains("invalid for '--\(place.option.name) <") else {
            // Any text is the name of a file.
            #expect(place.option.isText)
            return
        }
        let fault = typed.prefix { $0 != "\n" }
        #expect(fault.contains("must be ") || fault.contains("; write "), "\(fault)")
        #expect(fault.contains("such as ") || fault.contains("one of ") || fault.contains("64 hexadecimal"), "\(fault)")

        let variable = OptionSources.variable(place.option.name)
        let settings = OptionSources(root: Casekeeper.self, environment: [variable: Self.wrong])
        let arguments = try settings.completing(place.words)
        #expect(arguments.words == place.words + ["--\(place.option.name)=\(Self.wrong)"])
        let told = arguments.blaming(typed).message
        let blame = told.prefix { $0 != "\n" }
        #expect(blame.contains("The value '\(Self.wrong)' is invalid for \(variable): "), "\(blame)")
        #expect(!blame.contains("--\(place.option.name)"))
    }

    /// What stands for a value in the help without being one.
    static let placeholders: Set<String> = [
        "n", "bytes", "bytes/s", "rate", "duration", "file", "name", "hash", "instant", "format", "host:port|unix:path",
        "address[/bits]|unix:",
        "address[/bits]", "field=column|other", "field=now|skip", "field=value", "field:from=to", "role", "log-level",
        "character", "encoding", "program",
        "log-format", "date", "time", "url", "folder", "check", "number",
    ]

    @Test("is taken as the help and the errors of the option show it", arguments: options)
    func examples(place: Place) throws {
        guard place.option.kind != .flag else { return }
        let told = try told(of: place)
        var examples = told.firstMatch(of: /(?m)such as (.+?)(?: or .*)?\.$/).map { [String($0.1)] } ?? []
        let help = try help(place.words)
        let shown = try #require(help.firstMatch(of: try Regex("(?m)^  --\(place.option.name) <([^>]+)>")))
        let word = String(try #require(shown.output[1].substring))
        if !Self.placeholders.contains(word) { examples.append(word) }
        for example in examples {
            // A shell takes the quotes away.
            let said = try message(place.words + ["--\(place.option.name)=\(example.replacing("'", with: ""))"]) ?? ""
            #expect(!said.contains("invalid for"), "\(said)")
        }
    }

    private func command(_ words: [String]) throws -> any ParsableCommand.Type {
        try words.reduce(Casekeeper.self as any ParsableCommand.Type) { command, word in
            try #require(command.configuration.subcommands.first { $0.configuration.commandName == word })
        }
    }

    @Test("that is a number or a length is said to be not negative, also where its sign looks like an option's")
    func negative() throws {
        for (option, value, words) in [
            ("connections", "-1", "a whole number from 1 to 1000000, such as 16384"),
            ("min-free-space", "-1", "a whole number of bytes from 0 to"),
            ("idle-timeout", "-PT1M", "an ISO 8601 duration from"), ("rate-limit-token", "-5/s", "a number up to"),
        ] {
            for words in [["--\(option)", value], ["--\(option)=\(value)"]].map({
                ["serve"] + $0 + ["--require-if-match"]
            }) {
                let told = try message(words) ?? ""
                #expect(told.contains("The value '\(value)' is invalid for '--\(option) <"), "\(told)")
                #expect(told.contains("it must not be negative, but "))
            }
            #expect(try message(["serve", "--\(option)", value])?.contains(words) == true)
        }
        #expect(try message(["serve", "--connections", "--backlog"])?.contains("Missing value for") == true)
    }

    @Test("a flag in the environment is on or off by these words, and nothing else", arguments: options)
    func flag(place: Place) throws {
        guard place.option.kind == .flag else { return }
        let variable = OptionSources.variable(place.option.name)
        for (word, isOn) in [
            ("1", true), ("true", true), ("YES", true), ("On", true), ("0", false), ("False", false), ("no", false),
            ("off", false),
        ] {
            let settings = OptionSources(root: Casekeeper.self, environment: [variable: word])
            #expect(try settings.completing(place.words).words.contains("--\(place.option.name)") == isOn)
        }
        for word in ["maybe", "2", "ja", "on ", "true\u{301}"] {
            let told = try message(place.words, [variable: word]) ?? ""
            #expect(
                told.contains("The value '\(word)' is invalid for \(variable): it must be one of 1, true, yes, on, "))
        }
    }

    static let bounds = [
        ("clock-tolerance", "2", "an ISO 8601 duration from PT0S to P1D, such as PT2S"),
        ("memory-limit", "256M", "a whole number of bytes from 1048576 to 1099511627776, such as 268435456"),
        ("idle-timeout", "60", "an ISO 8601 duration from PT0.001S to P1D, such as PT1M"),
        ("idle-timeout", "P2D", "an ISO 8601 duration from PT0.001S to P1D, such as PT1M"),
        ("loops", "1025", "a whole number from 1 to 1024, such as 1"),
        ("rate-limit-token", "5/d", "an hour (1000/h), or 0 for any number, such as 600/m"),
        ("log-level", "loud", "one of trace, debug, info, notice, warning, error, critical"),
    ]

    @Test("has bounds, which are said too", arguments: bounds)
    func bound(option: String, value: String, words: String) throws {
        let told = try message(["serve", "--\(option)", value]) ?? ""
        #expect(told.contains(words + "."), "\(told)")
    }

    @Test("a tolerance of nothing is strict, and taken")
    func strict() throws {
        let command = try Casekeeper.parseAsRoot(["serve", "--clock-tolerance", "PT0S"]) as? ServeCommand
        #expect(command?.access.rules().clockTolerance == .zero)
    }

    @Test("what is wrong in the environment ends a command (64), and keeps nobody from its help")
    func help() throws {
        let folder = try TemporaryFolder()
        for environment in [["CASEKEEPER_REQUIRE_IF_MATCH": "maybe"], ["CASEKEEPER_IDLE_TIMEOUT": "60"]] {
            let refused = try Binary.run(["serve"], environment: environment, in: folder)
            #expect(refused.exitCode == 64)
            #expect(refused.output.isEmpty)
            #expect(refused.errors.contains("\nUsage: casekeeper serve "), "\(refused.errors)")
            let help = try Binary.run(["serve", "--help"], environment: environment, in: folder)
            #expect(help.exitCode == 0 && help.output.contains("USAGE: casekeeper serve"))
        }
        #expect(!folder.has("casekeeper.db"))
    }
}
