/// Something that happened and is to be written to the log. Entries are never changed or deleted (T5).
public struct LogDraft: Sendable, Hashable {
    /// Decides which facts and texts the entry has.
    public let kind: LogKind
    /// When it happened.
    public let at: Instant
    /// The promise it is about; nil when it is about no single one.
    public let promiseID: Int64?
    /// Who did it, when that is not whoever makes the change: the desk's policy.
    public var actor: Actor?
    /// What is neither free text nor personal; the history's hash chain covers it as it is.
    public var facts: [Fact]
    /// Free text and personal fields; the hash chain covers a salted digest, so that an erasure leaves it whole.
    public var texts: [Fact]

    /// An entry yet to be written, with what its kind's `form` asks for: its number, stamp and actor come with the
    /// writing.
    public init(_ kind: LogKind, at: Instant, promiseID: Int64? = nil, facts: [Fact] = [], texts: [Fact] = []) {
        self.kind = kind
        self.at = at
        self.promiseID = promiseID
        self.facts = facts
        self.texts = texts
    }
}

/// A named value in a log entry.
public struct Fact: Sendable, Hashable {
    /// What a fact can hold; each has one form in JSON.
    public enum Value: Sendable, Hashable {
        case text(String)
        case texts([String])
        case integer(Int64)
        case boolean(Bool)
        case instant(Instant)
    }

    /// The JSON word of the field it tells of.
    public let name: String
    /// What the field was at that time.
    public let value: Value

    /// A fact of that name.
    public init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}

extension LogEntry {
    /// The text of that name, if the entry has one.
    public func text(_ name: String) -> String? {
        if case .text(let text) = value(name) { text } else { nil }
    }

    /// The list of that name; empty when the entry has none.
    public func texts(_ name: String) -> [String] {
        if case .texts(let texts) = value(name) { texts } else { [] }
    }

    /// The whole number of that name, if the entry has one.
    public func integer(_ name: String) -> Int64? {
        if case .integer(let integer) = value(name) { integer } else { nil }
    }

    /// The yes or no of that name, if the entry has one.
    public func flag(_ name: String) -> Bool? {
        if case .boolean(let flag) = value(name) { flag } else { nil }
    }

    /// The instant of that name, if the entry has one.
    public func instant(_ name: String) -> Instant? {
        switch value(name) {
        case .instant(let instant): instant
        // As the record has it.
        case .text(let text): try? Instant(rfc3339: text)
        default: nil
        }
    }

    /// The word of that name, if the entry has one of that set.
    public func word<Word: Vocabulary>(_ name: String) -> Word? {
        text(name).flatMap(Word.init(rawValue:))
    }

    private func value(_ name: String) -> Fact.Value? {
        (facts.first { $0.name == name } ?? texts.first { $0.name == name })?.value
    }
}

/// An entry of the log as it stands there.
public struct LogEntry: Sendable, Hashable {
    /// Whose log it is in.
    public let subject: LogSubject
    /// 1 for the first entry about it, and one more for each.
    public let seq: Int64
    /// Decides which facts and texts the entry has.
    public let kind: LogKind
    /// When it happened.
    public let at: Instant
    /// The stamp of the batch it was written in; for imported history, the same as `at`.
    public let recordedAt: Instant
    /// Who acted: `Casekeeper-Actor` when it was sent, else the token's name.
    public let actor: String
    /// The token behind the actor, if any.
    public let tokenName: String?
    /// The promise it is about; nil when it is about no single one.
    public let promiseID: Int64?
    /// What is neither free text nor personal; hashed as it is.
    public let facts: [Fact]
    /// Free text and personal fields; the chain covers their salted digest.
    public let texts: [Fact]
    /// Whether it tells of history from another system.
    public let imported: Bool

    /// An entry as it stands on record.
    public init(
        subject: LogSubject, seq: Int64, kind: LogKind, at: Instant, recordedAt: Instant, actor: String,
        tokenName: String?, promiseID: Int64?, facts: [Fact], texts: [Fact], imported: Bool
    ) {
        self.subject = subject
        self.seq = seq
        self.kind = kind
        self.at = at
        self.recordedAt = recordedAt
        self.actor = actor
        self.tokenName = tokenName
        self.promiseID = promiseID
        self.facts = facts
        self.texts = texts
        self.imported = imported
    }
}
