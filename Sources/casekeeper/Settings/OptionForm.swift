import ArgumentParser
import Complaints

/// What an option takes: how its text is read, and what is said of a text that is none. Each option declares its form
/// with its bounds, and a flag and its variable in the environment are read by the same one.
struct OptionForm<Value>: Sendable {
    /// With its bounds: `a whole number from 1 to 1024`.
    let words: String
    /// A value that would do; where an option has a default, that.
    var example: String
    /// Whether it is a number or a length, of which there is nothing below zero.
    let isQuantity: Bool
    /// What a shell offers to complete it with.
    let completion: OptionCompletion
    /// As it is typed.
    let text: @Sendable (Value) -> String
    /// Throws what is wrong with a text, or nothing better than that it is none (`nil`).
    let read: @Sendable (String) throws -> Value?

    init(
        _ words: String, example: String = "", isQuantity: Bool = false, completion: OptionCompletion = .nothing,
        text: @escaping @Sendable (Value) -> String = { "\($0)" },
        read: @escaping @Sendable (String) throws -> Value?
    ) {
        self.words = words
        self.example = example
        self.isQuantity = isQuantity
        self.completion = completion
        self.text = text
        self.read = read
    }

    /// - Throws: `Fault`.
    fileprivate func value(of text: String) throws -> Value {
        do {
            if let value = try read(text) { return value }
        } catch {
            throw Fault(description: "\(error)")
        }
        let such = example.isEmpty ? "" : ", such as \(example)"
        let must = isQuantity && text.utf8.first == UInt8(ascii: "-") ? "must not be negative, but" : "must be"
        throw Fault(description: "it \(must) \(words)\(such).")
    }

    /// Why a text is no value, as the end of a sentence.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    fileprivate func with(default value: Value) -> OptionForm {
        var form = self
        // A word is among the words already, and 0 shows no form.
        if !example.isEmpty, text(value) != "0" { form.example = text(value) }
        return form
    }
}

// MARK: - The forms
extension OptionForm where Value == Int {
    /// - Parameter unit: what is counted, as ` of bytes`.
    static func count(_ range: ClosedRange<Int>, of unit: String = "") -> OptionForm {
        OptionForm(
            "a whole number\(unit) from \(range.lowerBound) to \(range.upperBound)", example: "\(range.lowerBound)",
            isQuantity: true
        ) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    static func bytes(_ range: ClosedRange<Int>) -> OptionForm { count(range, of: " of bytes") }
}

extension OptionForm where Value == Int64 {
    /// The number of something on record.
    static var id: OptionForm {
        OptionForm("a whole number from 1", example: "1", isQuantity: true) { text in
            Int64(text).flatMap { $0 > 0 ? $0 : nil }
        }
    }
}

extension OptionForm where Value == Span {
    /// A length of time.
    static func span(
        from least: ElapsedTime = ElapsedTime(milliseconds: 1), to most: ElapsedTime = .days(1),
        example: String = "PT1M"
    ) -> OptionForm {
        OptionForm(
            "an ISO 8601 duration from \(least.iso8601) to \(most.iso8601)", example: example,
            isQuantity: true, text: { $0.elapsedTime.iso8601 }
        ) { text in
            guard let span = try? ElapsedTime(iso8601: text), least <= span, span <= most else { return nil }
            return Span(span)
        }
    }
}

extension OptionForm {
    /// One of some words, which are all there are.
    static func word(
        of words: [String], text: @escaping @Sendable (Value) -> String, read: @escaping @Sendable (String) -> Value?
    ) -> OptionForm {
        OptionForm(
            "one of \(words.joined(separator: ", "))", completion: .words(words), text: text, read: read)
    }
}

extension OptionForm where Value: Vocabulary {
    /// A word of some.
    static var word: OptionForm {
        .word(of: Value.allCases.map(\.rawValue), text: \.rawValue) { Value(rawValue: $0) }
    }
}

extension OptionForm where Value == String {
    /// A path. SQLite takes an empty one for a database that is gone with its process.
    static var file: OptionForm { path("the name of a file", .file) }

    /// The path of a folder.
    static var folder: OptionForm { path("the name of a folder", .folder) }

    private static func path(_ words: String, _ completion: OptionCompletion) -> OptionForm {
        OptionForm(words, completion: completion, text: \.self) { $0.isEmpty ? nil : $0 }
    }

    /// A text of which it is asked whether it will do, and which is read later.
    static func text(_ words: String, example: String, check: @escaping @Sendable (String) throws -> Bool)
        -> OptionForm
    {
        OptionForm(words, example: example, text: \.self) { try check($0) ? $0 : nil }
    }
}

// MARK: - Options that have one
extension Option {
    /// An option that has a value if it is not given.
    init(wrappedValue: Value, help: ArgumentHelp, form: OptionForm<Value>) {
        self.init(
            wrappedValue: wrappedValue, help: help.showing(default: form.text(wrappedValue)),
            completion: form.completion.kind, transform: form.with(default: wrappedValue).value)
    }

    /// An option that must be given.
    init(help: ArgumentHelp, form: OptionForm<Value>) {
        self.init(help: help, completion: form.completion.kind, transform: form.value)
    }

    /// An option that may be left out.
    init<Wrapped>(help: ArgumentHelp, form: OptionForm<Wrapped>) where Value == Wrapped? {
        self.init(help: help, completion: form.completion.kind, transform: form.value)
    }

    /// An option that may be given more than once.
    init<Element>(wrappedValue: [Element], help: ArgumentHelp, form: OptionForm<Element>) where Value == [Element] {
        let values = wrappedValue.map(form.text).joined(separator: ", ")
        self.init(
            wrappedValue: wrappedValue, help: values.isEmpty ? help : help.showing(default: values),
            completion: form.completion.kind, transform: form.value)
    }
}

extension Argument {
    /// What is told by its place, and must be.
    init(help: ArgumentHelp, form: OptionForm<Value>) {
        self.init(help: help, completion: form.completion.kind, transform: form.value)
    }

    /// The same of what may be left out.
    init<Wrapped>(help: ArgumentHelp, form: OptionForm<Wrapped>) where Value == Wrapped? {
        self.init(help: help, completion: form.completion.kind, transform: form.value)
    }
}

extension ArgumentHelp {
    /// As the library shows the defaults of what it reads by itself.
    fileprivate func showing(default value: String) -> ArgumentHelp {
        var help = self
        help.abstract += (help.abstract.isEmpty ? "" : " ") + "(default: \(value))"
        return help
    }
}

extension OptionForm where Value == Zone {
    /// A time zone.
    static var zone: OptionForm {
        OptionForm("a name of the IANA database", example: "Europe/Berlin", text: \.name) { text in
            guard let zone = ZoneDatabase.system.zone(named: text) else {
                throw Fault(description: "it \(ZoneDatabase.system.advice(for: text))")
            }
            return zone
        }
    }
}

extension OptionForm where Value == Instant {
    /// An instant.
    static var instant: OptionForm {
        OptionForm(
            "an instant by RFC 3339, with Z or an offset from UTC", example: "2026-03-01T09:00:00Z", text: \.rfc3339
        ) { try? Instant(rfc3339: $0) }
    }
}
