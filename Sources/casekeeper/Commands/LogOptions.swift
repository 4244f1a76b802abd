import ArgumentParser
import Complaints
import Logging

/// What is logged, and how.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The least that is logged: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))."), form: .level
    )
    var logLevel = Logger.Level.info

    @Option(help: ArgumentHelp("How a line looks: \(LogFormat.words)."), form: .word)
    var logFormat = LogFormat.text

    func makeLogger() -> Logger {
        Logger(label: "casekeeper") { _ in StandardErrorLogHandler(format: logFormat, level: logLevel) }
    }
}

extension OptionForm where Value == Logger.Level {
    fileprivate static var level: OptionForm {
        .word(of: Value.allCases.map(\.rawValue), text: \.rawValue) { text in
            Value.allCases.first { ExactText($0.rawValue) == ExactText(text.lowercased()) }
        }
    }
}
