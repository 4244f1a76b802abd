import ArgumentParser
import Complaints

/// All options of all commands, by their names in the environment and in files.
struct OptionRegistry {
    /// Under which no file can name another.
    private static let fileItself = OptionSources.variable("config")

    /// Commands may have options of one name that differ.
    private let options: [String: [DeclaredOption]]

    init(_ root: any ParsableCommand.Type) {
        options = Dictionary(grouping: Self.options(of: root)) { OptionSources.variable($0.name) }
    }

    private static func options(of command: any ParsableCommand.Type) -> [DeclaredOption] {
        DeclaredOption.options(of: command) + command.configuration.subcommands.flatMap(options)
    }

    func has(_ variable: String) -> Bool { options[variable] != nil }

    func option(_ variable: String) -> DeclaredOption? { options[variable]?.first }

    /// The variable that was likely meant.
    func nearest(to variable: String) -> String? {
        let prefix = OptionSources.prefix
        var name = variable.uppercased()
        if name.hasPrefix(prefix) {
            name.removeFirst(prefix.count)
        } else if let end = name.firstIndex(of: "_"),
            NearestName.nearest(to: String(name[...end]), among: [prefix]) != nil
        {
            name = String(name[name.index(after: end)...])
        }
        return NearestName.nearest(to: name, among: options.keys.map { String($0.dropFirst(prefix.count)) }.sorted())
            .map { prefix + $0 }
    }

    /// Why a file can't have that line; nil when it can.
    func fault(in entry: EnvironmentFile.Entry) -> String? {
        if entry.name == Self.fileItself {
            return "has \(entry.name): what is in a file can't say which file is read, so give --config"
        }
        guard let options = options[entry.name] else {
            let advice = nearest(to: entry.name).map { ": did you mean \($0)?" } ?? ", which is no option's name"
            return "has \(entry.name)\(advice)"
        }
        if !entry.value.isEmpty, options.allSatisfy({ $0.kind == .flag }), Switch(entry.value) == nil {
            return "has '\(entry.value)' for \(entry.name): it must be \(Switch.words)"
        }
        return nil
    }
}
