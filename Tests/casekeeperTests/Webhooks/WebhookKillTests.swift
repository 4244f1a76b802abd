import Foundation
import TestSupport
import Testing

@testable import casekeeper

@Suite("Webhooks and kill -9", .serialized)
struct WebhookKillTests {
    private struct Message: Decodable {
        struct Data: Decodable {
            let eventId: Int64?
            let caseId: Int64?
        }
        let type: String
        let data: Data
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func start() throws -> RunningServer {
        try RunningServer(["--webhook-allow", "127.0.0.0/8"], in: folder)
    }

    @Test(
        "a receiver that tells repetitions by webhook-id has each of a thousand events once, and those of a case in order"
    )
    func killed() throws {
        let receiver = try TestReceiver()
        var server = try start()
        let made = try LoadConnection(port: server.port).post(
            LoadRequest(
                path: "/v1/webhooks", json: #"{"url":"\#(receiver.url)","types":["case.opened","promise.made"]}"#,
                key: "w"))
        #expect(made?.status == 201)
        let items = (0..<500).map { #"{"complaint":"Case \#($0)","customer":{"name":"Ann \#($0)"}}"# }
        let opened = try LoadConnection(port: server.port).post(
            LoadRequest(path: "/v1/cases/bulk", json: #"{"items":[\#(items.joined(separator: ","))]}"#, key: "b"))
        #expect(opened?.status == 200)
        for round in 1...3 {
            #expect(eventually { receiver.received.count >= round * 100 })
            server.process.signal(SIGKILL)
            #expect(try server.process.wait().exitCode == 128 + SIGKILL)
            server = try start()
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        var first: [String: Message] = [:]
        var order: [Message] = []
        func collect() throws -> Int {
            (first, order) = ([:], [])
            for received in receiver.received {
                let id = try #require(received.fields["webhook-id"])
                let message = try decoder.decode(Message.self, from: Data(received.body))
                if first.updateValue(message, forKey: id) == nil { order.append(message) }
            }
            return order.count
        }
        #expect(try eventually { try collect() == 1_000 })
        #expect(Set(order.compactMap(\.data.eventId)) == Set(2...1_001), "each event is one message")
        for (_, messages) in Dictionary(grouping: order, by: \.data.caseId) {
            #expect(messages.map(\.type) == ["case.opened", "promise.made"])
        }
        server.process.signal(SIGTERM)
        #expect(try server.process.wait().exitCode == 0)
        let verified = try Binary.run(["verify"], in: folder)
        #expect(verified.exitCode == 0, "\(verified.output)\(verified.errors)")
        #expect(try collect() == 1_000)
    }
}
