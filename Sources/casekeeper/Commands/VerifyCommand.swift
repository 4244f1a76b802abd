import ArgumentParser
import CaseStore

/// `casekeeper verify`
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Looks for damage and for history that was rewritten.",
        discussion: """
            Follows the log's hash chain from its first entry to its last, and prints its head. Write the head down \
            elsewhere: with --head a later run also notices when the end of the log was cut off or all of it was \
            rewritten. The exit code is 65 when something is wrong.
            """)

    @Option(help: ArgumentHelp("A head that was written down before.", valueName: "hash"), form: .digest)
    var head: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        let verification = try database.openReader().verify(head: head)
        try StandardOutput.print("log entries: \(verification.entries)")
        if let head = verification.head { try StandardOutput.print("head: \(head.line)") }
        if !verification.checksConstraints {
            try StandardOutput.print("not looked at: constraints of rows, as this user can't write the database")
        }
        for finding in verification.findings { try StandardOutput.print("\(finding.check): \(finding.detail)") }
        guard verification.findings.isEmpty else {
            throw CommandFailure(.badData, "\(database.database) is not as it was written")
        }
        try StandardOutput.print("ok")
    }
}

extension OptionForm where Value == String {
    fileprivate static var digest: OptionForm {
        .text("the 64 hexadecimal digits that verify prints", example: "") {
            $0.utf8.count == 64 && $0.allSatisfy(\.isHexDigit)
        }
    }
}
