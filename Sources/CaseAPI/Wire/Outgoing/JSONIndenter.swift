/// Breaks a JSON text into lines, two spaces a level, as jq does: for people.
enum JSONIndenter {
    /// - Parameter json: a JSON text without white space between its tokens, as `JSONWriter` makes it.
    static func indented(_ json: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(json.count + json.count / 2)
        var depth = 0
        var isInString = false
        var isEscaped = false
        var previous: UInt8 = 0
        func breakLine() {
            output.append(UInt8(ascii: "\n"))
            output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
        }
        for byte in json {
            if isInString {
                output.append(byte)
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            let isEnd = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
            let wasBegun = previous == UInt8(ascii: "{") || previous == UInt8(ascii: "[")
            if isEnd {
                depth -= 1
                if !wasBegun { breakLine() }
            } else if wasBegun {
                breakLine()
            }
            output.append(byte)
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ","): breakLine()
            case UInt8(ascii: ":"): output.append(UInt8(ascii: " "))
            default: break
            }
            previous = byte
        }
        return output
    }
}
