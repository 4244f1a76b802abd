import Complaints

/// Type of a field: how a JSON value becomes a value of the domain, or what is wrong with it, and the schema of those that
/// do.
struct FieldKind<Value> {
    let read: (JSONValue) throws(FieldFault) -> Value
    /// The same where it matters who sent it; nil for `me` that stands for nobody.
    private(set) var readFrom: ((JSONValue, Speaker) throws(FieldFault) -> Value?)?
    private let describe: () -> Schema

    /// - Parameter schema: is only made for the description.
    init(
        _ schema: @escaping @autoclosure () -> Schema, read: @escaping (JSONValue) throws(FieldFault) -> Value
    ) {
        self.read = read
        describe = schema
    }

    var schema: Schema { describe() }

    /// The same where a rule that comes later takes less of it.
    func narrowed(to schema: @escaping @autoclosure () -> Schema) -> FieldKind {
        var kind = FieldKind(schema(), read: read)
        kind.readFrom = readFrom
        return kind
    }

    /// What is wrong with a value of another JSON type.
    static func wrongType(_ value: JSONValue, expected: String) -> FieldFault {
        FieldFault(.wrongType, "must be \(expected), not \(value.kind).")
    }
}

extension FieldKind<String> {
    /// Text by that rule; where it names somebody, `me` is whoever sends it.
    static func text(_ rule: TextRule) -> FieldKind {
        func string(_ value: JSONValue) throws(FieldFault) -> String {
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            return text.string
        }
        var kind = FieldKind(.text(rule)) { value throws(FieldFault) in try rule.checked(string(value)) }
        if rule.isSomebody {
            kind.readFrom = { value, speaker throws(FieldFault) in try rule.taken(string(value), from: speaker) }
        }
        return kind
    }

    /// A name under which somebody may act, or keep promises.
    static var actorName: FieldKind {
        FieldKind(.actorName) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            return try Actor.checkedName(text.string)
        }
    }

    /// A time zone by its name in the IANA database, as that spells it.
    static var zone: FieldKind {
        FieldKind(.withoutNUL) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            guard let zone = ZoneDatabase.system.zone(named: text.string) else {
                throw FieldFault(.invalidValue, ZoneDatabase.system.advice(for: text.string))
            }
            return zone.name
        }
    }
}

extension FieldKind<Int64> {
    /// An id, or another whole number.
    static var integer: FieldKind {
        FieldKind(.integer()) { value throws(FieldFault) in
            switch value {
            case .integer(let integer): return integer
            case .fraction: throw FieldFault(.wrongType, "must be a whole number within 64 bits, without a fraction.")
            default: throw wrongType(value, expected: "a whole number")
            }
        }
    }
}

extension FieldKind<Int64> {
    /// A whole number within bounds.
    static func integer(in range: ClosedRange<Int64>) -> FieldKind {
        FieldKind(.integer(range)) { value throws(FieldFault) in
            let integer = try integer.read(value)
            guard range.contains(integer) else {
                throw FieldFault(.outOfRange, "must be from \(range.lowerBound) to \(range.upperBound).")
            }
            return integer
        }
    }
}

extension FieldKind<Int64> {
    /// An amount of money, in minor units.
    static var money: FieldKind {
        FieldKind(.integer(Limits.money)) { value throws(FieldFault) in
            if case .fraction = value {
                throw FieldFault(.wrongType, "must be a whole number of minor units, such as cents: 550 is 5.50.")
            }
            return try integer(in: Limits.money).read(value)
        }
    }
}

extension FieldKind<Currency> {
    /// An ISO 4217 code.
    static var currency: FieldKind {
        FieldKind(.named("Currency")) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            guard let currency = Currency(text.string) else {
                throw FieldFault(.invalidValue, "must be the ISO 4217 code of a currency, such as EUR.")
            }
            return currency
        }
    }
}

extension FieldKind<Bool> {
    static var flag: FieldKind {
        FieldKind(.flag) { value throws(FieldFault) in
            guard case .boolean(let flag) = value else { throw wrongType(value, expected: "true or false") }
            return flag
        }
    }
}

extension FieldKind where Value: Vocabulary {
    /// One of the words of a closed set.
    static var word: FieldKind { word(in: Array(Value.allCases), .word(of: Value.self)) }

    /// One of some words of a closed set.
    static func word(in words: [Value]) -> FieldKind { word(in: words, .words(words)) }

    private static func word(in words: [Value], _ schema: @escaping @autoclosure () -> Schema) -> FieldKind {
        FieldKind(schema()) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            guard let word = Value(rawValue: text.string), words.contains(word) else {
                throw FieldFault(.invalidValue, NearestName.advice(for: text.string, among: words.map(\.rawValue)))
            }
            return word
        }
    }
}

extension FieldKind<Instant> {
    /// RFC 3339, with its offset.
    static var instant: FieldKind {
        FieldKind(.instant) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            return try instant(text.string)
        }
    }

    /// The instant that a text names.
    static func instant(_ text: String) throws(FieldFault) -> Instant {
        do {
            return try Instant(rfc3339: text)
        } catch {
            switch error {
            case .missingOffset: throw FieldFault(.missingOffset, "must end with Z or an offset such as +01:00.")
            case .malformed:
                throw FieldFault(.invalidInstant, "must be an RFC 3339 instant such as 2026-03-01T09:00:00Z.")
            }
        }
    }
}

extension FieldKind<ElapsedTime> {
    /// An ISO 8601 duration.
    static var duration: FieldKind {
        FieldKind(.duration) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            return try duration(text.string)
        }
    }

    private static func duration(_ text: String) throws(FieldFault) -> ElapsedTime {
        do {
            return try ElapsedTime(iso8601: text)
        } catch {
            switch error {
            case .calendarUnits:
                throw FieldFault(.invalidValue, "must not use years or months, which have no fixed length: give days.")
            case .malformed: throw FieldFault(.invalidValue, "must be an ISO 8601 duration such as PT4H or P2D.")
            }
        }
    }

    /// A duration from `shortest` to `longest`.
    static func duration(from shortest: ElapsedTime, to longest: ElapsedTime) -> FieldKind {
        FieldKind(.duration) { value throws(FieldFault) in
            let span = try duration.read(value)
            guard span >= shortest, span <= longest else {
                throw FieldFault(.outOfRange, "must be from \(shortest.iso8601) to \(longest.iso8601).")
            }
            return span
        }
    }
}

extension FieldKind<Estimate.Bound> {
    /// One end of an estimate.
    ///
    /// - Parameter schema: of the form that both ends have.
    static func bound(_ schema: @escaping @autoclosure () -> Schema) -> FieldKind {
        FieldKind(schema()) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            guard let bound = Estimate.Bound(text.string) else {
                throw FieldFault(
                    .invalidValue,
                    "must be an ISO 8601 duration such as P10D, or an RFC 3339 instant with its offset.")
            }
            return bound
        }
    }
}
