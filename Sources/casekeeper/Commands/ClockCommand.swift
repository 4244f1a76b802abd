import ArgumentParser
import CaseStore
import Complaints

/// `casekeeper clock`
struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Shows the clocks that stamps go by, and accepts a leap of the wall clock.",
        discussion: """
            A service that sees the wall clock leap by more than five minutes keeps no change until it is back, or until \
            --accept says that it is right now. A clock behind the last stamp on record can't be accepted: set it right, \
            wait for it, or restore a backup. The exit code is 75 while the clock is not believed (clock_jumped or \
            clock_behind in the last line), and 0 when all is well.
            """)

    @Flag(help: "Have the service that runs believe the wall clock.")
    var accept = false

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        try database.requireExisting()
        guard accept else { return try show(ClockReport(path: database.database)) }
        let leap = try ClockReport.accept(path: database.database)
        try StandardOutput.print("the service believes the wall clock again, which leapt \(leap.text)")
    }

    private func show(_ report: ClockReport) throws {
        try StandardOutput.print("wall clock  \(report.wall.rfc3339)")
        try StandardOutput.print(
            "expected    \(report.expected?.rfc3339 ?? "unknown: no service has the database open")")
        let lastStamp = report.lastStamp > .earliest ? report.lastStamp.rfc3339 : "none"
        try StandardOutput.print("last stamp  \(lastStamp)")
        guard let trouble = report.trouble else { return try StandardOutput.print("ok") }
        try StandardOutput.print("\(trouble.word): \(trouble.summary) \(trouble.remedy)")
        // All has been said.
        throw CommandFailure(.temporary, "")
    }
}

extension ElapsedTime {
    /// `ahead by P40D`, `back by PT1H`.
    var text: String { "\(self < .zero ? "back" : "ahead") by \(magnitude.iso8601)" }
}
