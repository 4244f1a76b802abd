import ArgumentParser
import CaseStore
import Complaints
import Foundation

/// `casekeeper doctor`
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Looks at what an operator would, and says what to do.",
        usage: "casekeeper doctor [<options>]",
        discussion: """
            It takes what serve takes, and looks at the service that these settings describe, whether it runs or not. It \
            reads only. What is found is ok, a warning or an error, each but the first with why it matters and what to do. \
            The exit code is 0 while nothing is an error; else that of the first: 66 without a database, 74 for a disk \
            that is full, 75 for a clock that is not believed, and 78 for all else.

            Checks, in this order:
            \(DoctorCheck.all.map { "\($0.name): \($0.subject)" }.joined(separator: "\n"))
            """)

    @Flag(help: "Write JSON.")
    var json = false

    @Flag(help: "Leave out what is ok: nothing is written while all is well.")
    var quiet = false

    @OptionGroup(title: "Looking it over") var options: DoctorOptions
    @OptionGroup var service: ServeCommand

    func run() throws {
        try service.database.requireApart()
        let sources = OptionSources(root: Casekeeper.self)
        let arguments = try CompletedArguments.ofProcess.get()
        let inspection = inspect(
            set: arguments.settings.filter { $0.source != .usual },
            notes: sources.strays.map(\.description) + (arguments.file?.notes ?? []), file: arguments.file?.path)
        let leftOut = options.leftOut
        let results = DoctorCheck.all.filter { !leftOut.contains($0.name) }.flatMap { check in
            check.look(inspection).map { ExaminedFinding(check: check.name, finding: $0) }
        }
        let shown = quiet ? results.filter { $0.finding.level != .ok } : results
        var output = try OutputFile()
        try output.write(
            json
                ? Self.document(shown, of: results, leftOut)
                : Self.lines(shown, of: results, leftOut, isQuiet: quiet))
        try output.flush()
        guard let error = results.first(where: { $0.finding.level == .error }) else { return }
        // All has been said.
        throw CommandFailure(error.finding.status, "")
    }

    /// What the checks look at, with these options.
    func inspect(set: [Setting] = [], notes: [String] = [], file: String? = nil) -> Inspection {
        Inspection(
            service, backupAge: options.backupAge.elapsedTime, set: set, notes: notes, file: file)
    }

    private static func lines(
        _ shown: [ExaminedFinding], of all: [ExaminedFinding], _ leftOut: [String], isQuiet: Bool
    ) -> [UInt8] {
        let width = DoctorCheck.all.map(\.name.count).max() ?? 0
        let indent = String(repeating: " ", count: 9 + width + 2)
        var text = ""
        let told = ToldFinding.merging(shown)
        for result in told {
            let finding = result.finding
            let level = finding.level.rawValue.padding(toLength: 9, withPad: " ", startingAt: 0)
            text += level + result.check.padding(toLength: width + 2, withPad: " ", startingAt: 0) + finding.what + "\n"
            if let why = finding.why { text += "\(indent)why: \(why)\n" }
            if let remedy = finding.remedy { text += "\(indent)do:  \(remedy)\n" }
            if !result.others.isEmpty {
                text += "\(indent)nor was looked at all of: \(result.others.joined(separator: ", "))\n"
            }
        }
        let errors = told.count { $0.finding.level == .error }
        let warnings = told.count { $0.finding.level == .warning }
        if !isQuiet || errors + warnings > 0 {
            let except = leftOut.isEmpty ? "" : ", left out (--except): \(leftOut.joined(separator: ", "))"
            text += "errors: \(errors), warnings: \(warnings)\(except)\n"
        }
        return Array(text.utf8)
    }

    private static func document(
        _ shown: [ExaminedFinding], of all: [ExaminedFinding], _ leftOut: [String]
    ) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let report = Report(
            version: Casekeeper.configuration.version, level: all.map(\.finding.level).max() ?? .ok, except: leftOut,
            findings: shown)
        return Array(try encoder.encode(report)) + [UInt8(ascii: "\n")]
    }

    private struct Report: Encodable {
        let version: String
        /// The worst of all.
        let level: Finding.Level
        /// The checks that were left out.
        let except: [String]
        let findings: [ExaminedFinding]
    }
}

/// What was found, as people are told of it: that several checks could not look, and one thing helps them all, is one thing.
private struct ToldFinding {
    let check: String
    let finding: Finding
    /// Further checks that the same helps.
    private(set) var others: [String] = []

    static func merging(_ results: [ExaminedFinding]) -> [ToldFinding] {
        var told: [ToldFinding] = []
        for result in results {
            if result.finding.isUnseen,
                let index = told.firstIndex(where: {
                    $0.finding.isUnseen && $0.finding.remedy == result.finding.remedy
                })
            {
                if told[index].check != result.check, !told[index].others.contains(result.check) {
                    told[index].others.append(result.check)
                }
            } else {
                told.append(ToldFinding(check: result.check, finding: result.finding))
            }
        }
        return told
    }
}

/// What was found, and by which check.
private struct ExaminedFinding: Encodable {
    let check: String
    let finding: Finding

    private enum CodingKeys: String, CodingKey {
        case check, level, what, why, remedy
    }

    /// All members each time: what is not there is null.
    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(check, forKey: .check)
        try members.encode(finding.level, forKey: .level)
        try members.encode(finding.what, forKey: .what)
        try members.encode(finding.why, forKey: .why)
        try members.encode(finding.remedy, forKey: .remedy)
    }
}
