import Complaints

/// A text in lines of so many columns, broken between words, and within one that is longer than a line.
///
/// Whatever stands for space, or ends a line, is one space; control and format characters are left out, which would move the cursor or turn
/// what comes after them around, but for those that join letters (U+200C, U+200D). A character that is wide in East Asian typography
/// takes two columns (Unicode Standard Annex #11), a mark that combines none.
struct FoldedText {
    private let words: [Substring]
    private let width: Int

    /// More scalars on one letter are no script's: a line of them would be too long for SMTP (998 octets, RFC 5321 section 4.5.3.1.6).
    private static let mostScalars = 8

    /// - Parameter width: in columns, some at least.
    init(_ text: String, width: Int) {
        precondition(width >= 10, "a line of \(width) columns has no place for words")
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                plain.append(" ")
            } else if !Self.isDropped(scalar) {
                plain.append(scalar)
            }
        }
        words = String(plain).split(separator: " ")
        self.width = width
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: true
        case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
        default: false
        }
    }

    /// The lines, none for a text that has nothing to see; with `…` at the end where there are more than `most`.
    func lines(upTo most: Int = .max) -> [String] {
        var lines: [String] = []
        var (line, columns) = ("", 0)
        for word in words {
            for (index, part) in parts(of: word).enumerated() {
                let isNew = line.isEmpty
                if !isNew, index > 0 || columns + 1 + part.columns > width {
                    lines.append(line)
                    guard lines.count <= most else { return cut(lines, to: most) }
                    (line, columns) = (part.text, part.columns)
                } else {
                    line += (isNew ? "" : " ") + part.text
                    columns += (isNew ? 0 : 1) + part.columns
                }
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.count <= most ? lines : cut(lines, to: most)
    }

    private func cut(_ lines: [String], to most: Int) -> [String] {
        var last = lines[most - 1]
        while Self.columns(of: last) + 2 > width || last.hasSuffix(" ") { last.removeLast() }
        return lines.prefix(most - 1) + [last + " …"]
    }

    /// A word, in as many pieces as it takes.
    private func parts(of word: Substring) -> [(text: String, columns: Int)] {
        var parts: [(text: String, columns: Int)] = []
        var (part, columns) = ("", 0)
        for character in word {
            let letter = String(String.UnicodeScalarView(character.unicodeScalars.prefix(Self.mostScalars)))
            let wide = Self.columns(of: letter)
            if columns + wide > width, !part.isEmpty {
                parts.append((part, columns))
                (part, columns) = ("", 0)
            }
            part += letter
            columns += wide
        }
        parts.append((part, columns))
        return parts
    }

    static func columns(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { columns, scalar in
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format: columns
            default: columns + (wide.contains { $0.contains(scalar.value) } ? 2 : 1)
            }
        }
    }

    /// The blocks of what is wide: Hangul, Chinese and Japanese, full-width forms, and pictures.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
    ]
}
