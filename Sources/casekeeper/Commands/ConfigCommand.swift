import ArgumentParser
import Foundation

/// `casekeeper config`
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Shows each setting of the service, and where it is from.",
        usage: "casekeeper config [<options>]",
        discussion: """
            In the words it was given in, from the command line, the environment, a line of the file of configuration, or \
            as it is where nobody says otherwise. It takes what serve takes, and reads all of it as serve does, so what \
            can't be right is found before the service is started. The settings of doctor follow, and what the environment or \
            the file sets for other commands stands at the end.
            """)

    @Flag(help: "Write JSON.")
    var json = false

    @OptionGroup var service: ServeCommand

    func run() throws {
        let sources = OptionSources(root: Casekeeper.self)
        let arguments = try CompletedArguments.ofProcess.get()
        let usual = UsualValues(of: Self.self)
        let usualElsewhere = UsualValues(of: DoctorCommand.self)
        let own = Set(DeclaredOption.options(of: ServeCommand.self).map(\.name))
        let others = DeclaredOption.options(of: DoctorOptions.self)
        let shown =
            arguments.settings.filter { own.contains($0.option.name) }.map { ShownSetting($0, usual: usual[$0.option]) }
            + others.map { ShownSetting(sources.setting($0, arguments.file), usual: usualElsewhere[$0]) }
            + sources.settings(besides: own.union(others.map(\.name)), arguments.file)
            .map { ShownSetting($0, usual: usual[$0.option]) }
        var output = try OutputFile()
        try output.write(json ? Self.document(shown) : Self.table(shown))
        try output.flush()
    }

    private static func document(_ settings: [ShownSetting]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(["settings": settings])) + [UInt8(ascii: "\n")]
    }

    /// A line each, in columns.
    private static func table(_ settings: [ShownSetting]) -> [UInt8] {
        let rows = settings.map { [$0.option, plain($0.value ?? "-"), plain($0.origin)] }
        let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) + "  " }
                .joined()
                + row[2] + "\n"
        }
        return Array(lines.joined().utf8)
    }

    /// A text of which nothing moves the cursor of a terminal or is not seen: what would is shown as Swift writes it.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            let isUnseen = [.control, .format, .lineSeparator, .paragraphSeparator].contains(
                scalar.properties.generalCategory)
            plain += isUnseen ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
        }
        return plain
    }
}

/// A setting as `config` shows it.
struct ShownSetting: Encodable {
    /// As it is typed, without the dashes.
    let option: String
    let variable: String
    /// Several are separated by commas, as they may be where they are given. Nil where there is none, and what the service
    /// works out by itself is in words.
    let value: String?
    /// Whether it is a secret, which is not shown.
    let secret: Bool
    let source: String
    private(set) var file: String?
    private(set) var line: Int?

    private enum CodingKeys: String, CodingKey {
        case option, variable, value, secret, source, file, line
    }

    init(_ setting: Setting, usual: String?) {
        option = setting.option.name
        variable = setting.variable
        let given: [String] =
            setting.option.kind == .flag
            ? setting.values.map { text in text.isEmpty ? "on" : Switch(text).map { $0.isOn ? "on" : "off" } ?? text }
            : setting.values.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
        secret = given.contains(where: SecretText.isSecret)
        switch setting.source {
        case .commandLine: source = "command_line"
        case .environment: source = "environment"
        case .file(let path, let line):
            source = "file"
            file = path
            self.line = line
        case .usual: source = "default"
        }
        if setting.source == .usual {
            value = usual
        } else if secret {
            value = "(present)"
        } else {
            value = (setting.option.kind == .values ? given : given.suffix(1)).joined(separator: ",")
        }
    }

    /// Where it is from, for people.
    var origin: String {
        if let file, let line { return "\(file):\(line)" }
        switch source {
        case "command_line": return "command line"
        case "environment": return variable
        default: return source
        }
    }

    /// All members each time: what is not there is null.
    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(option, forKey: .option)
        try members.encode(variable, forKey: .variable)
        try members.encode(value, forKey: .value)
        try members.encode(secret, forKey: .secret)
        try members.encode(source, forKey: .source)
        try members.encode(file, forKey: .file)
        try members.encode(line, forKey: .line)
    }
}

/// What each option of a command is where nobody gives it: what its help says, so that both are one.
struct UsualValues {
    private let values: [String: String]

    init(of command: any ParsableCommand.Type) {
        // So wide that nothing is broken; a long name has its help on the next line.
        let help = Casekeeper.helpMessage(for: command, columns: 10_000)
        var values: [String: String] = [:]
        for match in help.matches(of: /(?m)^  --([a-z-]+)(?: <[^>]*>)?(?:\n {3,}| +)[^\n]*\(default: ([^\n]*)\)$/) {
            values[String(match.1)] = String(match.2)
        }
        self.values = values
    }

    /// Nil where there is none.
    subscript(option: DeclaredOption) -> String? {
        option.kind == .flag ? "off" : values[option.name]
    }
}
