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
        var quoted = ""
        var isQuoted = false
        /// What people wrote goes into an element of its own, so that which way it runs is no matter of the sentence (UAX 9).
        func say(_ said: String) {
            parts += [["text": plain], ["said": said]]
            plain = ""
        }
        for word in text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).enumerated() {
            if word.offset > 0 { if isQuoted { quoted += " " } else { plain += " " } }
            let quotes = word.element.count { $0 == UInt8(ascii: "\"") }
            let stop = word.element.reversed().prefix { ".,:;".utf8.contains($0) }.count
            let said = String(Substring(word.element.dropLast(stop)))
            let end = String(Substring(word.element.suffix(stop)))
            if !isQuoted, quotes == 0, let instant = try? Instant(rfc3339: said) {
                let isDue = plain.utf8.suffix(7).elementsEqual("due at ".utf8)
                parts += [["text": plain], ["time": isDue ? clock.due(instant) : clock.moment(instant)]]
                plain = end
            } else if isQuoted || quotes > 0 {
                quoted += said
                if !quotes.isMultiple(of: 2) { isQuoted.toggle() }
                if isQuoted {
                    quoted += end
                } else {
                    say(quoted)
                    quoted = ""
                    plain = end
                }
            } else if said.unicodeScalars.contains(where: Self.turns) {
                say(said)
                plain = end
            } else {
                plain += Self.inWords(said) + end
            }
        }
        if isQuoted { say(quoted) }
        return ["parts": parts + [["text": plain]]]
    }

    /// Whether it changes which way the text after it runs: the embeddings, overrides and isolates of UAX 9.
    private static func turns(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
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
