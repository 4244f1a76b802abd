import CaseStore
import Complaints

/// Entries of a case's log, as they are answered: of each kind one schema.
enum LogSchemas {
    static let all: [(name: String, schema: Schema)] =
        LogKind.allCases.map { (name(of: $0), entry($0)) }
        + LogKind.written.filter(\.form.isAnswered).map { ("Written" + name(of: $0), entry($0, isNew: true)) }
        + [
            ("LogEntry", .oneOf(LogKind.allCases.map { .named(name(of: $0)) })),
            (
                "WrittenEntry",
                .oneOf(LogKind.written.map { .named(($0.form.isAnswered ? "Written" : "") + name(of: $0)) })
            ),
        ]

    private static func name(of kind: LogKind) -> String { kind.rawValue.pascalCased + "Entry" }

    /// An entry of one kind, with the facts and texts it has.
    ///
    /// - Parameter isNew: whether it was just written, and may have made a promise, or named somebody new.
    private static func entry(_ kind: LogKind, isNew: Bool = false) -> Schema {
        .object(
            LogEntryView.shown.map { $0.name == "kind" ? .always("kind", .word(kind.rawValue)) : $0.field }
                + kind.form.facts.map(Field.init)
                + (isNew && kind.form.mayPromise ? LogEntryView.made.map(\.field) : [])
                + (isNew && kind.form.namesPeople ? LogEntryView.named.map(\.field) : []))
    }
}

extension Field {
    /// A value that an entry has.
    fileprivate init(_ fact: LogFact) {
        let schema: Schema =
            switch fact.form {
            case .text: .text
            case .texts: .array(.text)
            case .id: .id
            case .amount: .integer(Limits.money)
            case .count: .count
            case .currency: .named("Currency")
            case .flag: .flag
            case .instant: .utcInstant
            case .word(let type): .word(of: type)
            case .oneOf(let words): Schema(["type": "string", "enum": .texts(words)])
            }
        self = fact.isAlways ? .always(fact.name, schema, fact.meaning) : .sometimes(fact.name, schema, fact.meaning)
    }
}
