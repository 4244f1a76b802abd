import Complaints

/// What waits for somebody.
enum QueueSchemas {
    static let all: [(name: String, schema: Schema)] = [("QueueItem", .object(QueueItem.shown))]
}
