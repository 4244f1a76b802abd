import CaseStore
import HTTPServer
import HTTPTypes

/// What is asked about the service itself. Nothing here says anything about a case, and all but the figures is open
/// to all.
enum ServiceRoutes {
    /// That the process is alive.
    static func health(_ call: Call) throws -> Response {
        try call.requireNoParameters()
        return .json(JSONWriter.object { $0.member("status", "ok") })
    }

    /// That the database answers and takes changes. Its migrations are current: a store with others does not open.
    static func ready(_ call: Call, _ readiness: Readiness) throws -> Response {
        try call.requireNoParameters()
        switch readiness {
        case .ready: return .json(JSONWriter.object { $0.member("status", "ready") })
        case .notReady(let reason, let detail):
            var problem = Problem(.notReady, detail)
            problem.members.append(Problem.Member(.reason, .text(reason)))
            throw problem
        }
    }

    /// The figures in Prometheus's text format: what scrapes them accepts all sorts of things, and gets this.
    static func metrics(_ call: Call, _ figures: ServiceFigures, _ transaction: ReadTransaction) throws -> Response {
        try call.requireNoParameters()
        let overdue = try transaction.overdueCount(upTo: ServiceFigures.overdueLimit)
        var fields = HTTPFields()
        fields[.contentType] = MetricsText.contentType
        fields[.cacheControl] = "no-store"
        return Response(status: .ok, headerFields: fields, body: .bytes(figures.text(overdue: overdue)))
    }

    /// The description of all of it.
    static func description(_ call: Call) throws -> Response {
        try call.requireNoParameters()
        return .json(OpenAPIDocument.json)
    }

    /// The page behind the `type` of a problem.
    static func problem(_ call: Call) throws -> Response {
        try call.requireNoParameters()
        guard let code = ProblemCode(rawValue: String(call.captured[0])) else {
            throw Problem(.notFound, "There is no such problem code.")
        }
        return .json(
            JSONWriter.object { json in
                json.member("type", "/problems/\(code.rawValue)")
                json.member("code", code)
                json.member("status", code.status.code)
                json.member("title", code.title)
                json.member("advice", code.advice)
            })
    }
}
