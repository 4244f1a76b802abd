import CaseStore
import Complaints
import Glibc
import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("Without a token")
struct ProtectedModeTests {
    /// A request from this machine, unless told otherwise.
    private func request(
        _ fields: [(String, String)], peer: String = "127.0.0.1", user: UInt32? = geteuid()
    ) throws -> Request {
        var all = HTTPFields()
        for (name, value) in fields { all.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value)) }
        return Request(
            id: "r", method: .get, path: "/v1/cases", headerFields: HeaderFields(all),
            peer: PeerAddress(try #require(IPAddress(peer))), peerProcess: PeerProcess(userID: user))
    }

    private func isLetIn(_ request: Request, by mode: ProtectedMode) -> Bool {
        do throws(Problem) {
            try mode.requireLocal(request)
            return true
        } catch {
            #expect(error.kind == .forbidden)
            return false
        }
    }

    @Test(
        "only this machine is answered, under its own name",
        arguments: [
            ("localhost:8080", true), ("LocalHost", true), ("127.0.0.1:1", true), ("127.9.8.7", true),
            ("[::1]:8080", true),
            ("desk.internal:8080", true), ("evil.example", false), ("127.0.0.1.evil.example", false),
            ("127.0.0", false), ("127.+0.0.1", false), ("127.0.0.01", false), ("127.0.0.256", false),
            ("127.0.0.1.", false),
            ("127.-0.0.1", false), ("127.0.0.0x1", false), ("127.0.0.", false), ("128.0.0.1", false),
            ("localhost.evil.example:8080", false), ("[::2]", false), ("10.0.0.1", false), ("", false), (nil, false),
        ] as [(String?, Bool)])
    func hosts(host: String?, isOwn: Bool) throws {
        let mode = ProtectedMode(listenHost: "desk.internal", database: "x.db")
        let fields = host.map { [("Host", $0)] } ?? []
        #expect(try isLetIn(request(fields), by: mode) == isOwn)
        #expect(try !isLetIn(request(fields, peer: "192.0.2.7"), by: mode))
    }

    @Test("only the service's own user is answered, and root, who could read the database anyway")
    func users() throws {
        let mode = ProtectedMode(listenHost: nil, database: "x.db", user: 1000)
        for (user, isLetIn) in [(1000, true), (0, true), (1001, false), (65534, false), (nil, false)]
            as [(UInt32?, Bool)]
        {
            #expect(try self.isLetIn(request([("Host", "localhost")], user: user), by: mode) == isLetIn)
        }
        let ofRoot = ProtectedMode(listenHost: nil, database: "x.db", user: 0)
        for (user, isLetIn) in [(0, true), (1000, false), (nil, false)] as [(UInt32?, Bool)] {
            #expect(try self.isLetIn(request([("Host", "localhost")], user: user), by: ofRoot) == isLetIn)
        }
        let unknown = Request(
            id: "r", method: .get, path: "/", headerFields: [HTTPField.Name("Host")!: "localhost"],
            peer: PeerAddress(host: "127.0.0.1", isLoopback: true))
        #expect(!self.isLetIn(unknown, by: mode), "nobody knows whose it is")
    }

    @Test(
        "nothing is answered that a proxy has passed on, whatever it says of whom",
        arguments: [
            "Forwarded", "forwarded", "Via", "VIA", "X-Real-IP", "x-real-ip", "X-Forwarded-For", "x-forwarded-for",
            "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Anything", "X-Forwarded",
        ])
    func forwarded(name: String) throws {
        let mode = ProtectedMode(listenHost: nil, database: "x.db")
        for value in ["127.0.0.1", "for=127.0.0.1", ""] {
            #expect(try !isLetIn(request([("Host", "localhost"), (name, value)]), by: mode))
            #expect(try !isLetIn(request([(name, value), ("Host", "localhost")]), by: mode))
        }
        let desk = try TestDesk()
        #expect(try desk.client.get("/v1/cases", fields: [name: "127.0.0.1"]).code == "forbidden")
        #expect(try desk.client.get("/healthz", fields: [name: "127.0.0.1"]).status == 200)
        let token = try desk.token(.reader).field
        #expect(try desk.client.get("/v1/cases", fields: [name: "127.0.0.1", "Authorization": token]).status == 200)
    }

    @Test("other fields that begin like those are none of them")
    func unforwarded() throws {
        let mode = ProtectedMode(listenHost: nil, database: "x.db")
        for name in ["From", "Viable", "X-Request-Id", "X-Forward", "X-Real", "Forward", "Vary"] {
            #expect(try isLetIn(request([("Host", "localhost"), (name, "x")]), by: mode), "\(name)")
        }
    }

    @Test("the first token is not made over HTTP, and the answer says how it is")
    func firstToken() throws {
        let desk = try TestDesk()
        for body in [#"{"name":"a","role":"admin"}"#, "{}", "nonsense"] {
            let refused = try desk.client.post("/v1/tokens", body, fields: ["Idempotency-Key": "k"])
            #expect(refused.status == 403)
            let command = "casekeeper token create NAME --role admin --database \(desk.store.shellWord)"
            #expect(refused["detail"].text?.contains(command) == true)
        }
        #expect(try desk.client.get("/v1/tokens")["total"].integer == 0, "protected mode goes on")
    }

    @Test("a foreign Host is refused over the wire, until there is a token to ask for instead")
    func liveHost() throws {
        let desk = try TestDesk()
        let foreign = ["Host": "evil.example"]
        #expect(try desk.client.get("/v1/cases").status == 200)
        #expect(try desk.client.get("/v1/cases", fields: foreign).code == "forbidden")
        #expect(try desk.client.get("/healthz", fields: foreign).status == 200)
        let token = try desk.token(.reader).field
        #expect(try desk.client.get("/v1/cases", fields: foreign).code == "unauthenticated")
        #expect(
            try desk.client.get("/v1/cases", fields: ["Host": "evil.example", "Authorization": token]).status == 200)
    }

    @Test(
        "a page of another origin is refused, always",
        arguments: [
            ("http://evil.example", "localhost", false), ("null", "localhost", false),
            ("http://localhost:1", "localhost:2", false),
            ("http://localhost:1", "localhost:1", true), ("https://Desk.example", "desk.example", true),
            ("file://", "localhost", false), ("http://localhost.evil.example", "localhost", false),
            ("localhost", "localhost", false),
        ])
    func origins(origin: String, host: String, isOwn: Bool) throws {
        let desk = try TestDesk()
        let token = try desk.token(.reader).field
        let fields = ["Origin": origin, "Host": host, "Authorization": token]
        let answer = try desk.client.get("/v1/cases", fields: fields)
        #expect(answer.status == (isOwn ? 200 : 403))
        #expect(try desk.client.send("OPTIONS", "/v1/cases", fields: fields).status == (isOwn ? 204 : 403))
    }

    @Test(
        "where people find the service by https, a page of plain HTTP is another's, but for one of its own machine",
        arguments: [
            ("https://desk.example", "desk.example", true), ("https://Desk.example", "10.0.0.5:8080", true),
            ("http://desk.example", "desk.example", false), ("http://desk.example:8443", "desk.example:8443", false),
            ("http://desk.example", "localhost", false), ("http://localhost:8080", "localhost:8080", true),
            ("http://127.0.0.1:8080", "127.0.0.1:8080", true), ("https://10.0.0.5:8080", "10.0.0.5:8080", true),
            ("http://10.0.0.5:8080", "10.0.0.5:8080", false), ("null", "desk.example", false),
        ])
    func encryptedOrigins(origin: String, host: String, isOwn: Bool) throws {
        let desk = try TestDesk(links: PublicLinks("https://desk.example"))
        let fields = ["Origin": origin, "Host": host, "Authorization": try desk.token(.reader).field]
        #expect(try desk.client.get("/v1/cases", fields: fields).status == (isOwn ? 200 : 403))
    }

    @Test("an absolute-form target does not make up for the Host beside it, nor the other way round")
    func absoluteForm() throws {
        let desk = try TestDesk()
        func status(_ target: String, _ host: String, _ fields: String = "") throws -> Int {
            let request = "GET \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\(fields)\r\n"
            return TestResponse(try desk.client.exchange(Array(request.utf8))).status
        }
        #expect(try status("http://localhost/v1/cases", "localhost") == 200)
        #expect(try status("http://localhost/v1/cases", "evil.example") == 403)
        #expect(try status("http://evil.example/v1/cases", "localhost") == 403)
        #expect(try status("http://localhost/healthz", "localhost", "Origin: http://localhost\r\n") == 200)
        #expect(try status("http://localhost/healthz", "evil.example", "Origin: http://localhost\r\n") == 403)
        #expect(try status("http://localhost/healthz", "evil.example", "Origin: http://evil.example\r\n") == 403)
    }

    @Test("what a browser says comes from another site is refused where a foreign Origin is")
    func fetchSite() throws {
        let desk = try TestDesk()
        for (site, isOwn) in [
            ("same-origin", true), ("none", true), ("cross-site", false), ("same-site", false), ("Cross-Site", false),
        ] {
            for (method, target) in [("GET", "/v1/cases"), ("GET", "/healthz"), ("OPTIONS", "/v1/cases")] {
                let answer = try desk.client.send(method, target, fields: ["Sec-Fetch-Site": site])
                #expect((answer.status < 300) == isOwn, "\(site) \(method) \(target)")
                if !isOwn { #expect(answer.status == 403) }
            }
        }
    }

    @Test(
        "what changes something is taken from our own pages and from none, whatever a browser calls the others",
        arguments: [
            ("same-origin", true), ("none", true), ("same-origin;a", true), ("none; a=1;b=\"c\"", true),
            ("cross-site", false), ("same-site", false), ("cross-site;a", false), ("same-site ; a=1", false),
            ("cross-site, none", false), ("none, cross-site", false), ("none, none", false), ("\"\"", false),
            (",", false),
            ("Same-Origin", false), ("same-origin;", false), ("same-origin;=", false), ("same-origin;A", false),
            ("same-origin;a=", false), ("\"same-origin\"", false), ("same-origin none", false), ("same-party", false),
            ("?1", false), ("none;a;;b", false), ("none\t;a", true),
        ])
    func fetchSiteOfChanges(site: String, isOwn: Bool) throws {
        let desk = try TestDesk()
        let token = try desk.token(.admin).field
        let fields = ["Sec-Fetch-Site": site, "Authorization": token]
        let body = #"{"complaint":"x","customer":{"name":"Ann"}}"#
        #expect(try desk.client.post("/v1/cases", body, fields: fields).status == (isOwn ? 201 : 403), "\(site)")
        #expect(
            try desk.client.patch("/v1/policies/high", "{}", fields: fields).status == (isOwn ? 200 : 403), "\(site)")
        let isForeign = ["cross-site", "same-site"].contains { site.contains($0) }
        #expect(try desk.client.get("/v1/cases", fields: fields).status == (isForeign ? 403 : 200), "\(site)")
    }

    @Test("a request is for one host, with a token and without, and where nobody is asked for one")
    func oneHost() throws {
        let desk = try TestDesk()
        let token = try desk.token(.reader).field
        for target in ["/v1/cases", "/healthz", "/openapi.json"] {
            for (authority, host, isOne) in [
                ("desk.example", "desk.example", true), ("Desk.example:80", "desk.example:80", true),
                ("evil.example", "localhost", false), ("localhost", "evil.example", false),
                ("localhost", "localhost:1", false),
            ] {
                let head = "GET http://\(authority)\(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
                let answer = try desk.client.exchange(Array("\(head)Authorization: \(token)\r\n\r\n".utf8))
                #expect(TestResponse(answer).status == (isOne ? 200 : 403), "\(authority), \(host)")
            }
        }
    }
}
