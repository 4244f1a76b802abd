/// A field that clients edit, declared once: how it is read from a request and from a row of a file, its schema, what
/// the log says when it changes, and what an erasure takes of it all follow from here.
///
/// Its value is told apart from the record by a key path, and goes about as a `EditedValue`, so that whoever works through
/// the fields of a record needs to know none of them.
public final class EditedField<Record: Sendable>: Sendable {
    /// What the log, the history and its column call it.
    public let name: String
    /// The object of the record that it is a field of; nil where it is the record's own.
    public let group: FieldGroup?
    /// Where requests and answers have it: its own name, after that of its group where it has one.
    public let place: [String]
    /// What it is called there.
    public var ownName: String { place[place.count - 1] }
    /// What it takes.
    public let type: FieldType
    /// The words that it takes, or takes some of, where these are a closed set.
    public let words: [String]
    /// Whether there may be no value, so that an edit can take it away.
    public let isOptional: Bool
    /// What it tells of people.
    public let privacy: Privacy
    /// What it means, for whoever sends it.
    public let meaning: String
    /// The field's value; nil where there is none.
    public let value: @Sendable (Record) -> EditedValue?
    private let take: @Sendable (EditedValue?, inout Record) -> Bool
    private let path: any PartialKeyPath<Record> & Sendable
    /// What the log calls it, part by part.
    public let loggedNames: [String]
    /// What a search takes it for; nil where it does not look at it.
    package let search: SearchedField?

    /// The field that `path` leads to.
    ///
    /// - Parameter group: the object that it is a field of; its name begins with that of the group then.
    public init<Value: EditableValue>(
        _ ownName: String, of group: FieldGroup? = nil, _ path: any WritableKeyPath<Record, Value> & Sendable,
        _ type: FieldType, _ privacy: Privacy, _ meaning: String = "", search: SearchedField? = nil
    ) {
        let name = group.map { "\($0.name)_\(ownName)" } ?? ownName
        self.search = search
        self.name = name
        self.group = group
        place = (group.map { [$0.name] } ?? []) + [ownName]
        self.type = type
        words =
            switch type {
            case .word(let set), .words(let set): Self.words(set)
            default: []
            }
        self.privacy = privacy
        self.meaning = meaning
        self.path = path
        loggedNames = type.parts.map { $0.isEmpty ? name : "\(name)_\($0)" }
        isOptional = Value.mayBeMissing
        // What is stored in the record itself is read where it is: a key path looks its types up each time.
        if let offset = MemoryLayout<Record>.offset(of: path) {
            value = { record in
                withUnsafeBytes(of: record) { $0.load(fromByteOffset: offset, as: Value.self) }.editedValue
            }
        } else {
            value = { $0[keyPath: path].editedValue }
        }
        take = { value, record in
            guard let value = Value(editedValue: value) else { return false }
            record[keyPath: path] = value
            return true
        }
    }

    private static func words<Word: Vocabulary>(_: Word.Type) -> [String] { Word.allCases.map(\.rawValue) }

    /// Gives the field a value of its type, or takes it away where there may be none.
    public func set(_ value: EditedValue?, in record: inout Record) {
        precondition(take(value, &record), "\(name) can't be \(value.map { "\($0)" } ?? "nothing")")
    }

    /// Whether it is the field at that path.
    func isAt(_ path: PartialKeyPath<Record>) -> Bool { self.path as PartialKeyPath<Record> == path }
}

extension EditedField where Record: EditedRecord {
    /// A word of a closed set.
    public convenience init<Word: Vocabulary & EditableValue>(
        _ name: String, _ path: any WritableKeyPath<Record, Word> & Sendable, _ privacy: Privacy, _ meaning: String = ""
    ) {
        self.init(name, path, .word(Word.self), privacy, meaning)
    }

    /// A word of a closed set, or none.
    public convenience init<Word: Vocabulary & EditableValue>(
        _ name: String, _ path: any WritableKeyPath<Record, Word?> & Sendable, _ privacy: Privacy,
        _ meaning: String = ""
    ) {
        self.init(name, path, .word(Word.self), privacy, meaning)
    }
}

/// An object of a record that has fields of its own, each of which can be edited alone.
public struct FieldGroup: Sendable, Hashable {
    /// What requests and answers call it.
    public let name: String
    /// What it means, for whoever sends it.
    public let meaning: String

    /// An object of that name.
    init(_ name: String, _ meaning: String) {
        self.name = name
        self.meaning = meaning
    }
}

/// What has fields that clients edit.
public protocol EditedRecord: Sendable {
    /// All of them, in the order in which they are read and logged.
    static var editedFields: [EditedField<Self>] { get }
    /// The objects among them, in the same order, each with its fields: `EditedGroup.all(of: editedFields)`, once.
    static var editedGroups: [EditedGroup<Self>] { get }
}

/// An object of a record, with its fields.
public struct EditedGroup<Record: Sendable>: Sendable {
    /// The object.
    public let group: FieldGroup
    /// What can be edited of it, in order.
    public let fields: [EditedField<Record>]

    /// What requests and answers call it.
    public var name: String { group.name }
    /// What it means, for whoever sends it.
    public var meaning: String { group.meaning }

    /// The objects that some fields are of, in the order of these.
    static func all(of fields: [EditedField<Record>]) -> [EditedGroup] {
        var groups: [FieldGroup] = []
        for case let group? in fields.map(\.group) where !groups.contains(group) { groups.append(group) }
        return groups.map { group in EditedGroup(group: group, fields: fields.filter { $0.group == group }) }
    }
}

extension EditedRecord {
    /// What the log calls the fields, when they are edited, and what of them is personal.
    public static var loggedNames: [(name: String, privacy: Privacy)] {
        editedFields.flatMap { field in field.loggedNames.map { ($0, field.privacy) } }
    }

    /// Each of some fields that has a value, part by part, as the log calls it and writes it.
    public func loggedTexts(of fields: [EditedField<Self>] = editedFields) -> [(name: String, text: String)] {
        var texts: [(name: String, text: String)] = []
        texts.reserveCapacity(fields.count + 1)
        for field in fields {
            guard let value = field.value(self) else { continue }
            if let text = field.type.text(value) {
                texts.append((field.loggedNames[0], text))
            } else {
                for (name, text) in zip(field.loggedNames, field.type.texts(value)) {
                    if let text { texts.append((name, text)) }
                }
            }
        }
        return texts
    }

    /// Each field that changed from `before`, part by part: as it is, empty where it was taken away (a flag is false then), and
    /// as it was.
    public func changes(from before: Self) -> (facts: [Fact], texts: [Fact]) {
        var (facts, texts): ([Fact], [Fact]) = ([], [])
        for field in Self.editedFields {
            let (new, old) = (field.type.texts(field.value(self)), field.type.texts(field.value(before)))
            for (index, name) in field.loggedNames.enumerated() where !new[index].isExactly(old[index]) {
                var change = [Fact(name, .text(new[index] ?? field.type.absent))]
                if let old = old[index] { change.append(Fact(name + "_before", .text(old))) }
                if field.privacy.isText { texts += change } else { facts += change }
            }
        }
        return (facts, texts)
    }

    /// Whether every field has the same value, texts scalar by scalar.
    public func isExactly(_ other: Self) -> Bool {
        Self.editedFields.allSatisfy { $0.value(self) == $0.value(other) }
    }

    /// What a field means; the empty text where it speaks for itself.
    public static func meaning(of name: String) -> String {
        guard let field = editedFields.first(where: { $0.name == name }) else {
            preconditionFailure("\(name) is no field of \(self)")
        }
        return field.meaning
    }

    /// Takes away what an erasure takes of the record itself; what must have a value has the mark.
    public mutating func erase() {
        for field in Self.editedFields where field.privacy.leavesRecord {
            field.set(field.isOptional ? nil : .text(Erasure.mark), in: &self)
        }
    }
}
