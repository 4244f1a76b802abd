/// One row of `requests.txt`: bytes to send, and what must come back.
struct RequestRow: Sendable {
    /// What happens to the connection once the row's answers are there.
    enum Ending: String, Sendable {
        /// The server closes: what is sent behind is never answered.
        case close
        /// Another request on the same connection is answered.
        case stay
        /// The client ends its side right after the row's bytes, and the server then closes.
        case end
    }

    struct Expectation: Sendable {
        /// From 0.
        var answer: Int
        /// A field's name in lower case, or `body`.
        var name: String
        /// Empty: the field must not be there (a body must be empty).
        var value: String
    }

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    let lineNumber: Int
    let statuses: [Int]
    let ending: Ending
    let expectations: [Expectation]
    let bytes: [UInt8]

    /// Every row of a table, whose own first lines say how it is written.
    static func table(_ text: String) throws(Unreadable) -> [RequestRow] {
        var rows: [RequestRow] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            rows.append(try RequestRow(line, lineNumber: index + 1))
        }
        return rows
    }

    private init(_ line: Substring, lineNumber: Int) throws(Unreadable) {
        let columns = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard columns.count == 3 else { throw Unreadable(description: "line \(lineNumber): not three columns") }
        var words = columns[0].split(separator: " ")
        guard let ending = words.popLast().flatMap({ Ending(rawValue: String($0)) }) else {
            throw Unreadable(description: "line \(lineNumber): no ending")
        }
        let statuses = words.compactMap { Int($0) }
        guard statuses.count == words.count else {
            throw Unreadable(description: "line \(lineNumber): a status is no number")
        }
        self.lineNumber = lineNumber
        self.ending = ending
        self.statuses = statuses
        var expectations: [Expectation] = []
        for part in columns[1].split(separator: "; ") where part.contains(where: { $0 != " " }) {
            guard let equals = part.firstIndex(of: "=") else {
                throw Unreadable(description: "line \(lineNumber): an expectation without =")
            }
            var name = part[..<equals].drop { $0 == " " }
            var answer = statuses.count - 1
            if let colon = name.firstIndex(of: ":"), let number = Int(name[..<colon]) {
                answer = number - 1
                name = name[name.index(after: colon)...]
            }
            let value = String(part[part.index(after: equals)...].reversed().drop { $0 == " " }.reversed())
            expectations.append(Expectation(answer: answer, name: String(name), value: value))
        }
        self.expectations = expectations
        let request = columns[2].drop { $0 == " " }
        guard let bytes = Self.unescaped(Array(request.utf8)[...]) else {
            throw Unreadable(description: "line \(lineNumber): a bad escape")
        }
        self.bytes = bytes
    }

    /// Resolves `\r`, `\n`, `\t`, `\0`, `\s`, `\\`, `\xHH`, and `{N*TEXT}` for N times TEXT.
    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "{"), let (count, inner, after) = repetition(rest) {
                guard let piece = unescaped(inner) else { return nil }
                for _ in 0..<count { bytes += piece }
                rest = after
            } else if byte == UInt8(ascii: "\\") {
                switch rest.popFirst() {
                case UInt8(ascii: "r"): bytes.append(13)
                case UInt8(ascii: "n"): bytes.append(10)
                case UInt8(ascii: "t"): bytes.append(9)
                case UInt8(ascii: "0"): bytes.append(0)
                case UInt8(ascii: "s"): bytes.append(32)
                case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
                case UInt8(ascii: "x"):
                    guard let number = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                        return nil
                    }
                    bytes.append(number)
                    rest = rest.dropFirst(2)
                default: return nil
                }
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// `N*TEXT}`, behind its opening brace.
    private static func repetition(
        _ text: ArraySlice<UInt8>
    ) -> (count: Int, text: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard let star = text.firstIndex(of: UInt8(ascii: "*")),
            let count = Int(String(decoding: text[..<star], as: UTF8.self))
        else { return nil }
        var depth = 1
        let close = text[star...].firstIndex { byte in
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            return depth == 0
        }
        guard let close else { return nil }
        return (count, text[(star + 1)..<close], text[(close + 1)...])
    }
}
