/// One answer as it came over the wire, held to the grammar of RFC 9112 and to what this server promises of every
/// answer. Nothing of the server's own code is used to read it.
struct HeardAnswer {
    struct IllFormed: Error, CustomStringConvertible {
        let description: String
    }

    var status: Int
    /// Names in lower case, in the order they came.
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []

    var isInterim: Bool { status < 200 }
    var saysClose: Bool { self["connection"] == "close" }

    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// Takes everything that a connection said, to its end, apart.
    /// - Parameter mayBeHead: whether a last refusal may be without the body whose length it tells, and any without that.
    static func all(in bytes: [UInt8], mayBeHead: Bool) throws(IllFormed) -> [HeardAnswer] {
        var rest = bytes[...]
        var answers: [HeardAnswer] = []
        while !rest.isEmpty {
            if let last = answers.last, last.saysClose {
                throw IllFormed(description: "bytes follow an answer that said close: \(shown(rest))")
            }
            var answer = try head(&rest, mayBeHead: mayBeHead)
            try answer.takeBody(&rest, mayBeHead: mayBeHead)
            answers.append(answer)
        }
        return answers
    }

    private static func head(_ rest: inout ArraySlice<UInt8>, mayBeHead: Bool) throws(IllFormed) -> HeardAnswer {
        let start = try line(&rest)
        let parts = start.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "HTTP/1.1", parts[1].utf8.count == 3, let status = Int(parts[1]),
            (100...599).contains(status)
        else { throw IllFormed(description: "no status line: \(start)") }
        var answer = HeardAnswer(status: status)
        while true {
            let field = try line(&rest)
            if field.isEmpty { break }
            guard let colon = field.firstIndex(of: ":"), colon > field.startIndex,
                field[..<colon].utf8.allSatisfy({ isTokenByte($0) })
            else { throw IllFormed(description: "no header line: \(field)") }
            let value = field[field.index(after: colon)...].trimmingSpaces()
            answer.fields.append((field[..<colon].lowercased(), value))
        }
        try answer.checkFields(mayBeHead: mayBeHead)
        return answer
    }

    /// What every answer has, and has once (RFC 9110 sections 6.6.1 and 8.6, RFC 9112 section 6).
    private func checkFields(mayBeHead: Bool) throws(IllFormed) {
        func count(_ name: String) -> Int { fields.count { $0.name == name } }
        if isInterim {
            guard fields.isEmpty else { throw IllFormed(description: "an interim answer with fields: \(fields)") }
            return
        }
        guard count("date") == 1, count("x-request-id") == 1, count("connection") <= 1 else {
            throw IllFormed(description: "not one date, id and connection: \(status) \(fields)")
        }
        let isUnframed = status == 204 || status == 304
        // A refusal of a HEAD need not tell the length that it would have (RFC 9110 section 9.3.2).
        let lengths = isUnframed ? 0...0 : mayBeHead && status >= 400 ? 0...1 : 1...1
        guard lengths.contains(count("content-length")), count("transfer-encoding") == 0 else {
            throw IllFormed(description: "framed wrongly: \(status) \(fields)")
        }
    }

    private mutating func takeBody(_ rest: inout ArraySlice<UInt8>, mayBeHead: Bool) throws(IllFormed) {
        guard let length = self["content-length"] else { return }
        guard let count = Int(length), count >= 0, "\(count)" == length else {
            throw IllFormed(description: "Content-Length is \(length)")
        }
        if self["x-method"] == "HEAD" || (mayBeHead && saysClose && rest.isEmpty) { return }
        guard rest.count >= count else {
            throw IllFormed(description: "\(status) ends after \(rest.count) of \(count) bytes")
        }
        body = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
    }

    /// The next line without its CRLF, of visible ASCII, spaces and tabs.
    private static func line(_ rest: inout ArraySlice<UInt8>) throws(IllFormed) -> String {
        guard let end = rest.firstIndex(of: 0x0A), end > rest.startIndex, rest[end - 1] == 0x0D else {
            throw IllFormed(description: "no line: \(shown(rest))")
        }
        let line = rest[..<(end - 1)]
        guard line.allSatisfy({ $0 == 0x09 || (0x20...0x7E).contains($0) }) else {
            throw IllFormed(description: "a line with odd bytes: \(shown(line))")
        }
        rest = rest[(end + 1)...]
        return String(decoding: line, as: UTF8.self)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch UnicodeScalar(byte) {
        case "0"..."9", "a"..."z", "A"..."Z": true
        case let scalar: "!#$%&'*+-.^_`|~".unicodeScalars.contains(scalar)
        }
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(200), as: UTF8.self).debugDescription
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        var text = self
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
