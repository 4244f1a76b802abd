import CaseStore
import Complaints

extension Token {
    /// What there is of a token without its secret: that is known to its bearer alone.
    static let shown: [Shown<Token>] = [
        .id("id") { $0.id },
        .text("name", "Who or what it is for.") { $0.name },
        .word("role") { $0.role },
        .text("owner", "Whose it is, and whom it acts as; null for one that several people share.") { $0.owner },
        .flag("shared", "Whether several people use it, who say who they are with Casekeeper-Actor.") {
            $0.owner == nil
        },
        .instant("created_at") { $0.createdAt },
        .text("created_by", "Who made it; null for one of the command line.") { $0.createdBy },
        .instant("expires_at", "From when on it lets nobody in; null for never.") { $0.expiresAt },
        .instant("last_used_at", "When it last let somebody in, to the minute or so.") { $0.lastUsedAt },
        .instant("revoked_at") { $0.revokedAt },
        .text("revoked_by") { $0.revokedBy },
        .objects(
            "sessions", "Those of the board that are open, oldest first.", of: Session.shown,
            schema: .named("Session"), bounds: 0...Session.mostOfToken
        ) { $0.sessions },
    ]
}

extension Session {
    /// What there is of a session without its secret: that is known to a browser alone.
    static let shown: [Shown<Session>] = [
        .id("id") { $0.id },
        .text("actor", "Who acts in it, where the token is shared and they said so.") { $0.actor },
        .instant("created_at") { $0.createdAt },
        .instant("ends_at", "From when on it lets nobody in, unless it or the token is ended before.") { $0.endsAt },
    ]
}

/// A token as it was just made.
struct DisclosedToken: Sendable {
    let token: Token
    /// In the first answer alone.
    let secret: TokenSecret?
    /// The name of its owner, where nobody was known by it.
    var new: [NewName] = []

    static let shown: [Shown<DisclosedToken>] =
        .of(Token.shown) { $0.token } + [
            .text("token", "The secret: in the first answer alone, null for a retry by its Idempotency-Key.") {
                $0.secret?.text
            },
            .ifAny(.text("notice", "Says so.") { $0 }) { $0.notice },
            .warnings(CaseWarning.shown) { $0.new.map(CaseWarning.newName) },
        ]

    private var notice: String? {
        secret == nil
            ? "The secret was in the first answer alone and is kept nowhere. Without it, revoke this token and make "
                + "another under a new Idempotency-Key." : nil
    }
}

extension ItemForm<Token> {
    static let token = ItemForm(Token.shown)
}

extension ListForm<Token> {
    static let tokens = ListForm(.token, hasHistory: false)
}
