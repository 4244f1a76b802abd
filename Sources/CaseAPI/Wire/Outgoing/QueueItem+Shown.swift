import Complaints
import HTTPTypes

extension QueueItem {
    /// What there is of something that waits for somebody.
    static let shown: [Shown<QueueItem>] =
        whatItIs + whereItIs + [
            .object("case", "The case that it is in.", columns: "", of: CaseSummary.shown) { $0.summary },
            .object("call", "What settles it.", columns: "", of: SettlingCall.shown) { SettlingCall($0) },
        ]

    /// Whom to call stands last, after what settles it.
    fileprivate static let columns = CSVColumns([
        whatItIs.columns(), CSVColumns("case_id") { $0.summary.id }, whereItIs.columns(),
        SettlingCall.shown.columns().of { SettlingCall($0) }, CaseSummary.shown.columns().of { $0.summary },
    ])

    private static let whatItIs: [Shown<QueueItem>] = [
        .word("kind") { $0.reason.kind },
        .instant(
            "since",
            "When it was written down; the due instant of an overdue promise; when an owner was asked to accept one."
        ) { $0.since },
        .text("why", "A sentence for people.") { $0.reason.why },
        .text(
            "waits_for",
            "The case's supervisor, for want of one the owner of a case with a threat; the owner of a promise."
        ) { $0.waitsFor },
    ]

    private static let whereItIs: [Shown<QueueItem>] = [
        .id("seq", "The entry in the log of the case that says so; null for a promise.") { $0.seq },
        .id("promise_id", "Null for what is no promise.") { $0.promiseID },
    ]

    private var seq: Int64? { if case .entry(let seq) = place { seq } else { nil } }

    private var promiseID: Int64? { if case .promise(let id) = place { id } else { nil } }
}

/// The call that settles an item of a queue, as far as it is known without asking anybody.
struct SettlingCall: Sendable, Hashable {
    let method = HTTPRequest.Method.post.rawValue
    let path: String
    /// Of the body: what kind of entry is written.
    var kind: LogKind?
    /// Of the body: the entry that it is about.
    var of: Int64?

    init(_ item: QueueItem) {
        let file = "/v1/cases/\(item.summary.id)"
        switch (item.reason.kind, item.place) {
        case (.threat, .entry(let seq)): (path, kind, of) = ("\(file)/log", .threatAssessment, seq)
        case (.concession, .entry(let seq)): (path, kind, of) = ("\(file)/log", .concessionDecision, seq)
        case (.return, .entry): path = "\(file)/relationship"
        case (_, .entry): (path, kind) = ("\(file)/log", .supervisorJoined)
        case (.acceptance, .promise(let id)): path = "/v1/promises/\(id)/accept"
        case (_, .promise(let id)): path = "/v1/promises/\(id)/recover"
        }
    }

    fileprivate static let shown: [Shown<SettlingCall>] = [
        .value("method", .word(HTTPRequest.Method.post.rawValue)) { $0.method },
        .text("path") { $0.path },
        .value("body", bodySchema, "What is known of it; the rest is for whoever calls.") { Body(call: $0) },
    ]

    private static let bodySchema = Schema.object([
        .sometimes("kind", .words(LogKind.written)), .sometimes("of", .id),
    ])

    /// Its body, which a cell has as JSON.
    private struct Body: ShownValue {
        let call: SettlingCall

        func write(to json: inout JSONWriter) {
            json.needsComma = false
            json.object { json in
                if let kind = call.kind { json.member("kind", kind) }
                if let of = call.of { json.member("of", of) }
            }
        }

        var cell: CSVCell {
            var json = JSONWriter()
            write(to: &json)
            return .plain(String(decoding: json.bytes, as: UTF8.self))
        }
    }
}

extension ListForm<QueueItem> {
    static let queue = ListForm(QueueItem.shown, columns: QueueItem.columns)
}
