import CaseStore
import Complaints
import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Requests that follow each other on a connection")
struct SequenceTests {
    private static let bodyLimit = 2048
    private static let bulkBodyLimit = 6000

    /// What an answer is told by, but for what names its request or its time.
    fileprivate struct Told: Equatable, CustomStringConvertible {
        let status: Int
        let fields: [String: String]
        let code: String

        var description: String { "\(status) \(code) \(fields.sorted { $0.key < $1.key })" }
    }

    /// One request of a sequence.
    private struct Piece {
        let bytes: [UInt8]
        let isHead: Bool
    }

    private let desk: TestDesk
    private let tokens: [String]

    init() throws {
        desk = try TestDesk(bodyLimit: Self.bodyLimit, bulkBodyLimit: Self.bulkBodyLimit)
        tokens = [
            "Authorization: \(try desk.token(.admin, name: "admin").field)\r\n",
            "Authorization: \(try desk.token(.reader, name: "reader").field)\r\n",
            "Authorization: Bearer ck_nobody\r\n", "",
        ]
    }

    /// `CASEKEEPER_SEQUENCE_SEED` repeats a find.
    private static var seed: UInt64 {
        ProcessInfo.processInfo.environment["CASEKEEPER_SEQUENCE_SEED"].flatMap { UInt64($0) }
            ?? UInt64.random(in: 0...UInt64.max)
    }

    @Test("are answered as each is when it comes alone to a connection of its own, whatever is remembered in between")
    func alone() throws {
        let seed = Self.seed
        var random = SeededRandom(seed)
        for round in 0..<60 {
            let place: Comment = "CASEKEEPER_SEQUENCE_SEED=\(seed), round \(round)"
            // Few header sections, so that they meet again on other paths, methods and bodies.
            let sections = (0..<2).map { _ in section(&random) }
            let pieces = (0..<Int.random(in: 2...8, using: &random)).map { _ in piece(sections, &random) }
            let together = try said(pieces.flatMap(\.bytes), pieces, &random)
            for (index, piece) in pieces.enumerated() {
                let alone = try said(piece.bytes, [piece], &random)
                try #require(alone.count == 1, place)
                guard index < together.count else {
                    // Only an answer that ends the connection leaves those behind it without one.
                    #expect(together.last?.fields["connection"] == "close", place)
                    break
                }
                let (one, other) = (together[index], alone[0])
                #expect(Told(one) == Told(other), "\(Told(one)) and alone \(Told(other)): \(shown(piece)), \(place)")
            }
        }
    }

    private func shown(_ piece: Piece) -> String {
        String(decoding: piece.bytes.prefix(400), as: UTF8.self).debugDescription
    }

    private func section(_ random: inout SeededRandom) -> String {
        func one(_ texts: [String]) -> String { texts.randomElement(using: &random)! }
        var lines = "Host: localhost\r\n" + tokens.randomElement(using: &random)!
        lines += one(["Content-Type: application/json\r\n", "Content-Type: text/plain\r\n", ""])
        lines += one(["", "", "Accept: text/csv\r\n", "Accept: image/png\r\n", "Accept-Encoding: gzip\r\n"])
        lines += one(["", "", "", "Origin: http://elsewhere.example\r\n", "Content-Encoding: gzip\r\n"])
        lines += one(["", "", "", "Expect: 100-continue\r\n", "Connection: close\r\n", "If-Match: 7\r\n"])
        switch Int.random(in: 0...6, using: &random) {
        case 0: break
        case 1: lines += "Transfer-Encoding: chunked\r\n"
        default:
            let lengths = [0, 2, 500, Self.bodyLimit, Self.bodyLimit + 1, Self.bulkBodyLimit, Self.bulkBodyLimit + 1]
            lines += "Content-Length: \(lengths.randomElement(using: &random)!)\r\n"
        }
        return lines
    }

    /// A request of one of the sections; nothing in it changes the record.
    private func piece(_ sections: [String], _ random: inout SeededRandom) -> Piece {
        let section = sections.randomElement(using: &random)!
        let method = ["GET", "HEAD", "POST", "POST", "POST", "PATCH", "OPTIONS"].randomElement(using: &random)!
        let target = [
            "/v1/cases", "/v1/cases/bulk", "/v1/cases/%62ulk", "http://localhost/v1/cases/bulk", "/v1/cases/1",
            "/healthz", "/v1/nothing", "/v1/log/head", "/v1/cases?a=%", "http://elsewhere.example/v1/cases",
        ].randomElement(using: &random)!
        let version = ["1.1", "1.1", "1.1", "1.0"].randomElement(using: &random)!
        var bytes = Array("\(method) \(target) HTTP/\(version)\r\n\(section)\r\n".utf8)
        if section.contains("chunked") {
            let size = [0, 10, Self.bodyLimit, Self.bodyLimit + 1, Self.bulkBodyLimit + 1].randomElement(
                using: &random)!
            if size > 0 {
                bytes += Array("\(String(size, radix: 16))\r\n\(String(repeating: " ", count: size))\r\n".utf8)
            }
            bytes += Array("0\r\n\r\n".utf8)
        } else if let start = section.range(of: "Content-Length: ") {
            bytes += [UInt8](repeating: 0x20, count: Int(section[start.upperBound...].prefix(while: \.isNumber))!)
        }
        return Piece(bytes: bytes, isHead: method == "HEAD")
    }

    /// Sends bytes in some pieces on a connection of its own, and returns the answers to the requests in them.
    private func said(_ bytes: [UInt8], _ pieces: [Piece], _ random: inout SeededRandom) throws -> [TestResponse] {
        let descriptor = try desk.client.connect()
        defer { close(descriptor) }
        var noDelay: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        var start = 0
        while start < bytes.count {
            let wanted = [1, 40, 300, 5000, 100_000].randomElement(using: &random)!
            let end = min(bytes.count, start + wanted)
            let count = send(descriptor, Array(bytes[start..<end]), end - start, Int32(MSG_NOSIGNAL))
            // It has said all that it will.
            guard count > 0 else { break }
            start += count
            if wanted < 5000, Bool.random(using: &random) { usleep(300) }
        }
        shutdown(descriptor, Int32(SHUT_WR))
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { received += buffer[..<count] }
        return answers(received, pieces)
    }

    private func answers(_ bytes: [UInt8], _ pieces: [Piece]) -> [TestResponse] {
        var answers: [TestResponse] = []
        var rest = bytes[...]
        while let end = rest.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound {
            let head = TestResponse(Array(rest[..<end]))
            guard head.status >= 200 else {
                rest = rest[end...]
                continue
            }
            let isHead = answers.count < pieces.count && pieces[answers.count].isHead
            let length = isHead || head.status == 304 ? 0 : Int(head.fields["content-length"] ?? "") ?? 0
            answers.append(TestResponse(Array(rest[..<min(rest.endIndex, end + length)])))
            rest = rest[min(rest.endIndex, end + length)...]
        }
        return answers
    }
}

extension SequenceTests.Told {
    /// How the connection goes on depends on what is behind a request; nothing else does.
    fileprivate init(_ response: TestResponse) {
        status = response.status
        let told = ["allow", "vary", "content-type", "www-authenticate", "accept", "accept-patch", "accept-encoding"]
        fields = response.fields.filter { told.contains($0.key) }
        code = JSONAnswer(response).code ?? ""
    }
}
