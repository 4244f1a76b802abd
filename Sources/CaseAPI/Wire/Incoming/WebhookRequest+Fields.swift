import Complaints

extension WebhookRequest {
    /// The body of `POST /v1/webhooks`.
    init(_ fields: FieldReader) {
        fields.named("WebhookRequest")
        let url = fields.optional("url", .webhookURL, WebhookURL.meaning, presence: .required)
        if !fields.has("url") { fields.reportMissing("url") }
        var edited = WebhookFields()
        edited.take(fields)
        self.init(url: url, fields: edited)
        fields.readOnly(DisclosedWebhook.shown.names())
    }
}

extension WebhookURL {
    static let meaning =
        "Where events are posted, by https. It leads to the public internet, unless --webhook-allow allows another address; "
        + "what it leads to is looked at each time."
}

extension FieldKind<WebhookURL> {
    /// An absolute URL without somebody's name and without a fragment.
    static var webhookURL: FieldKind {
        FieldKind(.webhookURL) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            guard !text.isBlank else { throw FieldFault(.tooShort, "must not be empty.") }
            return try WebhookURL(text.string)
        }
    }
}

extension Schema {
    /// As `WebhookURL` takes it, but for http and addresses, which are taken too where they may be posted to.
    fileprivate static let webhookURL = Schema([
        "type": "string", "maxLength": .integer(Int64(WebhookURL.longest)),
        "pattern": .string("^https://(\(label)\\.)*[A-Za-z]\(rest)\\.?(:\(port))?([/?][!$-;=?-\\[\\]_a-z~]*)?$"),
    ])

    private static let label = "[A-Za-z0-9_-]+"
    private static let rest = "[A-Za-z0-9_-]*"
    private static let port =
        "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
}
