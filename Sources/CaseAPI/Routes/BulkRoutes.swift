import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// `/v1/cases/bulk`.
enum BulkRoutes {
    static let path = "/v1/cases/bulk"
    /// What a desk brings along at once. It takes the writer a tenth of a second, and all others wait that long.
    static let size = 1...1000

    /// Opens many cases in one commit, each for itself: one that is refused leaves the others as they are.
    static func create(_ call: Call) throws -> Change {
        try call.requireNoParameters()
        let incoming = try call.body.read { $0.requests("items", count: size, CaseRequest.init(_:)) }
        guard incoming.issues.isEmpty else { throw Refusal.invalid(incoming.issues) }
        return Change { [actor = call.actor] transaction in
            let results = try incoming.value.enumerated().map { index, item in
                try BulkResult(index: index, item, by: actor, in: transaction)
            }
            return { answer(results) }
        }
    }

    /// 207 as soon as one is refused (RFC 4918 section 13), so that nobody takes it for all.
    private static func answer(_ results: [BulkResult]) -> Response {
        let created = results.count { $0.isCreated }
        let body = JSONWriter.object(capacity: 128 + 128 * results.count) { json in
            json.member("total", results.count)
            json.member("created", created)
            json.member("refused", results.count - created)
            json.member("items", array: { json in for result in results { result.write(to: &json) } })
        }
        return .json(body, created == results.count ? .ok : .init(code: 207, reasonPhrase: "Multi-Status"))
    }
}
