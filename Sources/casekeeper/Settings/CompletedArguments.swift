/// A command's arguments, those from the environment and a file among them.
struct CompletedArguments {
    let words: [String]
    /// Every option of the command, in the order of its declarations.
    var settings: [Setting] = []
    /// The file that was read.
    var file: ConfigurationFile?

    /// Those of this process. They are completed once, as a file of configuration may be a pipe.
    static let ofProcess = Result { try OptionSources(root: Casekeeper.self).completing(ProcessArguments.words) }

    /// What is said of an option that nobody typed, with the name that it has where it stands, and how the process ends:
    /// what is wrong in a file is its configuration's (78). A message begins with the option, or has it as the library
    /// quotes it: `'--database <file>'`. What comes below tells of options in general.
    func blaming(_ message: String) -> (message: String, status: ExitStatus) {
        guard let end = message.firstRange(of: #/\n(?:Help|Usage):/#)?.lowerBound else { return (message, .usage) }
        var fault = String(message[..<end])
        var status = ExitStatus.usage
        for setting in settings {
            guard let place = setting.place, let quoted = fault.firstRange(of: "'--\(setting.option.name) <"),
                let close = fault[quoted.upperBound...].firstRange(of: ">'")
            else { continue }
            fault.replaceSubrange(quoted.lowerBound..<close.upperBound, with: place)
            if case .file = setting.source { status = .configuration }
        }
        return (fault + message[end...], status)
    }
}
