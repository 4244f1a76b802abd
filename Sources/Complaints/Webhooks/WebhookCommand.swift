/// A change that is asked for of a webhook on record, as a value.
public enum WebhookCommand: Sendable {
    /// Edits it.
    case edit(webhook: Int64, Incoming<WebhookEdit>)
    /// Takes it away, with its secrets and all that waits for it.
    case delete(webhook: Int64, Incoming<Void>)

    /// Which one it is about.
    public var webhookID: Int64 {
        switch self {
        case .edit(let id, _), .delete(let id, _): id
        }
    }
}
