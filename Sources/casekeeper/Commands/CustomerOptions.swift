import ArgumentParser
import Complaints

/// What customers are told of the desk.
struct CustomerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How customers reach the desk, as their pages say it, in a line.", valueName: "text"),
        form: .contactLine)
    var contact: String?
}

extension OptionForm where Value == String {
    /// A line that can be seen.
    fileprivate static var contactLine: OptionForm {
        .text("a line of text, with \(Limits.subject) characters at most", example: "desk@example.org or 08-123 45") {
            (try? TextRule.subject.checked($0)) != nil
        }
    }
}
