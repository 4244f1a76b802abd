import ArgumentParser
import Complaints
import Foundation

/// Where options come from that nobody types: `--database` is `CASEKEEPER_DATABASE` in the environment, and in a file. They
/// are put behind the arguments that a person typed, unless those name the option, and so are read and checked as if they
/// had been typed. What is typed wins over the environment, which wins over the file.
struct OptionSources {
    static let prefix = "CASEKEEPER_"

    let root: any ParsableCommand.Type
    var environment = ProcessInfo.processInfo.environment
    /// The file that is read where no other is named, and there is one.
    var usualFile = ConfigurationFile.usualPath

    /// The arguments with the options that only the environment or a file has.
    ///
    /// - Throws: `CommandLineFault` for a word that should be a command's and is not, and for a variable of a flag that
    ///   neither turns it on nor off; `CommandFailure` for a file that can't be read, or is wrong.
    func completing(_ arguments: [String]) throws -> CompletedArguments {
        let isHelp = arguments.first == "help"
        let command = try NamedCommand(root, isHelp ? arguments.dropFirst() : arguments[...])
        let typed = arguments.firstIndex(of: "--").map { arguments[..<$0] } ?? arguments[...]
        let options = DeclaredOption.options(of: command.type)
        let (ownArguments, negatives) = Self.settingNegativesApart(typed, options)
        // What is wrong in the environment or in the file keeps nobody from reading the help.
        if isHelp || ownArguments.contains(where: ["-h", "--help", "--version"].contains) {
            return CompletedArguments(words: arguments)
        }
        let file = try file(options, ownArguments)
        var settings: [Setting] = []
        for option in options {
            let setting = setting(option, ownArguments, file)
            if setting.source == .environment, option.kind == .flag, let value = setting.values.first,
                Switch(value) == nil
            {
                throw command.fault(
                    "The value '\(value)' is invalid for \(setting.variable): it must be \(Switch.words).")
            }
            settings.append(setting)
        }
        let added = settings.filter { $0.source != .commandLine }.flatMap(\.words)
        let last = Array(arguments[typed.endIndex...].dropFirst()) + negatives
        return CompletedArguments(
            words: ownArguments + added
                + (typed.endIndex < arguments.endIndex || !last.isEmpty ? ["--"] + last : []),
            settings: settings, file: file)
    }

    /// The name of an option in the environment and in a file.
    static func variable(_ option: String) -> String {
        prefix + option.uppercased().replacing("-", with: "_")
    }

    /// The file that a command reads, if it takes one.
    private func file(_ options: [DeclaredOption], _ arguments: [String]) throws -> ConfigurationFile? {
        guard let option = options.first(where: { $0.name == "config" }) else { return nil }
        let registry = OptionRegistry(root)
        guard let path = setting(option, arguments, nil).values.last else {
            return try ConfigurationFile(usualAt: usualFile, knowing: registry)
        }
        return path == ConfigurationFile.nothing
            ? nil : try ConfigurationFile(path, isUsual: false, knowing: registry)
    }

    /// Nothing, where it is given, is as if it were not.
    private func setting(_ option: DeclaredOption, _ arguments: [String], _ file: ConfigurationFile?) -> Setting {
        let variable = Self.variable(option.name)
        if let values = Self.typed(option, arguments) {
            return Setting(option: option, values: values, source: .commandLine)
        }
        if let value = environment[variable], !value.isEmpty {
            return Setting(option: option, values: [value], source: .environment)
        }
        if let file, let entry = file[variable], !entry.value.isEmpty {
            return Setting(
                option: option, values: [entry.value], source: .file(path: file.path, line: entry.line))
        }
        return Setting(option: option, values: [], source: .usual)
    }

    /// What was typed for an option; nil where it was not.
    private static func typed(_ option: DeclaredOption, _ arguments: [String]) -> [String]? {
        let name = "--" + option.name
        var values: [String]?
        for (index, word) in arguments.enumerated() {
            if word == name {
                let next = arguments.dropFirst(index + 1).first ?? ""
                values = (values ?? []) + [option.kind == .flag ? "" : next]
            } else if word.hasPrefix(name + "=") {
                values = (values ?? []) + [String(word.dropFirst(name.count + 1))]
            }
        }
        return values
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

extension OptionSources {
    /// An option of another command, as the environment or a file has it.
    func setting(_ option: DeclaredOption, _ file: ConfigurationFile?) -> Setting { setting(option, [], file) }

    /// What the environment and a file set of options that other commands have, in the order of their names.
    func settings(besides own: Set<String>, _ file: ConfigurationFile?) -> [Setting] {
        let registry = OptionRegistry(root)
        let variables = Set(environment.keys).union(file.map { Set($0.variables) } ?? [])
        return variables.sorted().compactMap { registry.option($0) }.filter { !own.contains($0.name) }
            .map { setting($0, [], file) }.filter { $0.source != .usual }
    }

    /// Variables that are named as if they were an option's and are none's, in order. They are told of, as a misspelt one
    /// would be passed over without a word; but other programs may have some, so nothing ends for their sake.
    var strays: [StrayVariable] {
        let named = environment.keys.sorted().filter {
            $0.uppercased().hasPrefix(Self.prefix) && environment[$0] != ""
        }
        guard !named.isEmpty else { return [] }
        let registry = OptionRegistry(root)
        return named.filter { !registry.has($0) }.map { StrayVariable(name: $0, nearest: registry.nearest(to: $0)) }
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
