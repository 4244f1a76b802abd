import CaseStore
import Complaints
import Foundation
import Testing

@testable import casekeeper

/// A program that nobody here wrote reads the description and looks for what the service does otherwise
/// (Tests/OpenAPI/schemathesis.toml): its examples, each bound and its neighbours, requests at random, and sequences
/// along the links.
@Suite("schemathesis", .serialized)
struct SchemathesisTests {
    let folder = try! TemporaryFolder(inMemory: true)

    /// For each route; `make schemathesis` sets more, and then other requests each time.
    private static let examples = ProcessInfo.processInfo.environment["CASEKEEPER_EXAMPLES"]

    @Test("finds nothing, neither as an admin nor as a reader", arguments: [Role.admin, .reader])
    func findsNothing(role: Role) throws {
        let admin = try token(.admin)
        let secret = role == .admin ? admin : try token(role)
        let server = try RunningServer(["--log-level", "notice", "--rate-limit-failures", "0"], in: folder)
        try seed(server, as: admin)
        for name in ["schemathesis.toml", "hooks.py"] {
            let file = Repository.root.appending(path: "Tests/OpenAPI/\(name)")
            let own = name == "schemathesis.toml" && Self.examples == nil ? Self.division(of: role) : ""
            try folder.write(String(contentsOf: file, encoding: .utf8) + own, to: name)
        }
        var arguments = [
            "run", "http://127.0.0.1:\(server.port)/openapi.json", "--header", "Authorization: Bearer \(secret)",
        ]
        if let examples = Self.examples {
            arguments += ["--max-examples", examples, "--seed", String(UInt32.random(in: .min ... .max))]
        } else if role == .reader {
            // A reader is refused most of it in one way, which takes few requests to see.
            arguments += ["--max-examples", "10"]
        }
        let result = try PythonTool.run("schemathesis", arguments, in: folder)
        #expect(result.exitCode == 0, "\(result.output.suffix(20_000))\n\(result.errors)")
        for phase in ["Examples", "Coverage", "Fuzzing", "Stateful"] {
            #expect(result.output.contains("✅ \(phase)"), "\(result.output.suffix(2000))")
        }
        #expect(try ServiceAnswer("GET", "/healthz", port: server.port).status == 200)
        #expect(!server.process.errors.contains(" error "), "the service logged an error")
    }

    /// Bounds and their neighbours, thousands of requests that are the same each time, are gone over once: by a reader where
    /// a reader may, and by an admin in all other operations. Whoever goes over none of an operation's asks for its
    /// examples, at random and along links.
    private static func division(of role: Role) -> String {
        """

        # The other role goes over these.
        [[operations]]
        include-by = "/x-role \(role == .reader ? "!=" : "==") \(Role.reader.rawValue)"
        phases.coverage.enabled = false

        """
    }

    private func token(_ role: Role) throws -> String {
        let result = try Binary.run(["token", "create", role.rawValue, "--role", role.rawValue], in: folder)
        return result.output.trimmingCharacters(in: .newlines)
    }

    /// Cases with names that the examples of the description filter by, half of them with a promise that is overdue.
    private func seed(_ server: RunningServer, as secret: String) throws {
        for number in 0..<40 {
            let letter = number % 2 == 0 ? #", "received_at": "2024-06-03T10:00:00+02:00""# : ""
            let body = """
                {"complaint": "It leaks.", "customer": {"name": "Ann", "email": "ann@example.com"}, "owner": "Kim",
                "team": "North", "category": "Kettles"\(letter)}
                """
            let socket = try ClientSocket(port: server.port)
            try socket.send(
                "POST /v1/cases HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer \(secret)\r\n"
                    + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            #expect(try socket.readToEnd().hasPrefix("HTTP/1.1 201 "))
        }
    }
}
