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
    /// Facts that only the clock goes by: when it will warn of a promise.
    private static let untold = ["marks"]

    init(_ entry: JSONValue, _ clock: PageClock) {
        let known = entry["kind"].text.flatMap(LogKind.init(rawValue:))?.form.facts ?? []
        words =
            Self.spoken.lazy.filter { name in known.contains { $0.name.utf8.elementsEqual(name.utf8) } }
            .compactMap { entry[$0].text }.first
        let said = words == nil ? nil : Self.spoken.first { entry[$0].text != nil }
        let promise = entry["promise_id"].integer.map { [(Texts.label(of: ["promise_id"]), String($0))] } ?? []
        let currency = entry["currency"].text.flatMap { Currency($0) }
        facts =
            promise
            + known.filter { $0.name != said && !Self.untold.contains($0.name) }.compactMap { fact in
                // An amount is told with its currency.
                if case .amount = fact.form, let amount = entry[fact.name].integer, let currency {
                    return (Texts.label(of: [fact.name]), Money(amount: amount, currency: currency).words)
                }
                if case .currency = fact.form, currency != nil { return nil }
                return Self.value(entry[fact.name], fact.form, clock).map { (Texts.label(of: [fact.name]), $0) }
            }
    }

    private static func value(_ value: JSONValue, _ form: LogFact.Form, _ clock: PageClock) -> String? {
        switch value {
        case .null, .object: return nil
        case .boolean(let flag): return flag ? Texts.yes : Texts.no
        case .integer(let number): return String(number)
        case .fraction(let number): return number.map { String($0) }
        case .array(let items): return items.compactMap(\.text).joined(separator: "\n")
        case .string(let text):
            switch form {
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
