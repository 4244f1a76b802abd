/// A text as one line of a terminal, and not much of it: nothing of it moves the cursor.
enum TerminalLine {
    /// In characters.
    private static let longest = 100

    static func of(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(longest) {
            let isPlain = scalar.properties.generalCategory != .control && !scalar.properties.isWhitespace
            line.append(isPlain ? scalar : " ")
        }
        return String(line) + (text.unicodeScalars.count > longest ? "…" : "")
    }
}
