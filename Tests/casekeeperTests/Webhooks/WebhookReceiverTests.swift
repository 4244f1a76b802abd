import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("Receivers of webhooks")
struct WebhookReceiverTests {
    private struct Made: Decodable {
        let id: Int64
        let secret: String
    }

    private struct Deliveries: Decodable {
        struct Item: Decodable {
            let status: String
        }
        let items: [Item]
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let python = Repository.root.appending(path: ".build-test/venv/bin/python").path

    /// The receiver that the documentation has.
    private static func documented() throws -> String {
        let page = try String(contentsOf: Repository.root.appending(path: "docs/webhooks.md"), encoding: .utf8)
        let start = try #require(page.firstRange(of: "```python\n")).upperBound
        return String(page[start..<(try #require(page[start...].firstRange(of: "\n```"))).lowerBound])
    }

    /// Whether a receiver took a test of a webhook to it.
    private func takesTest(_ port: Int, _ id: Int64, _ server: RunningServer) throws -> Bool {
        let connection = try LoadConnection(port: server.port)
        let test = connection.post(
            LoadRequest(path: "/v1/webhooks/\(id)/test", json: "{}", key: UUID().uuidString))
        #expect(test?.status == 200)
        var status = "pending"
        _ = try eventually {
            let list = try #require(connection.get("/v1/webhooks/\(id)/deliveries?limit=1"))
            status = try list.decoded(Deliveries.self).items[0].status
            return status != "pending"
        }
        return status == "delivered"
    }

    @Test("PyPI's standardwebhooks and the documentation's own verify what comes, and nothing that is signed otherwise")
    func verified() throws {
        let server = try RunningServer(["--webhook-allow", "127.0.0.0/8"], in: folder)
        try folder.write(try Self.documented(), to: "receiver.py")
        let script = Repository.root.appending(path: "Tests/Clients/webhook_receiver.py").path
        for isDocumented in [false, true] {
            for isRight in [true, false] {
                let port = try FreePort.find()
                let made = try #require(
                    LoadConnection(port: server.port).post(
                        LoadRequest(
                            path: "/v1/webhooks",
                            json: #"{"url":"http://127.0.0.1:\#(port)/","types":["webhook.disabled"]}"#,
                            key: UUID().uuidString))
                ).decoded(Made.self)
                let secret = isRight ? made.secret : "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                let receiver = try RunningProcess(
                    path: Self.python, isDocumented ? [folder.path("receiver.py")] : [script, "\(port)", secret],
                    environment: ["PATH": "/usr/bin:/bin", "WEBHOOK_SECRET": secret, "PORT": "\(port)"], in: folder)
                defer { receiver.signal(SIGKILL) }
                #expect(eventually { (try? LoopbackConnection.open(port: port)).map { close($0) } == 0 })
                #expect(try takesTest(port, made.id, server) == isRight)
            }
        }
    }
}
