import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// What is asked about the service itself. Nothing here says anything about a case, and all but the figures is open
/// to all.
enum ServiceRoutes {
    /// That the process is alive.
    static func health(_ call: Call, _ reader: Reader) throws -> Response {
        try call.requireNoParameters()
        return .json(JSONWriter.object { $0.member("status", "ok") })
    }

    /// That the database answers and takes changes. Its migrations are current: a store with others does not open.
    static func ready(_ call: Call, _ reader: Reader) throws -> Response {
        let readiness = Readiness(of: call.service.store) { _ = try reader.read { try $0.hasTokens() } }
        try call.requireNoParameters()
        if let problem = readiness.problem { throw problem }
        return .json(JSONWriter.object { $0.member("status", "ready") })
    }

    /// The figures in Prometheus's text format: what scrapes them accepts all sorts of things, and gets this.
    static func metrics(_ call: Call) throws -> Reading {
        Reading(asOf: nil, query: .none(call.query)) { [service = call.service] transaction in
            let due = try transaction.dueFigures(dueWithin: DueFigures.soon, upTo: DueFigures.limit)
            var fields = HTTPFields()
            fields[.contentType] = MetricsText.contentType
            fields[.cacheControl] = "no-store"
            let text = service.figures.text(due, try transaction.webhookState(), at: service.store.time)
            var response = Response(status: .ok, headerFields: fields, body: .bytes(text))
            response.isCodable = true
            return response
        }
    }

    /// The description of all of it.
    static func description(_ call: Call) throws -> Response {
        try call.requireNoParameters()
        return .json(kept: OpenAPIDocument.page)
    }

    /// The page behind the `type` of a problem.
    static func problem(_ call: Call) throws -> Response {
        try call.requireNoParameters()
        let name = call.captured[0]
        // What is not ASCII is none, and would cost Swift some time to compare.
        guard name.utf8.allSatisfy({ $0 < 0x80 }), let kind = ProblemKind(rawValue: String(name)) else {
            throw Problem(.notFound, "There is no such problem code.")
        }
        let page = ProblemPage(kind: kind)
        let fields = call.request.headerFields
        // Whoever accepts neither gets JSON, as everywhere that is open to all.
        switch (try? Representation.negotiated(for: fields, offered: [ProblemPage.Form.json, .html])) ?? .json {
        case .json: return .json(kept: ProblemPage.kept[kind]!)
        case .html:
            return Response(
                status: .ok,
                headerFields: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
                body: .bytes(page.html))
        }
    }
}
