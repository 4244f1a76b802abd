import ArgumentParser
import Foundation

/// Options that stand in the environment: `--database` is `CASEKEEPER_DATABASE`. They are put behind the arguments
/// that a person typed, unless those name the option, and so are read and checked as if they had been typed.
struct EnvironmentSettings {
    private static let prefix = "CASEKEEPER_"

    let root: any ParsableCommand.Type
    var environment = ProcessInfo.processInfo.environment

    /// The arguments with the options that only the environment has.
    func completing(_ arguments: [String]) -> [String] {
        let command = Self.command(root, named: arguments)
        let ownArguments = arguments.firstIndex(of: "--").map { arguments[..<$0] } ?? arguments[...]
        var settings: [String] = []
        for option in DeclaredOption.options(of: command) {
            let name = "--" + option.name
            let variable = Self.prefix + option.name.uppercased().replacing("-", with: "_")
            guard let value = environment[variable], !value.isEmpty,
                !ownArguments.contains(where: { $0 == name || $0.hasPrefix(name + "=") })
            else { continue }
            switch option.kind {
            case .value: settings.append("\(name)=\(value)")
            case .values: settings += value.split(whereSeparator: \.isNewline).map { "\(name)=\($0)" }
            case .flag: if ["1", "true", "yes", "on"].contains(value.lowercased()) { settings.append(name) }
            }
        }
        return Array(ownArguments) + settings + arguments[ownArguments.endIndex...]
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
