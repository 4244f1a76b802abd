import CaseStore
import Complaints

/// A link to a customer's page as it was just made.
struct DisclosedShare: Sendable {
    /// In the first answer alone.
    let secret: ShareSecret?
    /// What the log has of it.
    let entry: LogEntry
    /// Where people find the service.
    let links: PublicLinks

    static let shown: [Shown<DisclosedShare>] =
        [
            .text(
                "url",
                "Where the page is, under the public URL where there is one: in the first answer alone, null for a retry by its "
                    + "Idempotency-Key."
            ) { share in share.secret.map { share.links.link(to: ShareRoutes.path(of: $0)) } },
            .instant("expires_at", "From when on the link leads nowhere.") { $0.entry.instant("expires_at") },
        ] + [.ifAny(.text("notice", "Says why there is no url.") { $0 }) { $0.notice }]

    private var notice: String? {
        secret == nil
            ? "The link was in the first answer alone and is kept nowhere. Without it, make another under a new Idempotency-Key."
            : nil
    }
}

/// A customer's page as whoever has the link to it may see it.
struct LinkedPage: Sendable {
    let page: CustomerPage
    /// From when on the link leads nowhere.
    let expiresAt: Instant
    /// How the desk is to be reached; nil where the operator has not said.
    let contact: String?

    static let shown: [Shown<LinkedPage>] =
        .of(CustomerPage.shown) { $0.page } + [
            .text("contact", "How to answer the desk; null where it has not said.") { $0.contact },
            .instant("expires_at", "From when on the link leads nowhere.") { $0.expiresAt },
        ]
}
