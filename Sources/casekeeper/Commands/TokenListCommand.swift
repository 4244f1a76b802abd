import ArgumentParser
import CaseStore
import Complaints

/// `casekeeper token list`
struct TokenListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the tokens, oldest first.")

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        let (tokens, now) = try database.openReader().read { (try $0.tokens(), $0.asOf) }
        for token in tokens {
            let use = token.lastUsedAt.map { "last used at \($0.rfc3339)" } ?? "never used"
            try StandardOutput.print(
                "\(token.id)\t\(token.name)\t\(token.role.rawValue)\t\(token.owner ?? "shared")\t\(standing(token, at: now))"
                    + "\t\(use)")
        }
    }

    private func standing(_ token: Token, at now: Instant) -> String {
        if let revokedAt = token.revokedAt { return "revoked at \(revokedAt.rfc3339)" }
        guard let expiresAt = token.expiresAt else { return "does not expire" }
        return (expiresAt <= now ? "ended at " : "ends at ") + expiresAt.rfc3339
    }
}

/// `casekeeper token revoke`
struct TokenRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revokes a token, from the next request on.")

    @Argument(help: ArgumentHelp("The number that list shows.", valueName: "id"), form: .id)
    var id: Int64

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func run() throws {
        let token = try Interruption.noted { interruption in
            try database.openExisting(until: interruption).write { try $0.revokeToken(id) }
        }
        guard let token else { throw CommandFailure(.badData, "there is no token \(id)") }
        try StandardOutput.print("Token \(token.id) for \(token.name) is revoked.")
    }
}
