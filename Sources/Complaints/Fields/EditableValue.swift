/// A Swift type that a field's value can have.
public protocol EditableValue: Sendable {
    /// Whether there may be no value.
    static var mayBeMissing: Bool { get }

    /// Nil where there is none.
    var editedValue: EditedValue? { get }

    /// Nil for the value of another type, and for none where there must be one.
    init?(editedValue value: EditedValue?)
}

extension EditableValue {
    /// There is always a value, unless the type says otherwise.
    public static var mayBeMissing: Bool { false }
}

extension Optional: EditableValue where Wrapped: EditableValue {
    /// True: there may be none.
    public static var mayBeMissing: Bool { true }

    /// The same, as a field's value.
    public var editedValue: EditedValue? { self?.editedValue }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard value != nil else {
            self = .none
            return
        }
        guard let wrapped = Wrapped(editedValue: value) else { return nil }
        self = wrapped
    }
}

extension String: EditableValue {
    /// The same, as a field's value.
    public var editedValue: EditedValue? { .text(self) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .text(let text)? = value else { return nil }
        self = text
    }
}

/// None is an empty list.
extension [String]: EditableValue {
    /// True: there may be none.
    public static var mayBeMissing: Bool { true }

    /// The same, as a field's value.
    public var editedValue: EditedValue? { .texts(self) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        switch value {
        case .texts(let texts): self = texts
        case nil: self = []
        default: return nil
        }
    }
}

extension EditableValue where Self: Vocabulary {
    /// The same, as a field's value.
    public var editedValue: EditedValue? { .text(rawValue) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .text(let word)? = value else { return nil }
        self.init(rawValue: word)
    }
}

extension Channel: EditableValue {}
extension Severity: EditableValue {}
extension Mood: EditableValue {}

extension Instant: EditableValue {
    /// The same, as a field's value.
    public var editedValue: EditedValue? { .instant(self) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .instant(let instant)? = value else { return nil }
        self = instant
    }
}

extension ElapsedTime: EditableValue {
    /// The same, as a field's value.
    public var editedValue: EditedValue? { .span(self) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .span(let span)? = value else { return nil }
        self = span
    }
}

extension BusinessSpan: EditableValue {
    /// The same, as a field's value.
    public var editedValue: EditedValue? { .businessSpan(self) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .businessSpan(let span)? = value else { return nil }
        self = span
    }
}

extension Int64: EditableValue {
    /// The same, as a field's value.
    public var editedValue: EditedValue? { .integer(self) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .integer(let integer)? = value else { return nil }
        self = integer
    }
}

extension Int: EditableValue {
    /// The same, as a field's value.
    public var editedValue: EditedValue? { .integer(Int64(self)) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .integer(let integer)? = value else { return nil }
        self.init(exactly: integer)
    }
}

extension Bool: EditableValue {
    /// The same, as a field's value.
    public var editedValue: EditedValue? { .flag(self) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .flag(let flag)? = value else { return nil }
        self = flag
    }
}

extension Currency: EditableValue {
    /// The same, as a field's value.
    public var editedValue: EditedValue? { .currency(self) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .currency(let currency)? = value else { return nil }
        self = currency
    }
}

extension Estimate: EditableValue {
    /// The same, as a field's value.
    public var editedValue: EditedValue? { .estimate(self) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .estimate(let estimate)? = value else { return nil }
        self = estimate
    }
}
