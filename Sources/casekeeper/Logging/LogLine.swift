import Complaints

/// One line of the log. Whatever it is made of, it stays one line.
struct LogLine {
    let time: Instant
    let level: String
    let message: String
    /// In the order of their names.
    let metadata: [(name: String, value: LogValue)]

    func rendered(_ format: LogFormat) -> String {
        switch format {
        case .text:
            var line = "\(time.rfc3339) \(level) \(Self.escaped(message))"
            line.reserveCapacity(512)
            for (name, value) in metadata {
                let value = value.text
                let isPlain =
                    !value.isEmpty
                    && value.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") }
                line += " "
                line += name
                line += isPlain ? "=" : "=\""
                line += Self.escaped(value)
                if !isPlain { line += "\"" }
            }
            line += "\n"
            return line
        case .json:
            var members: [(name: String, value: LogValue)] = [
                ("time", .text(time.rfc3339)), ("level", .text(level)), ("message", .text(message)),
            ]
            for (name, value) in metadata {
                // A field of the line's own is never written over.
                members.append((members.contains { $0.name == name } ? "_" + name : name, value))
            }
            let text = members.map { "\"\(Self.escaped($0))\":\(Self.json($1))" }.joined(separator: ",")
            return "{\(text)}\n"
        }
    }

    private static func json(_ value: LogValue) -> String {
        switch value {
        case .text(let text): "\"\(escaped(text))\""
        case .integer(let integer): "\(integer)"
        case .boolean(let boolean): "\(boolean)"
        }
    }

    /// As in a JSON string (RFC 8259 section 7), with C1 controls and the line separators of Unicode escaped too.
    private static func escaped(_ text: String) -> String {
        // Nearly every text is printable ASCII with nothing to escape.
        let isPlain = text.utf8.allSatisfy {
            $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if isPlain { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let hexadecimal = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
