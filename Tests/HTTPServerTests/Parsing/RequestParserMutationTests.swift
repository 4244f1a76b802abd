import TestSupport
import Testing

@testable import HTTPServer

@Suite("The request parser, on mutated requests")
struct RequestParserMutationTests {
    static let requests = [
        "GET /v1/cases?state=open HTTP/1.1\r\nHost: desk.example:8080\r\nAccept: */*\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
        "POST http://b/c%20d HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"y\"\r\nabc\r\n0\r\nT: u\r\n\r\n",
        "OPTIONS * HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    ]

    static let splices = [
        "\r\n", "\n", "\r", " ", "\t", "\0", ":", ",", ";", "%", "0", "Content-Length: 3\r\n", "\r\n\r\n",
    ]

    static func mutated(_ random: inout SeededRandom) -> [UInt8] {
        var bytes = (0..<3).flatMap { _ in Array(requests.randomElement(using: &random)!.utf8) }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(contentsOf: splices.randomElement(using: &random)!.utf8, at: index)
            default:
                let end = min(bytes.count, index + 20)
                bytes.insert(contentsOf: Array(bytes[index..<end]), at: Int.random(in: 0...index, using: &random))
            }
        }
        return bytes
    }

    @Test("comes to the same end however the bytes are cut", arguments: 0..<8)
    func ignoresCuts(seed: UInt64) {
        var random = SeededRandom(seed)
        for round in 0..<200 {
            let bytes = Self.mutated(&random)
            let whole = ParsedRequests(bytes)
            let cut = Int.random(in: 1..<bytes.count, using: &random)
            let wrong = [[cut], Array(1..<bytes.count)].filter { cuts in
                let parsed = ParsedRequests(bytes, cuts: cuts)
                return parsed.requests != whole.requests || parsed.refusal?.status != whole.refusal?.status
            }
            #expect(wrong.isEmpty, "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test("comes to the same end whether header sections are remembered or not", arguments: 0..<4)
    func remembers(seed: UInt64) {
        var random = SeededRandom(seed)
        let cache = HeaderSectionCache()
        for round in 0..<500 {
            let bytes = Self.mutated(&random)
            let plain = ParsedRequests(bytes)
            // The second time every section is known that can be.
            for _ in 0..<2 {
                let same = ParsedRequests(bytes, cache: cache) == plain
                #expect(same, "seed \(seed), round \(round): \(String(decoding: bytes, as: UTF8.self))")
            }
        }
    }
}
