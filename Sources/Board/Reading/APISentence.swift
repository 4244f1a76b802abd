import CaseAPI
import Complaints

/// A sentence that the API says to whoever asks it, as a page has it: instants are told by the page's clocks, and lengths of time and
/// the names of fields in words. What people wrote stands in it in quotation marks, and stays as it is.
struct APISentence {
    let text: String
    let clock: PageClock

    /// A piece of a sentence.
    enum Part {
        case text(String)
        /// With how the API writes it.
        case instant(Instant, written: String)
    }

    /// For the template `sentence`.
    var values: [String: Any] { ["parts": Self.values(Self.parts(of: text, naming: Texts.word(ofAPI:)), clock)] }

    /// Pieces for the template `sentence`.
    static func values(_ parts: [Part], _ clock: PageClock) -> [[String: Any]] {
        parts.map { part in
            switch part {
            case .text(let text): ["text": text]
            case .instant(let instant, _): ["time": clock.moment(instant)]
            }
        }
    }

    /// A sentence in its pieces.
    ///
    /// - Parameter naming: what the name of a field is called; nil for what is none.
    static func parts(of text: String, naming: (String) -> String?) -> [Part] {
        var parts: [Part] = []
        var said: [UInt8] = []
        var isQuoted = false
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            var run = isQuoted ? [] : rest.prefix(while: isPart)
            while let last = run.last, ".:/-".utf8.contains(last) { run.removeLast() }
            guard !run.isEmpty else {
                said.append(byte)
                rest.removeFirst()
                continue
            }
            rest = rest.dropFirst(run.count)
            let word = String(decoding: run, as: UTF8.self)
            if let instant = try? Instant(rfc3339: word) {
                parts += [
                    .text(String(decoding: said, as: UTF8.self)), .instant(instant, written: word),
                ]
                said = []
            } else if word.utf8.first == UInt8(ascii: "P"), DurationWords.parts(of: word) != nil {
                said += Texts.duration(word).utf8
            } else {
                said += (naming(word) ?? word).utf8
            }
        }
        return parts + (said.isEmpty && !parts.isEmpty ? [] : [.text(String(decoding: said, as: UTF8.self))])
    }

    /// What names, numbers, lengths of time and instants are made of.
    private static func isPart(_ byte: UInt8) -> Bool {
        (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "_-.+/".utf8.contains(byte)
    }
}
