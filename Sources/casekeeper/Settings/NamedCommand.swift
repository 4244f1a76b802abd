import ArgumentParser
import Complaints

/// The command that the first words of a command line name.
struct NamedCommand {
    let type: any ParsableCommand.Type
    /// From the root's name on: `casekeeper`, `token`, `create`.
    private let names: [String]
    private let root: any ParsableCommand.Type

    /// - Throws: for a word that stands where a command has to, and is none: the library takes it for an argument too
    ///   many, or blames the options behind it.
    init(_ root: any ParsableCommand.Type, _ words: ArraySlice<String>) throws(CommandLineFault) {
        self.root = root
        var type = root
        var names = [Self.name(of: root)]
        for word in words {
            let commands = type.configuration.subcommands
            // What begins with a dash is an option of the command so far.
            if commands.isEmpty || word.hasPrefix("-") { break }
            guard let next = commands.first(where: { Self.name(of: $0) == word }) else {
                throw Self.noCommand(word, among: commands, in: names, usage: root.usageString(for: type))
            }
            type = next
            names.append(word)
        }
        self.type = type
        self.names = names
    }

    /// That something is wrong with the words or the environment of this command.
    func fault(_ message: String) -> CommandLineFault {
        CommandLineFault(message: message, command: names, usage: root.usageString(for: type))
    }

    private static func noCommand(
        _ word: String, among commands: [any ParsableCommand.Type], in names: [String], usage: String
    ) -> CommandLineFault {
        let known = commands.map(name)
        let what = (names.dropFirst() + [word]).joined(separator: " ")
        let advice =
            NearestName.nearest(to: word.lowercased(), among: known).map {
                "Did you mean '\((names + [$0]).joined(separator: " "))'?"
            } ?? "There are \(known.joined(separator: ", "))."
        return CommandLineFault(message: "There is no command '\(what)'. \(advice)", command: names, usage: usage)
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? ""
    }
}

/// What is wrong with a command line before the library reads it.
struct CommandLineFault: Error, CustomStringConvertible {
    /// As the library tells of what it finds wrong.
    let description: String

    /// - Parameter command: the words of the command whose usage is shown.
    fileprivate init(message: String, command: [String], usage: String) {
        description = """
            Error: \(message)
            Usage: \(usage)
              See '\(command.joined(separator: " ")) --help' for more information.
            """
    }
}
