import Complaints

/// Who asks, and with what.
struct Requesting: Sendable {
    let actor: Actor
    /// Nil where there is no token yet.
    let token: Token?

    static let shown: [Shown<Requesting>] = [
        .id("id", "Of the token; null where there is none yet.") { $0.token?.id },
        .text("name", "Of the token; local where there is none yet.") { $0.token?.name ?? Actor.local.name },
        .word("role") { $0.actor.role },
        .text(
            "owner",
            "Whom it acts as, and whom me stands for: its owner; of a shared one whoever Casekeeper-Actor names, null without."
        ) { $0.actor.speaker.name },
        .flag("shared", "Whether several people use it, who say who they are with Casekeeper-Actor.") {
            !$0.actor.speaker.isPersonal
        },
        .instant("expires_at", "From when on it lets nobody in; null for never.") { $0.token?.expiresAt },
    ]
}

extension ItemForm<Requesting> {
    static let requesting = ItemForm(Requesting.shown)
}
