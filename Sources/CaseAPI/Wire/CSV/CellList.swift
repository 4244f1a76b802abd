/// A list in one cell: its texts with `; ` between them. One that could be taken for several, or for one in quotes, is quoted
/// as a cell is, so that the list can be read back.
package enum CellList {
    private static let separator = "; "

    /// The cell of a list.
    package static func text(of texts: [String]) -> String {
        texts.map { isPlain($0) ? $0 : "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: separator)
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.first != UInt8(ascii: "\"") && !text.contains(separator)
    }

    /// The texts of a cell that `text` has written.
    package static func texts(of cell: String) -> [String] {
        var texts: [String] = []
        var rest = cell.utf8[...]
        while !rest.isEmpty {
            if rest.first == UInt8(ascii: "\"") {
                texts.append(quoted(&rest))
            } else {
                let end = rest.indices.first { rest[$0...].starts(with: separator.utf8) } ?? rest.endIndex
                texts.append(String(Substring(rest[..<end])))
                rest = rest[end...]
            }
            rest = rest.dropFirst(separator.utf8.count)
        }
        return texts
    }

    /// The text in quotes at the beginning, which is taken off; up to the end where nothing closes it.
    private static func quoted(_ rest: inout Substring.UTF8View) -> String {
        let quote = UInt8(ascii: "\"")
        var bytes: [UInt8] = []
        rest.removeFirst()
        while let byte = rest.popFirst() {
            if byte != quote {
                bytes.append(byte)
            } else if rest.first == quote {
                bytes.append(quote)
                rest.removeFirst()
            } else {
                break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
