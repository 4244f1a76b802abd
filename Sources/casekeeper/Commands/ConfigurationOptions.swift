import ArgumentParser

/// Where options stand that are neither typed nor in the environment. They are looked up before a command is read
/// (`OptionSources`), so no command asks for it.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where other options stand, as they do in the environment: CASEKEEPER_NAME=value, a line each; /dev/null for none. "
                + "(default: \(ConfigurationFile.usualPath), where there is one)",
            valueName: "file"), form: .file)
    var config: String?
}
