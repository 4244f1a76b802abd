/// A named value that the entries of a kind have.
public struct LogFact: Sendable {
    /// What a value is, and so how it is stored and described.
    public enum Form: Sendable {
        case text
        case texts
        /// Of a case, a promise, a customer or an entry.
        case id
        /// Of money, in minor units.
        case amount
        /// How many there are.
        case count
        case currency
        case flag
        case instant
        /// A word of a closed set.
        case word(any Vocabulary.Type)
        /// One of some words.
        case oneOf([String])
    }

    /// What JSON calls it.
    public let name: String
    /// What its value is.
    public let form: Form
    /// What it tells of people.
    public let privacy: Privacy
    /// What it means; empty where its name says it.
    public let meaning: String
    /// Whether every entry of the kind has it.
    public private(set) var isAlways = true
    /// Whether `q` finds what it says.
    public let isSearched: Bool

    /// A value that is there in every entry; `privacy` says whether as a fact or as a text.
    init(
        _ name: String, _ form: Form, _ meaning: String = "", privacy: Privacy = .open, isSearched: Bool = false
    ) {
        self.name = name
        self.form = form
        self.privacy = privacy
        self.isSearched = isSearched
        self.meaning = meaning
    }

    /// The same, where there may be none.
    var ifAny: LogFact {
        var fact = self
        fact.isAlways = false
        return fact
    }

    /// What somebody wrote by hand: it is searched, and an erasure takes it.
    static func written(_ name: String) -> LogFact { LogFact(name, .text, privacy: .personal, isSearched: true) }

    /// Who of the desk has to do with it.
    static func desk(_ name: String, _ meaning: String = "") -> LogFact {
        LogFact(name, .text, meaning, privacy: .desk)
    }

    /// A word of a closed set.
    static func word(_ name: String, _ type: any Vocabulary.Type) -> LogFact { LogFact(name, .word(type)) }

    /// Whether it can have that value.
    func takes(_ value: Fact.Value) -> Bool {
        switch (form, value) {
        case (.text, .text), (.texts, .texts), (.id, .integer), (.amount, .integer), (.count, .integer),
            (.flag, .boolean),
            (.instant, .instant), (.currency, .text), (.word, .text):
            true
        case (.oneOf(let words), .text(let word)): words.contains { $0.isExactly(word) }
        default: false
        }
    }
}
