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
        commandName: "create", abstract: "Makes a token and prints its secret, this one time.",
        discussion: """
            Give --database where the service has another than the one in this folder. Where there is none yet it is made, so \
            that the first token can be there before the service starts; which one was written is said on standard error.
            """)

    @Argument(help: "Who it is for.")
    var name: String

    @Option(help: ArgumentHelp("What it may do: \(Role.words)."), form: .word)
    var role: Role

    @Option(
        help: ArgumentHelp("When it ends; never, without this.", valueName: "P90D"),
        form: .span(to: Limits.longestTokenLife, example: "P90D"))
    var expiresIn: Span?

    @Option(
        help: ArgumentHelp(
            "Whose it is: whoever comes with it acts as them, and as nobody else. Without it, several people share it.",
            valueName: "name"), form: .owner)
    var owner: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        _ = try checkedName()
    }

    func run() throws {
        try Interruption.noted(run)
    }

    private func run(until interruption: Interruption) throws {
        try StandardOutput.requireWritable()
        let isNew = !database.exists
        let store = try database.openBesideOthers(until: interruption)
        let secret = TokenSecret()
        let name = try checkedName()
        let request = TokenRequest(
            name: name, role: role, end: expiresIn.map { .after($0.elapsedTime) } ?? .never, owner: owner)
        let (token, new) = try store.write { try $0.createToken(Incoming(request), secret: secret, by: nil) }
        do {
            try StandardOutput.print(secret.text)
        } catch {
            throw try withdrawn(token, in: store, after: error)
        }
        let end = token.expiresAt.map { "ends at \($0.rfc3339)" } ?? "does not expire"
        let place = DatabaseName.absolute(database.database)
        if isNew {
            StandardError.write(
                "Made a new database, \(place): if a service has another, its tokens are there; give --database.\n")
        }
        StandardError.write(
            "Token \(token.id) for \(name) (\(role.rawValue)\(token.owner.map { ", \($0)'s own" } ?? "")) \(end), in \(place). "
                + "The secret is shown this once only.\n"
        )
        for name in new { StandardError.write(Self.words(on: name, token: token.id)) }
    }

    /// Revokes a token whose secret nobody has got, and says so.
    private func withdrawn(_ token: Token, in store: CaseStore, after error: any Error) throws -> CommandFailure {
        _ = try store.write { try $0.revokeToken(token.id) }
        let failure = CommandFailure(error)
        let reason = failure.message.isEmpty ? "nobody reads standard output" : failure.message
        return CommandFailure(
            failure.status, "\(reason); nobody has got the secret, so token \(token.id), which was made, is revoked")
    }

    /// That nobody was known by the owner's name: a warning where another name is near; else that is fine for somebody new.
    private static func words(on new: NewName, token: Int64) -> String {
        let revoke = "casekeeper token revoke \(token)"
        return new.nearest == nil
            ? "Nobody was known as \(new.name) until now: fine for somebody new, and else revoke it with \(revoke).\n"
            : "Warning: \(new.detail) If so, revoke it with \(revoke), and make another; else all is well.\n"
    }

    private func checkedName() throws -> String {
        do {
            return try Actor.checkedName(name)
        } catch {
            throw ValidationError("The name \(error.detail)")
        }
    }
}

extension OptionForm where Value == String {
    /// The name of somebody who keeps promises.
    fileprivate static var owner: OptionForm {
        OptionForm("a name", example: "Kim", text: { $0 }) { text in
            do throws(FieldFault) {
                return try Actor.checkedName(text)
            } catch {
                throw Fault(description: "it \(error.detail)")
            }
        }
    }
}
