import ArgumentParser
import CaseStore
import Foundation

/// `casekeeper verify`
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Looks for damage and for history that was rewritten.",
        discussion: """
            Follows the log's hash chain from its first entry to its last, and prints its head. Write the head down \
            elsewhere: with --head a later run also notices when the end of the log was cut off or all of it was \
            rewritten. With --against it asks another service for its own: a database whose record the other goes on with, \
            in a higher epoch, keeps no changes any more; and the other one is told so where it is the earlier one, with an \
            administrator's token. The exit code is 65 when something is wrong.
            """)

    @Option(help: ArgumentHelp("A head that was written down before.", valueName: "hash"), form: .head)
    var head: WrittenHead?

    @Option(
        help: ArgumentHelp("Another service with this record, which is asked for its head.", valueName: "url"),
        form: .service)
    var against: OtherService?

    @Option(
        help: ArgumentHelp(
            "A file with a reader's token of that service, or an administrator's to stop one of an earlier epoch.",
            valueName: "file"), form: .file)
    var tokenFile: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        let token = try tokenFile.map(Self.token(in:))
        let reader = try database.openReader()
        let verification = try reader.verify(head: head?.hash)
        try StandardOutput.print("log entries: \(verification.entries)")
        if let head = verification.head { try StandardOutput.print("head: \(head.line)") }
        if !verification.checksConstraints {
            try StandardOutput.print("not looked at: constraints of rows, as this user can't write the database")
        }
        try StandardOutput.print(findingsOf: verification, head)
        guard verification.findings.isEmpty else {
            throw CommandFailure(.badData, "\(database.database) is not as it was written")
        }
        try head?.requireAsWritten(in: reader)
        if let against { try compare(reader, with: against, token) }
        try StandardOutput.print("ok")
    }

    private func compare(_ reader: Reader, with other: OtherService, _ token: String?) throws {
        let theirs = try other.logHead(token: token)
        let own = try reader.read { try $0.logHead() }
        let comparison = try Comparison(theirs, own: own) { id in try reader.read { try $0.hash(ofEntry: id) } }
        if case .superseded(let epoch) = comparison {
            try CaseStore.supersede(path: database.database, by: epoch)
        }
        var isTold = false
        if case .goesOn = comparison, let own { isTold = try other.tell(of: own, token: token) }
        let words = comparison.words(other.url, epoch: own?.epoch ?? 1, isTold: isTold)
        guard comparison.isWell else { throw CommandFailure(.badData, words) }
        try StandardOutput.print(words)
    }

    private static func token(in file: String) throws -> String {
        let bytes = try InputFile.content(of: file, limit: 4096)
        guard let text = String(bytes: bytes, encoding: .utf8)?.trimmingCharacters(in: .whitespacesAndNewlines),
            TokenSecret(text) != nil
        else { throw CommandFailure(.configuration, "\(file) holds no token: ck_ and letters and digits") }
        return text
    }
}

extension StandardOutput {
    /// What was found wrong, a line each; and how much the log lacks before a head that was written down.
    static func print(findingsOf verification: Verification, _ head: WrittenHead?) throws {
        for finding in verification.findings {
            try print("\(finding.check): \(finding.detail)")
            guard finding.check == "log_head", let shortfall = head?.shortfall(in: verification) else { continue }
            try print("log_head: \(shortfall)")
        }
    }
}
