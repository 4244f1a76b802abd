import Complaints
import HTTPServer
import HTTPTypes
import Testing

@testable import CaseAPI

@Suite("Without a token")
struct ProtectedModeTests {
    @Test(
        "only this machine is answered, under its own name",
        arguments: [
            ("localhost:8080", true), ("LocalHost", true), ("127.0.0.1:1", true), ("127.9.8.7", true),
            ("[::1]:8080", true),
            ("desk.internal:8080", true), ("evil.example", false), ("127.0.0.1.evil.example", false),
            ("127.0.0", false),
            ("localhost.evil.example:8080", false), ("[::2]", false), ("10.0.0.1", false), ("", false), (nil, false),
        ] as [(String?, Bool)])
    func hosts(host: String?, isOwn: Bool) {
        let mode = ProtectedMode(listenHost: "desk.internal")
        for (peer, isLoopback) in [("127.0.0.1", true), ("192.0.2.7", false)] {
            var fields = HTTPFields()
            fields[.hostAndPort] = host
            let request = Request(
                id: "r", method: .get, path: "/v1/cases", headerFields: fields,
                peer: PeerAddress(host: peer, isLoopback: isLoopback))
            if isOwn, isLoopback {
                #expect(throws: Never.self) { try mode.requireLocal(request) }
            } else {
                let problem = #expect(throws: Problem.self) { try mode.requireLocal(request) }
                #expect(problem?.code == .forbidden)
            }
        }
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
}
