import Complaints
import HTTPTypes

/// What waits for somebody.
enum QueueSchemas {
    static let all: [(name: String, schema: Schema)] = [("QueueItem", .object(item))]

    private static let item: [Field] = [
        .always("kind", .words(QueueKind.self)),
        .always("why", .text, "A sentence for people."),
        .always(
            "since", .utcInstant,
            "When it was written down; the due instant of an overdue promise; when an owner was asked to accept one."),
        .nullable("seq", .id, "The entry in the log of the case that says so; null for a promise."),
        .nullable("promise_id", .id, "Null for what is no promise."),
        .nullable(
            "waits_for", .text,
            "The case's supervisor, for want of one the owner of a case with a threat; the owner of a promise."),
        .always("case", .object(PromiseSchemas.caseSummary), "As of today."),
        .always("call", .object(call), "What settles it."),
    ]

    private static let call: [Field] = [
        .always("method", .word(HTTPRequest.Method.post.rawValue)), .always("path", .text),
        .always(
            "body", .object([.sometimes("kind", .words(LogKind.written)), .sometimes("of", .id)]),
            "What is known of it; the rest is for whoever calls."),
    ]
}
