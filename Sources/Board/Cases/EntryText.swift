import CaseAPI
import Complaints

/// What an entry of the log says besides when it was written and by whom: all that entries of its kind have, as the domain's registry of
/// kinds has it.
struct EntryText {
    /// What somebody wrote, in its own words.
    let words: String?
    /// All else, each with what it is called.
    let facts: [(label: String, value: String)]

    /// Facts whose words speak for themselves.
    private static let spoken = ["text", "what", "summary"]

    init(_ entry: JSONValue, _ clock: PageClock) {
        let known = entry["kind"].text.flatMap(LogKind.init(rawValue:))?.form.facts ?? []
        let said = Self.spoken.first { name in
            known.contains { $0.name.utf8.elementsEqual(name.utf8) } && entry[name].text != nil
        }
        words = said.flatMap { entry[$0].text }
        let promise = entry["promise_id"].integer.map { [(Texts.label(of: ["promise_id"]), String($0))] } ?? []
        let currency = entry["currency"].text.flatMap { Currency($0) }
        facts =
            promise
            + known.filter { $0.name != said }.compactMap { fact in
                // An amount is told with its currency.
                if case .amount = fact.form, let amount = entry[fact.name].integer, let currency {
                    return (Texts.label(of: [fact.name]), Money(amount: amount, currency: currency).words)
                }
                if case .currency = fact.form, currency != nil { return nil }
                return Self.value(entry[fact.name], fact, clock).map { (Texts.label(of: [fact.name]), $0) }
            }
    }

    private static func value(_ value: JSONValue, _ fact: LogFact, _ clock: PageClock) -> String? {
        switch value {
        case .null, .object: return nil
        case .boolean(let flag): return flag ? Texts.yes : Texts.no
        case .integer(let number): return String(number)
        case .fraction(let number): return number.map { String($0) }
        case .array(let items):
            let lines = items.compactMap(\.text)
            // What the service lists is for programs, and what people list is theirs.
            return (fact.privacy.isText ? lines : lines.map { Texts.word(Texts.inWords($0, in: clock.zone)) })
                .joined(separator: "\n")
        case .string(let text):
            switch fact.form {
            case .instant:
                return Instant(value).map {
                    String(decoding: $0.localText(in: clock.zone).utf8.prefix(16), as: UTF8.self)
                }
            case .word, .oneOf: return Texts.word(text.string)
            case .text, .texts, .id, .amount, .count, .currency, .flag: return text.string
            }
        }
    }
}
