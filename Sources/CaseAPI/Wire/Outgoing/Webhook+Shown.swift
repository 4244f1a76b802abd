import CaseStore
import Complaints

extension Webhook {
    /// What there is of a webhook without its secrets.
    static let shown: [Shown<Webhook>] = [
        .id("id") { $0.id },
        .text("url", "Where events are posted.") { $0.url.text },
        .text("description", WebhookFields.meaning(of: "description")) { $0.fields.description },
        .value("types", .array(.word(of: EventType.self)), WebhookFields.meaning(of: "types")) {
            $0.fields.types.words.map { ShownWord(word: $0) }
        },
        .text("owner", WebhookFields.meaning(of: "owner")) { $0.fields.owner },
        .text("team", WebhookFields.meaning(of: "team")) { $0.fields.team },
        .value("severity", .array(.word(of: Severity.self)), WebhookFields.meaning(of: "severity")) {
            $0.fields.severity.words.map { ShownWord(word: $0) }
        },
        .flag("active", WebhookFields.meaning(of: "active")) { $0.fields.active },
        .wordOrNull(
            "off_reason",
            "Why the service turned it off: its receiver answered 410, or something could not be delivered for three days."
        ) { $0.offReason },
        .instant(
            "former_secret_until",
            "Until when the secret before the present one is signed with, too; null where there never was one."
        ) { $0.formerSecretUntil },
        .text("created_by") { $0.createdBy },
        .instant("created_at") { $0.recordedAt },
        .instant("updated_at", "When something of it last changed.") { $0.updatedAt },
        .count("version", "1, and one more with every change.") { $0.version },
    ]
}

/// A webhook with a secret that it was just given.
struct DisclosedWebhook: Sendable {
    let webhook: Webhook
    /// In the first answer alone.
    let secret: WebhookSecret?
    var warnings: [SettingWarning] = []

    static let shown: [Shown<DisclosedWebhook>] =
        .of(Webhook.shown) { $0.webhook } + [
            .text("secret", "What to verify signatures with: in the first answer alone, null for a retry.") {
                $0.secret?.text
            },
            .ifAny(.text("notice", "Says so.") { $0 }) { $0.notice },
            .warnings(SettingWarning.shown) { $0.warnings },
        ]

    private var notice: String? {
        secret == nil
            ? "The secret was in the first answer alone, and is not told again. Without it, have another one made: "
                + "POST /v1/webhooks/\(webhook.id)/rotate." : nil
    }
}

extension ItemForm<Webhook> {
    static let webhook = ItemForm(Webhook.shown)
}

extension ListForm<Webhook> {
    static let webhooks = ListForm(.webhook, hasHistory: false)
}
