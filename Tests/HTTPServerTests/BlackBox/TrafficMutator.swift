import TestSupport

/// Makes traffic that is nearly right: valid requests and pipelines, damaged a little.
struct TrafficMutator: RandomNumberGenerator {
    private var random: SeededRandom

    init(seed: UInt64) {
        random = SeededRandom(seed)
    }

    mutating func next() -> UInt64 { random.next() }

    private static let requests = [
        "GET /a?b=c HTTP/1.1\r\nHost: desk.example:8080\r\nAccept: */*\r\nUser-Agent: x\r\n\r\n",
        "HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello",
        "POST http://b/c%20d HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"y\"\r\nabc\r\n0\r\nT: u\r\n\r\n",
        "PUT /empty HTTP/1.1\r\nHost: [::1]:80\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n",
        "OPTIONS * HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "GET /same HTTP/1.1\r\nHost: a\r\n\r\n", "POST /empty HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxy",
    ]

    private static let splices = [
        "\r\n", "\n", "\r", " ", "\t", "\0", ":", ",", ";", "%", "%00", "#", "\u{7F}", "é", "0", "-1", "\r\n\r\n",
        "\r\n ",
        "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "Host: b\r\n", "Connection: close\r\n", "HEAD ",
        "HTTP/2.0", "Expect: tea\r\n", "0\r\n\r\n", "ffffffffffffffff\r\n",
    ]

    private static let numbers = [
        "0", "1", "65535", "65536", "1048576", "1048577", "2147483648", "4294967296", "9223372036854775807",
        "9223372036854775808", "18446744073709551616", "-1", "00", "1e9", "7fffffff", "ffffffffffffffffff",
    ]

    /// One to four requests on one connection, changed in up to four places, or not at all.
    mutating func traffic() -> [UInt8] {
        var bytes = (0..<number(1...4)).flatMap { _ in Array(one(Self.requests).utf8) }
        for _ in 0..<number(0...4) where !bytes.isEmpty { mutate(&bytes) }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let index = number(0...(bytes.count - 1))
        let range = index..<min(bytes.count, index + number(1...24))
        switch number(0...8) {
        case 0: bytes[index] ^= 1 << UInt8(number(0...7))
        case 1: bytes[index] = UInt8(number(0...255))
        case 2: bytes.removeSubrange(range)
        case 3: bytes.insert(contentsOf: bytes[range], at: index)
        case 4: bytes.insert(contentsOf: one(Self.splices).utf8, at: index)
        case 5: bytes.removeSubrange(index...)
        case 6:
            // The next number becomes an extreme one.
            guard let start = bytes[index...].firstIndex(where: { (0x30...0x39).contains($0) }) else { return }
            let end = bytes[start...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.endIndex
            bytes.replaceSubrange(start..<end, with: Array(one(Self.numbers).utf8))
        case 7:
            let other = number(0...(bytes.count - 1))
            bytes.swapAt(index, other)
        default:
            let filler = [UInt8](repeating: bytes[index], count: number(1...12_000))
            bytes.insert(contentsOf: filler, at: index)
        }
    }

    /// Where to cut what is sent.
    mutating func fragments(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var fragments: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + (number(0...3) == 0 ? number(1...8) : number(1...4096)))
            fragments.append(bytes[start..<end])
            start = end
        }
        return fragments
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    private mutating func one(_ texts: [String]) -> String {
        texts[number(0...(texts.count - 1))]
    }
}
