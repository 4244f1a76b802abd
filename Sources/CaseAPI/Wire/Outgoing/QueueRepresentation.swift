import Complaints

/// The call that settles an item of a queue, as far as it is known without asking anybody.
struct SettlingCall: Sendable, Hashable {
    let method = "POST"
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

    func writeBody(to json: inout JSONWriter) {
        json.object { json in
            if let kind { json.member("kind", kind) }
            if let of { json.member("of", of) }
        }
    }
}

extension QueueItem {
    fileprivate var seq: Int64? { if case .entry(let seq) = place { seq } else { nil } }

    fileprivate var promiseID: Int64? { if case .promise(let id) = place { id } else { nil } }
}

extension ListForm<QueueItem> {
    static let queue = ListForm(
        json: { json, item, _ in
            let call = SettlingCall(item)
            json.object { json in
                json.member("kind", item.reason.kind)
                json.member("why", item.reason.why)
                json.member("since", item.since)
                json.member("seq", item.seq)
                json.member("promise_id", item.promiseID)
                json.member("waits_for", item.waitsFor)
                json.member("case", object: { $0.writeFields(of: item.summary) })
                json.member(
                    "call",
                    object: { json in
                        json.member("method", call.method)
                        json.member("path", call.path)
                        json.member("body", { call.writeBody(to: &$0) })
                    })
            }
        },
        columns: [
            CSVColumn("kind") { .word($0.reason.kind) },
            CSVColumn("since") { .instant($0.since) },
            CSVColumn("why") { .text($0.reason.why) },
            CSVColumn("waits_for") { .text($0.waitsFor) },
            CSVColumn("case_id") { .integer($0.summary.id) },
            CSVColumn("seq") { .integer($0.seq) },
            CSVColumn("promise_id") { .integer($0.promiseID) },
            CSVColumn("method") { .plain(SettlingCall($0).method) },
            CSVColumn("path") { .plain(SettlingCall($0).path) },
            CSVColumn("body") { item in
                var json = JSONWriter()
                SettlingCall(item).writeBody(to: &json)
                return .plain(String(decoding: json.bytes, as: UTF8.self))
            },
            CSVColumn("case_external_id") { .text($0.summary.externalID) },
            CSVColumn("case_subject") { .text($0.summary.subject) },
            CSVColumn("case_severity") { .word($0.summary.severity) },
            CSVColumn("case_mood") { .word($0.summary.mood) },
            CSVColumn("customer_id") { .integer($0.summary.customer.id) },
            CSVColumn("customer_name") { .text($0.summary.customer.name) },
            CSVColumn("customer_phone") { .text($0.summary.customer.phone) },
            CSVColumn("customer_email") { .text($0.summary.customer.email) },
        ])
}
