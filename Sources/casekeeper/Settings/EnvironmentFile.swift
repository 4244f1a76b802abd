/// A parser of environment files, as systemd's EnvironmentFile= takes them (systemd.exec(5)): a NAME=VALUE a line, comments
/// with # or ; on lines of their own, values bare or in quotes, nothing expanded.
///
/// What it takes, systemd reads as the same. Where systemd passes over a line, or reads it as hardly anybody means it (a
/// comment behind a value), it is refused, as what was meant would be lost without a word.
struct EnvironmentFile: Equatable {
    struct Entry: Hashable {
        let name: String
        let value: String
        /// Where it begins, from 1.
        let line: Int
    }

    struct Fault: Hashable {
        let line: Int
        /// A clause that says what to do.
        let detail: String
    }

    private(set) var entries: [Entry] = []
    /// All there are, in order.
    private(set) var faults: [Fault] = []

    init(_ bytes: [UInt8]) {
        var scanner = Scanner(rest: bytes[...])
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            faults.append(Fault(line: 1, detail: "begins with a byte order mark: save the file without one"))
            scanner.rest = scanner.rest.dropFirst(3)
        }
        while !scanner.isAtEnd {
            let line = scanner.line
            do throws(SyntaxFault) {
                if let (name, value) = try scanner.next() {
                    entries.append(Entry(name: name, value: value, line: line))
                }
            } catch {
                faults.append(Fault(line: line, detail: error.detail))
            }
        }
    }
}

private struct SyntaxFault: Error {
    let detail: String

    init(_ detail: String) { self.detail = detail }
}

private struct Scanner {
    private static let backslash = UInt8(ascii: "\\")
    /// What a backslash protects in double quotes.
    private static let escaped = Array("\"\\`$".utf8)

    var rest: ArraySlice<UInt8>
    /// The line that `rest` begins in.
    private(set) var line = 1

    init(rest: ArraySlice<UInt8>) { self.rest = rest }

    var isAtEnd: Bool { rest.isEmpty }

    /// Reads to the end of the line, of the last one where a value goes on over several.
    ///
    /// - Returns: nil for a line that says nothing.
    mutating func next() throws(SyntaxFault) -> (name: String, value: String)? {
        skipBlanks()
        guard let first = rest.first, !Self.isLineEnd(first), first != UInt8(ascii: "#"), first != UInt8(ascii: ";")
        else {
            skipLine()
            return nil
        }
        do throws(SyntaxFault) {
            let name = try readName()
            skipBlanks()
            var value: [UInt8] = []
            if let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
                try readQuoted(quote, into: &value)
            } else {
                try readBare(into: &value)
            }
            guard !value.contains(0), let text = String(validating: value, as: UTF8.self) else {
                throw SyntaxFault("has bytes in its value that are no text in UTF-8")
            }
            skipLine()
            return (name, text)
        } catch {
            skipLine()
            throw error
        }
    }

    private mutating func readName() throws(SyntaxFault) -> String {
        let head = rest.prefix { !Self.isLineEnd($0) && $0 != UInt8(ascii: "=") }
        let length = (head.lastIndex { !Self.isBlank($0) }).map { $0 - head.startIndex + 1 } ?? 0
        let name = String(decoding: head.prefix(length), as: UTF8.self)
        guard rest.dropFirst(head.count).first == UInt8(ascii: "=") else {
            throw SyntaxFault("has no =: write NAME=VALUE, or # before a comment")
        }
        rest = rest.dropFirst(head.count + 1)
        if name.hasPrefix("export ") { throw SyntaxFault("begins with export, which is for a shell: leave it out") }
        guard name.utf8.allSatisfy(Self.isNameByte), let first = name.utf8.first, !(0x30...0x39).contains(first) else {
            throw SyntaxFault("has no name of a variable before the =, such as CASEKEEPER_DATABASE")
        }
        return name
    }

    private mutating func readQuoted(_ quote: UInt8, into value: inout [UInt8]) throws(SyntaxFault) {
        rest = rest.dropFirst()
        while let byte = take() {
            if byte == quote {
                skipBlanks()
                guard rest.first.map(Self.isLineEnd) ?? true else {
                    throw SyntaxFault("goes on behind the closing quote: a comment has a line of its own")
                }
                return
            }
            guard quote == UInt8(ascii: "\""), byte == Self.backslash, let next = rest.first else {
                value.append(byte)
                continue
            }
            if Self.escaped.contains(next) {
                value.append(next)
                _ = take()
            } else if next == UInt8(ascii: "\n") {
                _ = take()
            } else {
                value.append(byte)
            }
        }
        throw SyntaxFault("opens a quote that nothing closes")
    }

    private mutating func readBare(into value: inout [UInt8]) throws(SyntaxFault) {
        /// Without the blanks at the end, of which only those count that a backslash protects.
        var length = 0
        while let byte = rest.first, !Self.isLineEnd(byte) {
            _ = take()
            if byte == Self.backslash {
                // The end of a line behind a backslash is none.
                if let next = take(), !Self.isLineEnd(next) { value.append(next) }
                length = value.count
                continue
            }
            if byte == UInt8(ascii: "#"), length < value.count {
                throw SyntaxFault(
                    "has a # behind its value: a comment has a line of its own, and a value with \" #\" in it has quotes"
                )
            }
            value.append(byte)
            if !Self.isBlank(byte) { length = value.count }
        }
        value.removeSubrange(length...)
    }

    private mutating func take() -> UInt8? {
        guard let byte = rest.popFirst() else { return nil }
        if byte == UInt8(ascii: "\n") { line += 1 }
        return byte
    }

    private mutating func skipBlanks() {
        rest = rest.drop(while: Self.isBlank)
    }

    private mutating func skipLine() {
        while let byte = take(), byte != UInt8(ascii: "\n") {}
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
