import Foundation
import Synchronization
import TestSupport
import Testing

@testable import HTTPClient

@Suite("Requests that go out")
struct TransfersTests {
    private static let limits: TransferLimits = {
        var limits = TransferLimits()
        limits.milliseconds = 1_000
        limits.connectMilliseconds = 500
        return limits
    }()

    private static func request(_ url: String, id: UInt64 = 1) -> OutgoingRequest {
        OutgoingRequest(
            id: id, url: url, isEncrypted: url.hasPrefix("https"), fields: [("X-Test", "yes")],
            body: Array(#"{"a": 1}"#.utf8))
    }

    /// What comes of requests, in the order of their ids.
    private static func outcomes(
        _ requests: [OutgoingRequest], admits: @escaping Transfers.Admission = { _, _ in true }
    ) throws -> [OutgoingOutcome] {
        let transfers = try #require(Transfers(limits: limits, admits: admits))
        for request in requests { #expect(transfers.start(request)) }
        var outcomes: [OutgoingOutcome] = []
        while transfers.count > 0 {
            transfers.wait(milliseconds: 100)
            outcomes += transfers.finished()
        }
        return outcomes.sorted { $0.id < $1.id }
    }

    @Test("a POST arrives as it was sent, with nothing of ours added to its body")
    func post() throws {
        let receiver = try TestReceiver { _ in .answer(201, body: "thank you") }
        let outcome = try #require(try Self.outcomes([Self.request(receiver.url)]).first)
        #expect(try outcome.result.get() == OutgoingAnswer(status: 201, beginning: Array("thank you".utf8)))
        let received = try #require(receiver.received.first)
        #expect(received.target == "/hooks")
        #expect(received.text == #"{"a": 1}"#)
        #expect(received.fields["x-test"] == "yes")
        #expect(received.fields["expect"] == nil)
    }

    @Test(
        "what a receiver does comes out as an answer or as why there was none",
        arguments: [
            (TestReceiver.Reply.answer(500, body: "no"), 500 as Int?, nil as OutgoingFailure?),
            (.answer(302, fields: ["Location: http://127.0.0.1:1/"]), 302, nil), (.silence, nil, .timedOut),
            (.dripping, nil, .timedOut),
            (.reset, nil, .brokenOff), (.nonsense, nil, .failed), (.endless, 200, nil), (.endlessHead, nil, .failed),
            (.brokenOff, 200, nil), (.late(100), 200, nil),
        ])
    func outcomes(_ reply: TestReceiver.Reply, _ status: Int?, _ failure: OutgoingFailure?) throws {
        let receiver = try TestReceiver { _ in reply }
        let outcome = try #require(try Self.outcomes([Self.request(receiver.url)]).first)
        switch outcome.result {
        case .success(let answer):
            #expect(answer.status == status)
            #expect(answer.beginning.count <= Self.limits.kept)
            switch reply {
            case .brokenOff: #expect(answer.breach == .brokenOff)
            case .endless: #expect(answer.breach != nil)
            default: #expect(answer.breach == nil)
            }
        case .failure(let found): #expect(found == failure)
        }
        #expect(receiver.received.count == 1, "nothing is sent twice, and no redirect is followed")
    }

    @Test("an answer with Retry-After says for how long")
    func retryAfter() throws {
        let receiver = try TestReceiver { _ in .answer(429, fields: ["Retry-After: 120"]) }
        let outcome = try #require(try Self.outcomes([Self.request(receiver.url)]).first)
        #expect(try outcome.result.get().retryAfter == 120)
    }

    @Test("nobody is there: the connection is refused, and a name that is none is not found")
    func nobody() throws {
        let receiver = try TestReceiver()
        let url = receiver.url
        receiver.stop()
        let outcomes = try Self.outcomes([Self.request(url), Self.request("http://nobody.invalid/", id: 2)])
        #expect(outcomes.map(\.result) == [.failure(.notConnected), .failure(.unresolved)])
    }

    @Test(
        "an address that is not admitted gets no connection, whatever it is called",
        arguments: [
            "127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]",
        ])
    func refused(host: String) throws {
        let receiver = try TestReceiver()
        let asked = Mutex<[[UInt8]]>([])
        let outcomes = try Self.outcomes([Self.request("http://\(host):\(receiver.port)/")]) { address, isEncrypted in
            asked.withLock { $0.append(address) }
            return false
        }
        #expect(outcomes.map(\.result) == [.failure(.addressRefused)])
        let addresses = asked.withLock(\.self)
        #expect(!addresses.isEmpty)
        #expect(receiver.connections == 0)
    }

    @Test("a connection is used again, and its address is looked at each time")
    func reuse() throws {
        let receiver = try TestReceiver()
        let isOpen = Mutex(true)
        let transfers = try #require(Transfers(limits: Self.limits) { _, _ in isOpen.withLock(\.self) })
        func send(_ id: UInt64) throws -> OutgoingOutcome {
            #expect(transfers.start(Self.request(receiver.url, id: id)))
            while true {
                transfers.wait(milliseconds: 100)
                if let outcome = transfers.finished().first { return outcome }
            }
        }
        #expect(try send(1).result.get().status == 204)
        #expect(try send(2).result.get().status == 204)
        #expect(receiver.connections == 1)
        isOpen.withLock { $0 = false }
        #expect(try send(3).result == .failure(.addressRefused))
        #expect(receiver.received.count == 2)
    }

    @Test("a proxy of the environment is not asked")
    func proxy() throws {
        let (receiver, proxy) = (try TestReceiver(), try TestReceiver())
        for name in ["http_proxy", "all_proxy"] { setenv(name, "http://127.0.0.1:\(proxy.port)", 1) }
        defer { for name in ["http_proxy", "all_proxy"] { unsetenv(name) } }
        _ = try Self.outcomes([Self.request(receiver.url)])
        #expect(receiver.received.count == 1)
        #expect(proxy.connections == 0)
    }
}
