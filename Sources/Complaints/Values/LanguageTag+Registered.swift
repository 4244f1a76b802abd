import Foundation

extension LanguageTag {
    /// The subtags of two letters that are registered for a language (ISO 639-1), in small letters: what CLDR, which Foundation
    /// brings, has a name for, those that were replaced among them (`iw`), as RFC 5646 section 2.2.1 has it. Of those with three
    /// letters CLDR has not all.
    package static let registeredPairs: [String] = {
        let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { String(Unicode.Scalar($0)) }
        return letters.flatMap { first in letters.map { first + $0 } }.filter { name(of: $0, in: "en") != nil }
    }()

    private static let registered = Set(registeredPairs.map { Array($0.utf8) })

    /// Whether there can be such a language: no subtag of four letters or more is registered for one (RFC 5646 section 2.2.1).
    static func isRegistered(_ language: [UInt8]) -> Bool {
        language.count == 3 || registered.contains(language)
    }

    /// What to send instead of a text that is no language tag: where it is the name of a language, in English or in that language
    /// itself, its tag.
    static func advice(for text: Substring) -> String {
        let tag = text.utf8.count <= longest ? tags[FoldedName(String(text)).text] : nil
        return "must be a language tag of BCP 47, such as de or pt-BR." + (tag.map { " Did you mean \($0)?" } ?? "")
    }

    /// The first of several: those of today go before what they replaced.
    private static let tags: [ExactText: String] = {
        let current = Set(Locale.LanguageCode.isoLanguageCodes.map(\.identifier))
        let pairs = registeredPairs.filter(current.contains) + registeredPairs.filter { !current.contains($0) }
        let names = pairs.flatMap { pair in
            [name(of: pair, in: "en"), name(of: pair, in: pair)].compactMap { $0 }.map { (FoldedName($0).text, pair) }
        }
        return Dictionary(names) { first, _ in first }
    }()

    private static func name(of language: String, in other: String) -> String? {
        Locale(identifier: other).localizedString(forLanguageCode: language)
    }
}
