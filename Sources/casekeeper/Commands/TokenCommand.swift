import ArgumentParser
import CaseStore
import Complaints

/// `casekeeper token`
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Makes, lists and revokes the tokens of the API.",
        discussion: "With the first token the service stops to answer anybody without one.",
        subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}

/// `casekeeper token create`
struct TokenCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes a token and prints its secret, this one time.")

    @Argument(help: "Who it is for.")
    var name: String

    @Option(help: "What it may do: \(Role.words).", transform: Self.role)
    var role: Role

    @Option(help: ArgumentHelp("When it ends; never, without this.", valueName: "P90D"))
    var expiresIn: String?

    @OptionGroup var database: DatabaseOptions

    func validate() throws {
        _ = try checkedName()
        _ = try span()
    }

    func run() throws {
        let store = try database.openBesideOthers()
        let secret = TokenSecret()
        let name = try checkedName()
        let span = try span()
        let token = try store.write { transaction in
            try transaction.createToken(
                name: name, role: role, secret: secret, expiresAt: span.map { transaction.now + $0 })
        }
        try StandardOutput.print(secret.text)
        let end = token.expiresAt.map { "ends at \($0.rfc3339)" } ?? "never ends"
        StandardError.write(
            "Token \(token.id) for \(name) (\(role.rawValue)) \(end). The secret is shown this once only.\n")
    }

    private static func role(_ word: String) throws -> Role {
        guard let role = Role(rawValue: word) else { throw ValidationError("The roles are \(Role.words).") }
        return role
    }

    private func checkedName() throws -> String {
        do {
            return try Actor.checkedName(name)
        } catch {
            throw ValidationError("The name \(error.detail)")
        }
    }

    private func span() throws -> ElapsedTime? {
        guard let expiresIn else { return nil }
        guard let span = try? ElapsedTime(iso8601: expiresIn), span > .zero, span <= Limits.longestTokenLife else {
            throw ValidationError("--expires-in takes an ISO 8601 duration of up to 36500 days, such as P90D.")
        }
        return span
    }
}
