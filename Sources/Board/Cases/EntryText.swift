import CaseAPI
import Complaints

/// What an entry of the log says besides when it was written and by whom: all that entries of its kind have, as the domain's registry of
/// kinds has it.
struct EntryText {
    /// What somebody wrote, in its own words.
    let words: String?
    /// All else, each with what it is called.
    let facts: [Fact]

    struct Fact {
        let label: String
        let value: String
        /// The same in pieces, for the template `sentence`.
        let parts: [[String: Any]]
    }

    /// Facts whose words speak for themselves.
    private static let spoken = ["text", "what", "summary"]

    init(_ entry: JSONValue, _ clock: PageClock) {
        let kind = entry["kind"].text.flatMap(LogKind.init(rawValue:))
        let known = kind?.form.facts ?? []
        let said = Self.spoken.first { name in
            known.contains { $0.name.utf8.elementsEqual(name.utf8) } && entry[name].text != nil
        }
        words = said.flatMap { entry[$0].text }
        let promise = entry["promise_id"].integer.map { [Texts.numbered($0, "promise_id")] } ?? []
        /// Of the amount called so: the one of the same thing, else the entry's.
        func currency(ofAmount name: String) -> Currency? {
            [name.replacing("amount", with: "currency"), "currency"].lazy.compactMap { entry[$0].text }.first
                .flatMap { Currency($0) }
        }
        func isTold(_ currency: String) -> Bool {
            known.contains { fact in
                guard case .amount = fact.form, entry[fact.name].integer != nil else { return false }
                return [fact.name.replacing("amount", with: "currency"), "currency"].contains { $0.isExactly(currency) }
            }
        }
        func fact(_ name: String, _ parts: [APISentence.Part]) -> Fact {
            let value = parts.map { part in
                switch part {
                case .text(let text), .said(let text): text
                case .instant(let instant, _), .due(let instant, _): clock.written(instant)
                }
            }.joined()
            return Fact(
                label: Texts.logged(name, in: kind) ?? Texts.label(of: [name]), value: value,
                parts: APISentence.values(parts, clock))
        }
        facts =
            promise.map { fact("promise_id", [.text($0)]) }
            + known.filter { $0.name != said }.compactMap { form -> Fact? in
                // An amount is told with its currency.
                if case .amount = form.form, let amount = entry[form.name].integer,
                    let currency = currency(ofAmount: form.name)
                {
                    return fact(form.name, [.text(Money(amount: amount, currency: currency).words)])
                }
                if case .currency = form.form, entry[form.name].text.flatMap({ Currency($0) }) != nil,
                    isTold(form.name)
                {
                    return nil
                }
                return Self.value(entry[form.name], form, of: kind).map { fact(form.name, $0) }
            }
    }

    private static func value(_ value: JSONValue, _ fact: LogFact, of kind: LogKind?) -> [APISentence.Part]? {
        switch value {
        case .null, .object: return nil
        case .boolean(let flag): return [.text(flag ? Texts.yes : Texts.no)]
        case .integer(let number):
            if case .id = fact.form { return [.text(Texts.numbered(number, fact.name))] }
            return [.text(String(number))]
        case .fraction(let number): return number.map { [.text(String($0))] }
        case .array(let items):
            let lines = items.compactMap(\.text)
            guard !lines.isEmpty else { return nil }
            // What the service lists is for programs, and what people list is theirs.
            let told = lines.map { line -> [APISentence.Part] in
                if let mark = PromiseMark(logged: line) {
                    return [.instant(mark.at, written: line), .text(Texts.ofMark(mark.kind))]
                }
                return fact.privacy.isText
                    ? [.text(line)] : APISentence.parts(of: line, naming: Texts.word(ofAPI:))
            }
            return Array(told.joined(separator: [APISentence.Part.text("\n")]))
        case .string(let text):
            switch fact.form {
            case .instant:
                return Instant(value).map { [.instant($0, written: text.string)] }
            case .word, .oneOf: return [.text(Texts.loggedWord(text.string, fact.name, in: kind))]
            case .text: return edited(text.string, fact)
            case .texts, .id, .amount, .count, .currency, .flag: return [.text(text.string)]
            }
        }
    }

    /// What a field was set to, which the log has as a text whatever it is.
    private static func edited(_ text: String, _ fact: LogFact) -> [APISentence.Part] {
        // What people wrote stays as it is, and so does what was taken away.
        guard fact.privacy == .open, !text.isEmpty else { return [.text(Texts.edited(text, fact.name) ?? text)] }
        if let instant = try? Instant(rfc3339: text) { return [.instant(instant, written: text)] }
        return [.text(Texts.edited(text, fact.name) ?? text)]
    }
}
