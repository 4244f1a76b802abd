/// An option of a command as it stands: what it was given, and by what.
struct Setting {
    enum Source: Equatable {
        case commandLine
        case environment
        case file(path: String, line: Int)
        case usual
    }

    let option: DeclaredOption
    /// As they were written; none where nobody gave it. A flag that was typed has one that is empty.
    let values: [String]
    let source: Source

    /// Its name in the environment and in a file.
    var variable: String { OptionSources.variable(option.name) }

    /// Where it is from, as a message names it; nil for what was typed, which the library names, and what nobody gave.
    var place: String? {
        switch source {
        case .commandLine, .usual: nil
        case .environment: variable
        case .file(let path, let line): "\(variable) (line \(line) of \(path))"
        }
    }

    /// The words that say the same on a command line.
    ///
    /// - Precondition: a flag's text is a switch's.
    var words: [String] {
        let name = "--" + option.name
        switch option.kind {
        case .value: return values.map { "\(name)=\($0)" }
        case .values:
            return values.flatMap { $0.split(whereSeparator: \.isNewline) }.map { "\(name)=\($0)" }
        case .flag: return values.contains { Switch($0)?.isOn == true } ? [name] : []
        }
    }
}
