import ArgumentParser
import Complaints
import Foundation

/// Options that stand in the environment: `--database` is `CASEKEEPER_DATABASE`. They are put behind the arguments
/// that a person typed, unless those name the option, and so are read and checked as if they had been typed.
struct EnvironmentSettings {
    private static let prefix = "CASEKEEPER_"

    let root: any ParsableCommand.Type
    var environment = ProcessInfo.processInfo.environment

    /// The arguments with the options that only the environment has.
    ///
    /// - Throws: for a word that should be a command's and is not, and for a variable of a flag that neither turns it on
    ///   nor off.
    func completing(_ arguments: [String]) throws(CommandLineFault) -> CompletedArguments {
        let isHelp = arguments.first == "help"
        let command = try NamedCommand(root, isHelp ? arguments.dropFirst() : arguments[...])
        let typed = arguments.firstIndex(of: "--").map { arguments[..<$0] } ?? arguments[...]
        let options = DeclaredOption.options(of: command.type)
        let (ownArguments, negatives) = Self.settingNegativesApart(typed, options)
        // What is wrong in the environment keeps nobody from reading the help.
        if isHelp || ownArguments.contains(where: ["-h", "--help", "--version"].contains) {
            return CompletedArguments(words: arguments, variables: [:])
        }
        var settings: [String] = []
        var variables: [String: String] = [:]
        for option in options {
            let name = "--" + option.name
            let variable = Self.variable(of: option)
            guard let value = environment[variable], !value.isEmpty,
                !ownArguments.contains(where: { $0 == name || $0.hasPrefix(name + "=") })
            else { continue }
            variables[name] = variable
            switch option.kind {
            case .value: settings.append("\(name)=\(value)")
            case .values: settings += value.split(whereSeparator: \.isNewline).map { "\(name)=\($0)" }
            case .flag:
                guard let setting = Switch(value) else {
                    throw command.fault("The value '\(value)' is invalid for \(variable): it must be \(Switch.words).")
                }
                if setting.isOn { settings.append(name) }
            }
        }
        let last = Array(arguments[typed.endIndex...].dropFirst()) + negatives
        return CompletedArguments(
            words: ownArguments + settings
                + (typed.endIndex < arguments.endIndex || !last.isEmpty ? ["--"] + last : []),
            variables: variables)
    }

    /// Its name in the environment.
    static func variable(of option: DeclaredOption) -> String {
        prefix + option.name.uppercased().replacing("-", with: "_")
    }

    /// With a negative number or duration joined to the option before it, or apart as an argument of its own, which then
    /// says what is wrong with it: the library takes what begins with a dash for an option, and would say that a value is
    /// missing. No option begins with a digit.
    private static func settingNegativesApart(
        _ words: ArraySlice<String>, _ options: [DeclaredOption]
    ) -> (words: [String], negatives: [String]) {
        let valued = options.filter { $0.kind != .flag }
        let names = Set(valued.map { "--" + $0.name })
        let numbers = Set(valued.filter { !$0.isText }.map { "--" + $0.name })
        var (joined, negatives): ([String], [String]) = ([], [])
        for word in words {
            guard word.prefixMatch(of: #/-(?:[Pp][Tt]?)?[0-9.]/#) != nil else {
                joined.append(word)
                continue
            }
            if let last = joined.last, numbers.contains(last) {
                joined[joined.count - 1] = "\(last)=\(word)"
            } else if let last = joined.last, names.contains(last) {
                joined.append(word)
            } else {
                negatives.append(word)
            }
        }
        return (joined, negatives)
    }
}

extension EnvironmentSettings {
    /// Variables that are named as if they were an option's and are none's, in order. They are told of, as a misspelt one
    /// would be passed over without a word; but other programs may have some, so nothing ends for their sake.
    var strays: [StrayVariable] {
        let named = environment.keys.sorted().filter {
            $0.uppercased().hasPrefix(Self.prefix) && environment[$0] != ""
        }
        guard !named.isEmpty else { return [] }
        let known = Self.variables(of: root)
        return named.filter { !known.contains($0) }.map { name in
            let option = String(name.dropFirst(Self.prefix.count).uppercased())
            let nearest = NearestName.nearest(
                to: option, among: known.map { String($0.dropFirst(Self.prefix.count)) }.sorted())
            return StrayVariable(name: name, nearest: nearest.map { Self.prefix + $0 })
        }
    }

    private static func variables(of command: any ParsableCommand.Type) -> Set<String> {
        command.configuration.subcommands.reduce(into: Set(DeclaredOption.options(of: command).map(variable))) {
            $0.formUnion(variables(of: $1))
        }
    }
}

/// A variable in the environment that is no option's.
struct StrayVariable: Equatable, CustomStringConvertible {
    let name: String
    /// What was likely meant.
    let nearest: String?

    var description: String {
        "\(name) is in the environment, and no option's: it does nothing."
            + (nearest.map { " Did you mean \($0)?" } ?? "")
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
    static let words = "one of \(on.joined(separator: ", ")), or one of \(off.joined(separator: ", "))"
    private static let on = ["1", "true", "yes", "on"]
    private static let off = ["0", "false", "no", "off"]

    let isOn: Bool

    /// Nil for what is neither.
    init?(_ text: String) {
        let word = Array(text.lowercased().utf8)
        isOn = Self.on.contains { $0.utf8.elementsEqual(word) }
        guard isOn || Self.off.contains(where: { $0.utf8.elementsEqual(word) }) else { return nil }
    }
}
