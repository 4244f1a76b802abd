extension Fact.Value {
    /// Texts of a log are long and anybody's: they are compared as `ExactText` is.
    public static func == (a: Fact.Value, b: Fact.Value) -> Bool {
        switch (a, b) {
        case (.text(let a), .text(let b)): a.isExactly(b)
        case (.texts(let a), .texts(let b)): a.elementsEqual(b) { $0.isExactly($1) }
        case (.integer(let a), .integer(let b)): a == b
        case (.boolean(let a), .boolean(let b)): a == b
        case (.instant(let a), .instant(let b)): a == b
        case (.text, _), (.texts, _), (.integer, _), (.boolean, _), (.instant, _): false
        }
    }

    /// By what `==` compares.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .text(let text): hasher.combine(ExactText(text))
        case .texts(let texts): for text in texts { hasher.combine(ExactText(text)) }
        case .integer(let integer): hasher.combine(integer)
        case .boolean(let flag): hasher.combine(flag)
        case .instant(let instant): hasher.combine(instant)
        }
    }
}
