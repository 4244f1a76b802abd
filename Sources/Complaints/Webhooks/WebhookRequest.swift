/// A new webhook as it was asked for.
public struct WebhookRequest: Sendable, Hashable {
    /// Where events are to be posted; nil where that could not be read.
    public var url: WebhookURL?
    /// What else there is of it.
    public var fields: WebhookFields

    /// A webhook as it was asked for.
    public init(url: WebhookURL?, fields: WebhookFields = WebhookFields()) {
        self.url = url
        self.fields = fields
    }
}

/// What is edited of a webhook.
public struct WebhookEdit: Sendable, Hashable {
    /// Where events are posted from now on; nil leaves it.
    public var url: WebhookURL?
    /// What else is edited.
    public var fields: Edit<WebhookFields>

    /// An edit of these.
    public init(url: WebhookURL? = nil, fields: Edit<WebhookFields> = Edit()) {
        self.url = url
        self.fields = fields
    }
}
