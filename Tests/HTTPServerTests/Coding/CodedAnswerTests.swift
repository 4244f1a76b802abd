import Dispatch
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import HTTPServer

@Suite("Answers as gzip")
struct CodedAnswerTests {
    /// Bytes of which no two lines are the same.
    private static func text(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var line = 0
        while bytes.count < count {
            line += 1
            bytes += Array("\(line): a line of a text that is as long as it has to be\n".utf8)
        }
        return Array(bytes[..<count])
    }

    private static func response(_ body: Response.Body) -> Response {
        var response = Response(
            status: .ok, headerFields: [.eTag: "\"7\"", .vary: "Accept", .contentType: "text/plain"], body: body)
        response.isCodable = true
        return response
    }

    /// `/N` is answered with N bytes, now or, with `?later`, later.
    private static func answer(_ request: Request, _ reply: Reply<TestService.LoopState>) -> Answer {
        let response = response(.bytes(text(Int(request.path.dropFirst()) ?? 0)))
        guard request.query == "later" else { return .now(response) }
        reply.send { _ in response }
        return .later
    }

    /// A request on a connection of its own: its head, and its body without its framing.
    private static func ask(
        _ address: BoundAddress, _ target: String, method: String = "GET", accepting codings: String?
    ) throws -> (fields: [String: String], body: [UInt8]) {
        let client = try Client(address)
        let field = codings.map { "Accept-Encoding: \($0)\r\n" } ?? ""
        try client.send("\(method) \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(field)\r\n")
        return parts(try client.readBytesToEnd())
    }

    private static func parts(_ bytes: [UInt8]) -> (fields: [String: String], body: [UInt8]) {
        let end = bytes.indices.first { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) } ?? bytes.endIndex
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n").dropFirst()
        let fields = lines.map { $0.split(separator: ": ", maxSplits: 1).map(String.init) }
        var rest = bytes[min(end + 4, bytes.endIndex)...]
        let named = Dictionary(fields.map { ($0[0].lowercased(), $0[1]) }) { "\($0) + \($1)" }
        guard named["transfer-encoding"] == "chunked" else { return (named, Array(rest)) }
        var body: [UInt8] = []
        while let line = rest.firstIndex(of: 13) {
            let size = Int(String(decoding: rest[..<line], as: UTF8.self), radix: 16) ?? 0
            body += rest[(line + 2)..<(line + 2 + size)]
            rest = rest[(line + 4 + size)...]
        }
        return (named, body)
    }

    @Test("hold what they would without, and say so", arguments: [1025, 65_536, 65_537, 1_500_000], ["", "?later"])
    func coded(count: Int, query: String) async throws {
        try await serving(Self.answer) { _, address in
            let target = "/\(count)\(query)"
            let answer = try Self.ask(address, target, accepting: "gzip, deflate, br")
            #expect(try gunzip(answer.body) == Self.text(count))
            #expect(answer.body.count < count / 2)
            #expect(answer.fields["content-encoding"] == "gzip")
            #expect(answer.fields["content-length"] == String(answer.body.count))
            #expect(answer.fields["etag"] == "\"7-gzip\"")
            #expect(answer.fields["vary"] == "Accept-Encoding, Accept")
            #expect(answer.fields["content-type"] == "text/plain")

            let head = try Self.ask(address, target, method: "HEAD", accepting: "gzip, deflate, br")
            #expect(head.body.isEmpty)
            for name in ["content-encoding", "content-length", "etag", "vary", "content-type"] {
                #expect(head.fields[name] == answer.fields[name], "\(name)")
            }

            let plain = try Self.ask(address, target, accepting: nil)
            #expect(plain.body == Self.text(count))
            #expect(plain.fields["content-encoding"] == nil)
            #expect(plain.fields["etag"] == "\"7\"")
            #expect(plain.fields["vary"] == "Accept-Encoding, Accept")
        }
    }

    @Test("are not made of what is short, unless nothing else may be")
    func short() async throws {
        try await serving(Self.answer) { _, address in
            let answer = try Self.ask(address, "/1024", accepting: "gzip")
            #expect(answer.body == Self.text(1024))
            #expect(answer.fields["content-encoding"] == nil)
            #expect(answer.fields["vary"] == "Accept-Encoding, Accept")
            for count in [0, 1, 1024] {
                let coded = try Self.ask(address, "/\(count)", accepting: "gzip, identity;q=0")
                #expect(try gunzip(coded.body) == Self.text(count))
                #expect(coded.fields["content-encoding"] == "gzip")
            }
        }
    }

    @Test("are only those that the service lets be coded")
    func uncodable() async throws {
        try await serving { _, _ in
            .now(Response(status: .ok, headerFields: [.vary: "Accept"], body: .bytes(Self.text(5000))))
        } _: { _, address in
            let answer = try Self.ask(address, "/", accepting: "gzip")
            #expect(answer.body == Self.text(5000))
            #expect(answer.fields["vary"] == "Accept")
        }
    }

    @Test("have no body where none may be")
    func bodiless() async throws {
        try await serving { _, _ in
            var response = Self.response(.none)
            response.status = .notModified
            return .now(response)
        } _: { _, address in
            let answer = try Self.ask(address, "/", accepting: "gzip, identity;q=0")
            #expect(answer.body.isEmpty)
            #expect(answer.fields["content-encoding"] == nil)
            #expect(answer.fields["etag"] == "\"7\"")
            #expect(answer.fields["vary"] == "Accept-Encoding, Accept")
        }
    }

    @Test("that come in pieces are one body", arguments: [0, 1, 2, 40])
    func streamed(pieces: Int) async throws {
        try await serving { _, _ in
            let left = Mutexed(pieces)
            return .now(
                Self.response(
                    .stream(
                        BodyStream(queue: .global()) {
                            left.value.withLock { left in
                                guard left > 0 else { return nil }
                                left -= 1
                                // One of them is empty, and does not look like the end.
                                return left == 1 ? [] : Self.text(left * 3000)
                            }
                        })))
        } _: { _, address in
            let whole = (0..<pieces).reversed().flatMap { $0 == 1 ? [] : Self.text($0 * 3000) }
            let answer = try Self.ask(address, "/", accepting: "gzip")
            #expect(answer.fields["transfer-encoding"] == "chunked")
            #expect(answer.fields["content-encoding"] == "gzip")
            #expect(try gunzip(answer.body) == whole)
            let plain = try Self.ask(address, "/", accepting: "identity")
            #expect(plain.body == whole)
            let head = try Self.ask(address, "/", method: "HEAD", accepting: "gzip")
            #expect(head.fields["content-encoding"] == "gzip")
            #expect(head.fields["etag"] == answer.fields["etag"])
        }
    }

    @Test("keep their order among those that need no coding")
    func pipelined() async throws {
        try await serving(Self.answer) { _, address in
            let client = try Client(address)
            let counts = [300_000, 10, 200_000, 2000, 0, 100_000, 3]
            for (index, count) in counts.enumerated() {
                let end = index == counts.count - 1 ? "Connection: close\r\n" : ""
                try client.send("GET /\(count) HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\(end)\r\n")
            }
            var rest = try client.readBytesToEnd()[...]
            for count in counts {
                let head = Self.parts(Array(rest))
                let length = try #require(Int(head.fields["content-length"] ?? ""))
                let body = Array(head.body[..<length])
                #expect(try (count > 1024 ? gunzip(body) : body) == Self.text(count))
                rest = rest[(rest.endIndex - head.body.count + length)...]
            }
            #expect(rest.isEmpty)
        }
    }

    @Test("find nobody once their client has gone, and nobody waits for them")
    func gone() async throws {
        try await serving(Self.answer) { server, address in
            for _ in 0..<20 {
                let client = try Client(address)
                try client.send("GET /1500000 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
                client.reset()
            }
            #expect(try Self.ask(address, "/5", accepting: nil).body == Self.text(5))
            #expect(try await eventually { server.counters.connections == 0 })
        }
    }
}

/// A value that closures share.
private final class Mutexed: Sendable {
    let value: Mutex<Int>

    init(_ value: Int) {
        self.value = Mutex(value)
    }
}
