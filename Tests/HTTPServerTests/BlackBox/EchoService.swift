import HTTPServer
import HTTPTypes

/// Answers with what it understood, so that a client of bare bytes can tell how they were read.
enum EchoService {
    private static let routes = RouteTable<HTTPResponse.Status>([
        Route(.get, "/only-get", .ok), Route(.post, "/empty", .noContent), Route(.get, "/empty", .noContent),
        Route(.get, "/same", .notModified), Route(.post, "/only-post", .ok),
    ])

    /// `/only-get`, `/only-post`, `/empty` (204) and `/same` (304) are routes; any other path is 200 for every method.
    static func answer(_ request: Request) -> Answer {
        let status: HTTPResponse.Status
        var fields: HTTPFields = [.contentType: "text/plain", xMethod: request.method.rawValue]
        switch routes.match(method: request.method, path: request.path) {
        case .found(let route, _, _): status = route.endpoint
        case .notFound: status = .ok
        case .methodNotAllowed(_, let allow):
            status = .methodNotAllowed
            fields[.allow] = allow.map(\.rawValue).joined(separator: ", ")
        case .options(_, let allow):
            status = .noContent
            fields[.allow] = allow.map(\.rawValue).joined(separator: ", ")
        }
        return .now(Response(status: status, headerFields: fields, body: .bytes(Array(told(request).utf8))))
    }

    /// `METHOD TARGET HOST [BODY]`, of a long body its length.
    private static func told(_ request: Request) -> String {
        let target = request.path + (request.query.map { "?\($0)" } ?? "")
        let host = request.host?.ascii ?? "-"
        let body = request.body.count > 64 ? "#\(request.body.count)" : String(decoding: request.body, as: UTF8.self)
        return "\(request.method.rawValue) \(target) \(host) [\(body)]"
    }

    private static let xMethod = HTTPField.Name("X-Method")!
}
