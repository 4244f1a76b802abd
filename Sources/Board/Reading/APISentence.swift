import Complaints

/// A sentence that the API says to whoever asks it, as a page has it: instants are told by the page's clocks, and lengths of time and
/// the names of fields in words. What people wrote stands in it in quotation marks, and stays as it is.
struct APISentence {
    let text: String
    let clock: PageClock

    /// For the template `sentence`.
    var values: [String: Any] {
        var parts: [[String: Any]] = []
        var plain = ""
        var isQuoted = false
        for word in text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).enumerated() {
            if word.offset > 0 { plain += " " }
            let quotes = word.element.count { $0 == UInt8(ascii: "\"") }
            let stop = word.element.reversed().prefix { ".,:;".utf8.contains($0) }.count
            let said = String(Substring(word.element.dropLast(stop)))
            let end = String(Substring(word.element.suffix(stop)))
            if !isQuoted, quotes == 0, let instant = try? Instant(rfc3339: said) {
                parts += [["text": plain], ["time": clock.moment(instant)]]
                plain = end
            } else {
                plain += (isQuoted || quotes > 0 ? said : Self.inWords(said)) + end
            }
            if !quotes.isMultiple(of: 2) { isQuoted.toggle() }
        }
        return ["parts": parts + [["text": plain]]]
    }

    private static func inWords(_ word: String) -> String {
        if word.utf8.first == UInt8(ascii: "P"), (try? ElapsedTime(iso8601: word)) != nil {
            return Texts.duration(word)
        }
        let isName =
            word.utf8.contains(UInt8(ascii: "_"))
            && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
        return isName ? Texts.word(word) : word
    }
}
