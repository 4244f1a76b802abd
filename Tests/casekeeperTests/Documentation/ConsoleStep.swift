import Foundation

/// A command of a terminal in a page, with the output that it shows.
struct ConsoleStep: Sendable {
    let command: String
    let output: String

    /// The steps of every ```console block, in order. A command begins with `$ `, and goes on over lines that end in
    /// a backslash or stand in an open single quote.
    static func all(in markdown: String) -> [ConsoleStep] {
        var steps: [ConsoleStep] = []
        var command: [Substring] = []
        var output: [Substring] = []
        func finish() {
            if !command.isEmpty {
                steps.append(
                    ConsoleStep(command: command.joined(separator: "\n"), output: output.joined(separator: "\n")))
            }
            command = []
            output = []
        }
        var isInBlock = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                finish()
                isInBlock = line == "```console"
            } else if isInBlock, line.hasPrefix("$ ") {
                finish()
                command = [line.dropFirst(2)]
            } else if isInBlock, isUnfinished(command) {
                command.append(line)
            } else if isInBlock {
                output.append(line)
            }
        }
        return steps
    }

    private static func isUnfinished(_ command: [Substring]) -> Bool {
        guard let last = command.last else { return false }
        return last.hasSuffix("\\") || command.joined().count { $0 == "'" } % 2 == 1
    }
}

extension String {
    /// The text with every RFC 3339 instant named by the order in which it first appears: two outputs are the same
    /// when their instants are the same ones and different ones in the same places.
    var withoutInstants: String {
        var names: [Substring: String] = [:]
        return replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) { match in
            let name = names[match.output.0] ?? "<instant \(names.count + 1)>"
            names[match.output.0] = name
            return name
        }
    }
}
