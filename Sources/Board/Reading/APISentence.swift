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
        /// What people wrote, with its quotation marks, or a word that turns the text after it: an element of its own, so that which
        /// way it runs is no matter of the sentence (UAX 9).
        case said(String)
        /// With how the API writes it.
        case instant(Instant, written: String)
        /// The same of when something is due.
        case due(Instant, written: String)
    }

    /// For the template `sentence`.
    var values: [String: Any] { ["parts": Self.values(Self.parts(of: text, naming: Texts.word(ofAPI:)), clock)] }

    /// The same in a list, where of what people wrote stands the beginning, quoted or not.
    var beginning: [String: Any] {
        var (parts, left): ([Part], Int) = ([], Self.mostInList)
        for part in Self.parts(of: text, naming: Texts.word(ofAPI:)) {
            guard left > 0 else { break }
            switch part {
            case .text(let text):
                parts.append(.text(CaseCells.beginning(text)))
                left -= text.unicodeScalars.count
            case .said(let text):
                let beginning = CaseCells.beginning(text)
                parts.append(.said(beginning.utf8.elementsEqual(text.utf8) ? text : beginning + "\""))
                left -= beginning.unicodeScalars.count
            case .instant, .due: parts.append(part)
            }
        }
        return ["parts": Self.values(parts, clock)]
    }

    /// How many letters of a sentence a list shows, about.
    private static let mostInList = 400

    /// Pieces for the template `sentence`.
    static func values(_ parts: [Part], _ clock: PageClock) -> [[String: Any]] {
        parts.map { part in
            switch part {
            case .text(let text): ["text": text]
            case .said(let text): ["said": text]
            case .due(let instant, _): ["time": clock.due(instant)]
            case .instant(let instant, _): ["time": clock.moment(instant)]
            }
        }
    }

    /// A sentence in its pieces.
    ///
    /// - Parameter naming: what the name of a field is called; nil for what is none.
    static func parts(of text: String, naming: (String) -> String?) -> [Part] {
        var parts: [Part] = []
        var plain: [UInt8] = []
        var rest = Array(text.utf8)[...]
        func add(_ part: Part) {
            parts += [.text(String(decoding: plain, as: UTF8.self)), part]
            plain = []
        }
        while let byte = rest.first {
            if byte == UInt8(ascii: "\"") {
                let quoted = rest.dropFirst().prefix { $0 != byte }
                let length = min(quoted.count + 2, rest.count)
                add(.said(String(decoding: rest.prefix(length), as: UTF8.self)))
                rest = rest.dropFirst(length)
                continue
            }
            var run = rest.prefix(while: byte < 0x80 ? isPart : { !" \"".utf8.contains($0) })
            while let last = run.last, ".,:;/-".utf8.contains(last) { run.removeLast() }
            guard !run.isEmpty else {
                plain.append(byte)
                rest.removeFirst()
                continue
            }
            rest = rest.dropFirst(run.count)
            let word = String(decoding: run, as: UTF8.self)
            if let instant = try? Instant(rfc3339: word) {
                let isDue = plain.suffix(Texts.apiDue.utf8.count).elementsEqual(Texts.apiDue.utf8)
                add(isDue ? .due(instant, written: word) : .instant(instant, written: word))
            } else if word.utf8.first == UInt8(ascii: "P"), DurationWords.parts(of: word) != nil {
                plain += Texts.duration(word).utf8
            } else if word.unicodeScalars.contains(where: Isolation.turns) {
                // Words beside each other are one text, whose order is its own.
                if case .said(let before)? = parts.last, plain.elementsEqual(" ".utf8) {
                    (parts[parts.count - 1], plain) = (.said("\(before) \(word)"), [])
                } else {
                    add(.said(word))
                }
            } else {
                plain += (naming(word) ?? word).utf8
            }
        }
        return parts + [.text(String(decoding: plain, as: UTF8.self))]
    }

    /// What names, numbers, lengths of time and instants are made of.
    private static func isPart(_ byte: UInt8) -> Bool {
        (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "_-.+/".utf8.contains(byte)
    }
}
