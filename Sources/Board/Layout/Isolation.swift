/// Keeps which way a text runs from the words beside it (UAX 9): what people wrote stands in the middle of sentences, and may turn round
/// what follows. An element that isolates its text is not enough for that: the end of the element closes only what was opened last, which
/// is an isolate that the text itself leaves open, and one end too many in the text closes the element's.
enum Isolation {
    private static let (firstStrong, end, endOfEmbedding): (Unicode.Scalar, Unicode.Scalar, Unicode.Scalar) = (
        "\u{2068}", "\u{2069}", "\u{202C}"
    )

    /// The text as it can stand in a sentence: one that runs from right to left, or has a control of directions, is isolated line by line,
    /// with all that it opens closed, and nothing closed that it has not opened. Any other text is as it was.
    static func isolated(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 >= firstByte }), text.unicodeScalars.contains(where: turns) else {
            return text
        }
        var shown = String.UnicodeScalarView()
        var open: [Unicode.Scalar] = []
        var isInLine = false
        func close() {
            shown.append(contentsOf: open.reversed())
            open = []
            if isInLine { shown.append(end) }
            isInLine = false
        }
        for scalar in text.unicodeScalars {
            if endsParagraph(scalar) {
                close()
                shown.append(scalar)
                continue
            }
            if !isInLine { shown.append(firstStrong) }
            isInLine = true
            switch scalar.value {
            case 0x202A, 0x202B, 0x202D, 0x202E: open.append(endOfEmbedding)
            case 0x2066...0x2068: open.append(end)
            case 0x202C:
                // What it opened is closed by this; what is further out is not.
                guard open.last == endOfEmbedding else { continue }
                open.removeLast()
            case 0x2069:
                // The end of an isolate ends the embeddings in it too.
                guard let place = open.lastIndex(of: end) else { continue }
                open.removeSubrange(place...)
            default: break
            }
            shown.append(scalar)
        }
        close()
        return String(shown)
    }

    /// The first byte of the first character that turns a text, in UTF-8.
    private static let firstByte: UInt8 = 0xD6

    /// Whether it runs from right to left, or changes which way what follows runs: the blocks for such letters, assigned or not
    /// (DerivedBidiClass), the marks, and the embeddings, overrides and isolates.
    static func turns(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFB1D...0xFDFF, 0xFE70...0xFEFE,
            0x10800...0x10FFF, 0x1E800...0x1EFFF:
            true
        default: false
        }
    }

    /// Whether nothing that is open goes on behind it, in one way of showing lines or another.
    private static func endsParagraph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
