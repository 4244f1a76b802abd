/// What a field takes, as data: requests and files are read by it, and the document describes it.
public enum FieldType: Sendable {
    /// Text by that rule.
    case text(TextRule)
    /// A set of so many texts at most, each by that rule: see `distinct`.
    case texts(TextRule, most: Int)
    /// A word of a closed set.
    case word(any Vocabulary.Type)
    /// A set of words of a closed set.
    case words(any Vocabulary.Type)
    /// A point in time.
    case instant
    /// A length of time within bounds.
    case span(ClosedRange<ElapsedTime>)
    /// A length of business time within bounds, a day of which is taken for 24 hours.
    case businessSpan(ClosedRange<ElapsedTime>)
    /// A whole number within bounds.
    case integer(ClosedRange<Int64>)
    /// Money, in minor units of a currency that another field has.
    case amount
    /// An ISO 4217 code.
    case currency
    /// Two ends of one form, in order.
    case estimate
    /// Yes or no.
    case flag
    /// A time zone, by its name in the IANA database.
    case zone
}

/// The value of a field, whatever type it is of.
public enum EditedValue: Sendable {
    /// A text, a word of a closed set, or the name of a zone.
    case text(String)
    case texts([String])
    case instant(Instant)
    case span(ElapsedTime)
    case businessSpan(BusinessSpan)
    case integer(Int64)
    case currency(Currency)
    case estimate(Estimate)
    case flag(Bool)
}

extension EditedValue: Hashable {
    /// Texts are compared as `ExactText` is.
    public static func == (a: EditedValue, b: EditedValue) -> Bool {
        switch (a, b) {
        case (.text(let a), .text(let b)): a.isExactly(b)
        case (.texts(let a), .texts(let b)): a.elementsEqual(b) { $0.isExactly($1) }
        case (.instant(let a), .instant(let b)): a == b
        case (.span(let a), .span(let b)): a == b
        case (.businessSpan(let a), .businessSpan(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.currency(let a), .currency(let b)): a == b
        case (.estimate(let a), .estimate(let b)): a == b
        case (.flag(let a), .flag(let b)): a == b
        case (.text, _), (.texts, _), (.instant, _), (.span, _), (.businessSpan, _), (.integer, _), (.currency, _),
            (.estimate, _), (.flag, _):
            false
        }
    }

    /// By what `==` compares.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .text(let text): hasher.combine(ExactText(text))
        case .texts(let texts): for text in texts { hasher.combine(ExactText(text)) }
        case .instant(let instant): hasher.combine(instant)
        case .span(let span): hasher.combine(span)
        case .businessSpan(let span): hasher.combine(span)
        case .integer(let integer): hasher.combine(integer)
        case .currency(let currency): hasher.combine(currency)
        case .estimate(let estimate): hasher.combine(estimate)
        case .flag(let flag): hasher.combine(flag)
        }
    }
}

extension FieldType {
    /// The members of a set of texts: of those that compare as one name (`FoldedName`) the first as it is written, in the
    /// order they came.
    public static func distinct(_ texts: [String]) -> [String] {
        var seen: Set<FoldedName> = []
        return texts.filter { seen.insert(FoldedName($0)).inserted }
    }

    /// What is added to a field's name for each part in which it is written down; one that is written as a whole adds
    /// nothing.
    public var parts: [String] {
        if case .estimate = self { ["from", "to"] } else { [""] }
    }

    /// The parts that fields of any type have.
    public static let allParts = ["", "from", "to"]

    /// What the log writes where a value was taken away.
    package var absent: String {
        if case .flag = self { "false" } else { "" }
    }

    /// Its parts as texts, in the order of `parts`; nil for each where there is no value.
    public func texts(_ value: EditedValue?) -> [String?] {
        guard let value else { return parts.map { _ in nil } }
        return if case .estimate(let estimate) = value { [estimate.from.text, estimate.to.text] } else { [text(value)] }
    }

    /// The text of a value that has one part; nil for one of several. Most have one, which needs no list.
    func text(_ value: EditedValue) -> String? {
        switch value {
        case .text(let text): text
        case .texts(let texts): texts.joined(separator: ", ")
        case .instant(let instant): instant.rfc3339
        case .span(let span): span.iso8601
        case .businessSpan(let span): span.iso8601
        case .integer(let integer): String(integer)
        case .currency(let currency): currency.code
        case .flag(let flag): flag ? "true" : "false"
        case .estimate: nil
        }
    }
}
