import Glibc
import HTTPServer
import Synchronization
import Testing

@Suite("Raw requests")
struct BlackBoxTests {
    enum Way: String, CaseIterable, Sendable {
        case whole, halves, byteByByte

        /// Microseconds between two pieces, so that the server sees them apart.
        var pause: UInt32 { self == .halves ? 20_000 : 150 }

        /// Byte by byte, except for the middle of what is long.
        func pieces(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
            switch self {
            case .whole: return [bytes[...]]
            case .halves: return [bytes[..<(bytes.count / 2)], bytes[(bytes.count / 2)...]].filter { !$0.isEmpty }
            case .byteByByte:
                let isLong = bytes.count > 2048
                var pieces: [ArraySlice<UInt8>] = []
                var start = 0
                while start < bytes.count {
                    let isMiddle = isLong && start >= 512 && start + 256 < bytes.count
                    let end = isMiddle ? min(start + 16_384, bytes.count - 256) : start + 1
                    pieces.append(bytes[start..<end])
                    start = end
                }
                return pieces
            }
        }
    }

    /// Beside this file: `requests.txt`.
    static func rows(_ file: String = #filePath) throws -> [RequestRow] {
        let path = String(file[...(file.lastIndex(of: "/") ?? file.startIndex)]) + "requests.txt"
        return try RequestRow.table(String(contentsOfPath: path))
    }

    static let hidden = "GET /hidden HTTP/1.1\r\nHost: hidden\r\n\r\n"
    static let next = "GET /next HTTP/1.1\r\nHost: next\r\nConnection: close\r\n\r\n"

    @Test("get the answers of the table, whatever way they are sent", arguments: Way.allCases)
    func answersTheTable(_ way: Way) async throws {
        let rows = try Self.rows()
        #expect(rows.count >= 200)
        let sawHidden = Atomic(false)
        try await withServer {
            // Nobody is cut off while the others are being sent.
            $0.timeouts.linger = .seconds(60)
        } answer: { request, _ in
            if request.path == "/hidden" { sawHidden.store(true, ordering: .relaxed) }
            return EchoService.answer(request)
        } _: { server, address in
            let clients = try rows.map { _ in try Client(address) }
            var pieces = rows.map { way.pieces($0.bytes)[...] }
            while pieces.contains(where: { !$0.isEmpty }) {
                for index in rows.indices {
                    guard let piece = pieces[index].popFirst() else { continue }
                    try clients[index].send(Array(piece))
                }
                usleep(way.pause)
            }
            for (row, client) in zip(rows, clients) {
                switch row.ending {
                case .close: try client.send(Self.hidden)
                case .stay: try client.send(Self.next)
                case .end: client.finishSending()
                }
            }
            for (row, client) in zip(rows, clients) {
                try check(row, way, said: client.readBytesToEnd())
            }
            #expect(server.counters.accepted == rows.count)
        }
        let hiddenWasRead = sawHidden.load(ordering: .relaxed)
        #expect(!hiddenWasRead)
    }

    private func check(_ row: RequestRow, _ way: Way, said: [UInt8]) throws {
        let place: Comment = "requests.txt:\(row.lineNumber), \(way.rawValue): \(Self.shown(said))"
        // An empty line may go before a request (RFC 9112 section 2.2).
        let mayBeHead = row.bytes.drop { $0 == 0x0D || $0 == 0x0A }.starts(with: "HEAD".utf8)
        var answers: [HeardAnswer] = []
        do throws(HeardAnswer.IllFormed) {
            answers = try HeardAnswer.all(in: said, mayBeHead: mayBeHead)
        } catch {
            Issue.record("\(error), \(place)")
            return
        }
        // Whether 100 comes before a body depends on how fast the body comes, except where the row says so.
        if !row.statuses.contains(100) { answers.removeAll(where: \.isInterim) }
        if row.ending == .stay {
            let last = answers.popLast()
            #expect(last?.status == 200, place)
            #expect(last?.body.starts(with: "GET /next next".utf8) == true, place)
        }
        #expect(answers.map(\.status) == row.statuses, place)
        guard answers.count == row.statuses.count else { return }
        if row.ending == .close { #expect(answers.last?.saysClose == true, place) }
        for answer in answers.dropLast(row.ending == .stay ? 0 : 1) { #expect(!answer.saysClose, place) }
        for expectation in row.expectations {
            let answer = answers[expectation.answer]
            let value =
                expectation.name == "body" ? String(decoding: answer.body, as: UTF8.self) : answer[expectation.name]
            #expect(value ?? "" == expectation.value, "\(expectation.name), \(place)")
        }
    }

    private static func shown(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(600), as: UTF8.self).debugDescription
    }
}

extension String {
    fileprivate init(contentsOfPath path: String) throws {
        guard let file = fopen(path, "r") else { throw RequestRow.Unreadable(description: "no \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        self.init(decoding: bytes, as: UTF8.self)
    }
}
