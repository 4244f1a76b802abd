import Glibc
import HTTPServer
import HTTPTypes
import Logging

/// The transport alone: one fixed answer of 400 bytes, through the whole parser and the route table, so that nothing
/// but the server is measured.
@main
enum BareServer {
    static func main() throws {
        guard CommandLine.arguments.count == 2 else { fatalError("usage: bare-server HOST:PORT") }
        var logger = Logger(label: "bare-server")
        logger.logLevel = .error
        let configuration = ServerConfiguration(listen: try ListenAddress(CommandLine.arguments[1]))
        let server = Server(service: FixedAnswer(), configuration: configuration, logger: logger)
        print("listening on \(try server.start())")
        // Until it is ended from outside.
        while true { pause() }
    }
}

/// Answers what the benchmark's route table knows.
private struct FixedAnswer: Service {
    private let table = RouteTable<Int>([
        Route(.get, "/v1/cases", 0), Route(.get, "/v1/cases/{id}", 1), Route(.get, "/v1/cases/{id}/log", 2),
        Route(.get, "/v1/promises", 3), Route(.get, "/v1/promises/{id}", 4), Route(.get, "/healthz", 5),
    ])
    private let body = [UInt8](("{\"fill\":\"" + String(repeating: "a", count: 389) + "\"}").utf8)

    func makeLoopState() throws {}

    func respond(to request: Request, state: Void, reply: Reply<Void>) -> Answer {
        guard case .found = table.match(method: request.method, path: request.path) else {
            return .now(Response(status: .notFound))
        }
        var fields = HTTPFields()
        fields[.contentType] = "application/json"
        return .now(Response(status: .ok, headerFields: fields, body: .bytes(body)))
    }

    func response(to refusal: ServerRefusal, requestID: String) -> Response {
        Response(status: refusal.status)
    }
}
