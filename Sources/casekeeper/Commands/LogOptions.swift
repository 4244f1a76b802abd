import ArgumentParser
import Logging

/// What is logged, and how.
struct LogOptions: ParsableArguments {
    @Option(
        help: "The least that is logged: \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).",
        transform: Self.level)
    var logLevel = Logger.Level.info

    @Option(help: "How a line looks.")
    var logFormat = LogFormat.text

    func makeLogger() -> Logger {
        Logger(label: "casekeeper") { _ in StandardErrorLogHandler(format: logFormat, level: logLevel) }
    }

    private static func level(_ text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text.lowercased()) else {
            throw ValidationError("There is no such level.")
        }
        return level
    }
}
