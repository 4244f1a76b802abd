import HTTPServer
import HTTPTypes
import Testing

@Suite("The route table")
struct RouteTableTests {
    let table = RouteTable([
        Route(.get, "/", "root"),
        Route(.get, "/v1/cases", "list"),
        Route(.post, "/v1/cases", "create"),
        Route(.get, "/v1/cases/{id}", "case"),
        Route(.patch, "/v1/cases/{id}", "change"),
        Route(.get, "/v1/cases/{id}/log/{seq}", "entry"),
        Route(.get, "/v1/cases/mine", "mine"),
        Route(.head, "/healthz", "health head"),
        Route(.get, "/healthz", "health"),
    ])

    func find(_ method: HTTPRequest.Method, _ path: String) -> String {
        switch table.match(method: method, path: path) {
        case .found(let route, _, let parameters):
            ([route.endpoint] + parameters.map(String.init)).joined(separator: " ")
        case .notFound: "404"
        case .methodNotAllowed(_, let allow): "405 " + allow.map(\.rawValue).joined(separator: ",")
        case .options(_, let allow): "options " + allow.map(\.rawValue).joined(separator: ",")
        }
    }

    static let table: [(HTTPRequest.Method, String, String)] = [
        (.get, "/", "root"),
        (.get, "/v1/cases", "list"),
        (.head, "/v1/cases", "list"),
        (.post, "/v1/cases", "create"),
        (.get, "/v1/cases/7", "case 7"),
        (.patch, "/v1/cases/7", "change 7"),
        (.get, "/v1/cases/mine", "mine"),
        (.patch, "/v1/cases/mine", "405 GET,HEAD,OPTIONS"),
        (.get, "/v1/cases/mine/log/3", "entry mine 3"),
        (.get, "/v1/cases/7/log/12", "entry 7 12"),
        (.get, "/v1/cases/a%20b%C3%A9", "case a bé"),
        (.get, "/v1/c%61ses", "list"),
        (.head, "/healthz", "health head"),
        (.get, "/v1/cases/", "404"),
        (.get, "/v1/cases//log/1", "404"),
        (.get, "/v1", "404"),
        (.get, "//v1/cases", "404"),
        (.get, "/v1/cases/7/log", "404"),
        (.get, "/v1/Cases", "404"),
        (.get, "/v1/cases/a%2Fb", "case a/b"),
        (.get, "/v1/cases/a%00b", "404"),
        (.get, "/v1/cases/%FF", "404"),
        (.get, "/v1/cases/%4", "404"),
        (.get, "*", "404"),
        (.delete, "/v1/cases", "405 GET,HEAD,OPTIONS,POST"),
        (.post, "/v1/cases/7/log/12", "405 GET,HEAD,OPTIONS"),
        (.options, "/v1/cases/7", "options GET,HEAD,OPTIONS,PATCH"),
        (.options, "*", "options GET,HEAD,OPTIONS,PATCH,POST"),
        (.options, "/nothing", "404"),
    ]

    @Test("finds the route, its parameters, or what to say instead", arguments: table)
    func finds(_ method: HTTPRequest.Method, path: String, expected: String) {
        #expect(find(method, path) == expected)
    }

    @Test("keeps its routes in the order they were given")
    func keepsOrder() {
        #expect(table.routes.map(\.endpoint).prefix(3) == ["root", "list", "create"])
        #expect(table.routes.count == 9)
    }

    @Test("names a path's pattern by its first route, whatever the method")
    func namesPatterns() {
        func pattern(_ method: HTTPRequest.Method, _ path: String) -> Int? {
            table.match(method: method, path: path).pattern
        }
        #expect(pattern(.get, "/v1/cases") == 1)
        #expect(pattern(.post, "/v1/cases") == 1)
        #expect(pattern(.patch, "/v1/cases/7") == 3)
        #expect(pattern(.delete, "/v1/cases/7") == 3)
        #expect(pattern(.options, "/v1/cases/7") == 3)
        #expect(pattern(.get, "/v1/cases/mine") == 6)
        #expect(pattern(.options, "*") == nil)
        #expect(pattern(.get, "/v1") == nil)
    }

    @Test("tries a parameter when the literal leads nowhere")
    func goesBack() {
        let table = RouteTable([Route(.get, "/a/b/c", 1), Route(.get, "/a/{x}/d", 2)])
        guard case .found(let route, _, let parameters) = table.match(method: .get, path: "/a/b/d") else {
            Issue.record("nothing found")
            return
        }
        #expect(route.endpoint == 2)
        #expect(parameters == ["b"])
    }
}
