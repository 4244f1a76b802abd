import ArgumentParser
import Foundation

/// Options that stand in the environment: `--database` is `CASEKEEPER_DATABASE`. They are put behind the arguments
/// that a person typed, unless those name the option, and so are read and checked as if they had been typed.
struct EnvironmentSettings {
    private static let prefix = "CASEKEEPER_"

    let root: any ParsableCommand.Type
    var environment = ProcessInfo.processInfo.environment

    /// The arguments with the options that only the environment has.
    ///
    /// - Throws: `ValidationError` for a variable of a flag that neither turns it on nor off.
    func completing(_ arguments: [String]) throws -> CompletedArguments {
        let command = Self.command(root, named: arguments)
        let ownArguments = arguments.firstIndex(of: "--").map { arguments[..<$0] } ?? arguments[...]
        // What is wrong in the environment keeps nobody from reading the help.
        if arguments.first == "help" || ownArguments.contains(where: ["-h", "--help", "--version"].contains) {
            return CompletedArguments(words: arguments, variables: [:])
        }
        var settings: [String] = []
        var variables: [String: String] = [:]
        for option in DeclaredOption.options(of: command) {
            let name = "--" + option.name
            let variable = Self.variable(of: option)
            guard let value = environment[variable], !value.isEmpty,
                !ownArguments.contains(where: { $0 == name || $0.hasPrefix(name + "=") })
            else { continue }
            variables[name] = variable
            switch option.kind {
            case .value: settings.append("\(name)=\(value)")
            case .values: settings += value.split(whereSeparator: \.isNewline).map { "\(name)=\($0)" }
            case .flag: if try Switch(variable, value).isOn { settings.append(name) }
            }
        }
        return CompletedArguments(
            words: Array(ownArguments) + settings + arguments[ownArguments.endIndex...], variables: variables)
    }

    /// Its name in the environment.
    static func variable(of option: DeclaredOption) -> String {
        prefix + option.name.uppercased().replacing("-", with: "_")
    }

    /// The command that the first words name.
    private static func command(
        _ root: any ParsableCommand.Type, named arguments: [String]
    ) -> any ParsableCommand.Type {
        var command = root
        for argument in arguments {
            guard
                let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == argument })
            else {
                break
            }
            command = next
        }
        return command
    }
}

/// A command's arguments, those from the environment among them.
struct CompletedArguments {
    let words: [String]
    /// Where the options came from that nobody typed: `--database` from `CASEKEEPER_DATABASE`.
    let variables: [String: String]

    /// What is said of an option that came from the environment, with the name that it has there. A message begins with
    /// the option, or has it as the library quotes it: `'--database <file>'`. What comes below tells of options in general.
    func blaming(_ message: String) -> String {
        guard let end = message.firstRange(of: #/\n(?:Help|Usage):/#)?.lowerBound else { return message }
        var fault = String(message[..<end])
        for (option, variable) in variables {
            if let quoted = fault.firstRange(of: "'\(option) <"),
                let close = fault[quoted.upperBound...].firstRange(of: ">'")
            {
                fault.replaceSubrange(quoted.lowerBound..<close.upperBound, with: variable)
            }
        }
        return fault + message[end...]
    }
}

/// A flag in the environment.
private struct Switch {
    private static let on = ["1", "true", "yes", "on"]
    private static let off = ["0", "false", "no", "off"]

    let isOn: Bool

    init(_ variable: String, _ text: String) throws(ValidationError) {
        let word = Array(text.lowercased().utf8)
        isOn = Self.on.contains { $0.utf8.elementsEqual(word) }
        guard isOn || Self.off.contains(where: { $0.utf8.elementsEqual(word) }) else {
            throw ValidationError(
                "The value '\(text)' is invalid for \(variable): it must be one of \(Self.on.joined(separator: ", ")), "
                    + "or one of \(Self.off.joined(separator: ", ")).")
        }
    }
}
