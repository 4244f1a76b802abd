import Complaints

// What an object is called, and the forms it can have. A request is of one form; the description has all of them.

/// One of the forms that an object can have.
struct Form<Value: Sendable>: Sendable {
    let value: Value
    /// What its schema's name begins with.
    let name: String
    let meaning: String

    init(_ value: Value, _ name: String, _ meaning: String = "") {
        self.value = value
        self.name = name
        self.meaning = meaning
    }
}

extension FieldReader {
    /// Says the name of the object's schema, and what the object is; the last one that is said counts.
    ///
    /// - Parameter forms: what the names of its forms end in, where that is not the name.
    func named(_ name: String, _ meaning: @autoclosure () -> String = "", forms: String? = nil) {
        recorder?.name(name, meaning(), forms: forms ?? name)
    }

    /// Tells forms apart: each is described, one after the other; of a request it is what `decide` says.
    func form<Value: Sendable>(_ forms: @autoclosure () -> [Form<Value>], _ decide: () -> Value) -> Value {
        guard let recorder else { return decide() }
        return recorder.form(of: forms())
    }

    /// A flag that decides about other fields.
    func required(
        _ name: String, forms: @autoclosure () -> [Form<Bool>], placeholder: Bool
    ) -> Bool {
        guard let recorder else { return required(name, .flag, placeholder: placeholder) }
        return recorder.note(name, deciding: forms()) { .flag($0) }
    }

    /// A word that decides about other fields.
    func required<Word: Vocabulary>(
        _ name: String, forms: @autoclosure () -> [Form<Word>], placeholder: Word
    ) -> Word {
        guard let recorder else { return required(name, .word, placeholder: placeholder) }
        return recorder.note(name, deciding: forms()) { .word($0.rawValue) }
    }

    /// A word that decides which other fields there are: without it, nothing is said of them.
    func kind<Word: Vocabulary>(_ name: String, among words: [Word] = Array(Word.allCases)) -> Word? {
        if let recorder {
            return recorder.note(name, deciding: words.map { Form($0, $0.rawValue.pascalCased) }) { .word($0.rawValue) }
        }
        if has(name) {
            if let word = optional(name, .word(in: words)) { return word }
        } else {
            reportMissing(name, "must be one of \(words.map(\.rawValue).joined(separator: ", ")).")
        }
        ignoreTheRest()
        return nil
    }

    /// Whether a field was sent that is not to be, in this form of the object. What to say then is the reader's.
    func has(refused name: String) -> Bool {
        recorder?.note(name, .null, "", .absent)
        return has(name)
    }

    /// Which of some fields were sent, of which there is to be exactly one. What to say otherwise is the reader's.
    func given(exactlyOneOf names: [String]) -> [String] {
        guard let recorder else { return names.filter { has($0) } }
        recorder.requireOne(of: names)
        return []
    }

    /// Which of some fields were sent, of which there is to be one at most. What to say otherwise is the reader's.
    func given(atMostOneOf names: [String]) -> [String] {
        guard let recorder else { return names.filter { has($0) } }
        recorder.refuseTwo(of: names)
        return []
    }
}

extension String {
    /// A word of JSON as the name of a schema has it: `threat_assessment` is `ThreatAssessment`.
    var pascalCased: String {
        split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
