import Complaints

/// A member of what is answered, said once: how it is written as JSON, its columns as CSV and its schema follow from
/// it, and so does that nobody can send it where it is not to be edited.
struct Shown<Item>: Sendable {
    /// Its name, what it means and its schema.
    let field: Field
    /// Writes it as a member of the object that is being written; nothing where the item does not have it.
    let write: @Sendable (Item, inout JSONWriter) -> Void
    /// Nil where there are none.
    let columns: CSVColumns<Item>?
    /// Columns of which there are as many as the items need.
    var columnsOfAll: (@Sendable ([Item]) -> CSVColumns<Item>)?
    /// The members of an object, or of the objects of a list.
    var parts: [MemberName] = []
    /// The same with some of these alone.
    var selecting: (@Sendable (FieldSelection) -> Shown)?

    var name: String { field.name }

    /// What the columns of a member are called.
    enum ColumnName {
        /// As the member is.
        case same
        case named(String)
        /// It has none.
        case without

        fileprivate func text(for name: String) -> String? {
            switch self {
            case .same: name
            case .named(let text): text
            case .without: nil
            }
        }
    }

    /// A value by that schema.
    static func value<Value: ShownValue>(
        _ name: String, _ schema: Schema, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown {
        let key = JSONWriter.key(name)
        return Shown(
            field: Value.mayBeNull ? .nullable(name, schema, meaning) : .always(name, schema, meaning),
            write: { item, json in
                json.begin(key: key)
                value(item).write(to: &json)
            },
            columns: column.text(for: name).map { name in CSVColumns(name, value) })
    }

    /// An object.
    ///
    /// - Parameters:
    ///   - columns: what the names of its columns begin with; nil where it has none.
    ///   - members: what there is of the part.
    ///   - schema: by which the document has such an object; nil where it spells it out.
    static func object<Part>(
        _ name: String, _ meaning: String = "", columns: String? = nil, of members: [Shown<Part>],
        schema: Schema? = nil, _ part: @escaping @Sendable (Item) -> Part
    ) -> Shown {
        let key = JSONWriter.key(name)
        let write = Shown<Part>.writer(members)
        var shown = Shown(
            field: .always(name, schema ?? .object(members), meaning),
            write: { item, json in
                json.begin(key: key)
                json.needsComma = false
                json.object { json in write(part(item), &json) }
            },
            columns: columns.map { prefix in members.columns().of(prefix) { part($0) } })
        shown.parts = members.map(\.memberName)
        shown.selecting = { object(name, meaning, columns: columns, of: members.selected($0), schema: schema, part) }
        return shown
    }

    /// The same where there may be none: null then.
    static func objectOrNull<Part>(
        _ name: String, _ meaning: String = "", columns: String? = nil, of members: [Shown<Part>],
        schema: Schema? = nil, _ part: @escaping @Sendable (Item) -> Part?
    ) -> Shown {
        let key = JSONWriter.key(name)
        let write = Shown<Part>.writer(members)
        var shown = Shown(
            field: .nullable(name, schema ?? .object(members), meaning),
            write: { item, json in
                json.begin(key: key)
                guard let part = part(item) else { return json.append("null" as StaticString) }
                json.needsComma = false
                json.object { json in write(part, &json) }
            },
            columns: columns.map { prefix in members.columns().of(prefix, part) })
        shown.parts = members.map(\.memberName)
        shown.selecting = {
            objectOrNull(name, meaning, columns: columns, of: members.selected($0), schema: schema, part)
        }
        return shown
    }

    /// A list of objects, which has no columns.
    static func objects<Part>(
        _ name: String, _ meaning: String = "", of members: [Shown<Part>], schema: Schema? = nil,
        bounds: ClosedRange<Int>? = nil, _ parts: @escaping @Sendable (Item) -> [Part]
    ) -> Shown {
        let key = JSONWriter.key(name)
        let write = Shown<Part>.writer(members)
        var shown = Shown(
            field: .always(name, .array(schema ?? .object(members), bounds), meaning),
            write: { item, json in
                json.begin(key: key)
                json.needsComma = false
                json.array { json in
                    for part in parts(item) { json.object { json in write(part, &json) } }
                }
            },
            columns: nil)
        shown.parts = members.map(\.memberName)
        shown.selecting = { objects(name, meaning, of: members.selected($0), schema: schema, bounds: bounds, parts) }
        return shown
    }

    /// A member that is written in a way of its own, and has no columns.
    static func written(
        _ field: Field, _ write: @escaping @Sendable (Item, inout JSONWriter) -> Void
    ) -> Shown {
        let key = JSONWriter.key(field.name)
        return Shown(
            field: field,
            write: { item, json in
                json.begin(key: key)
                json.needsComma = false
                write(item, &json)
                json.needsComma = true
            },
            columns: nil)
    }

    /// What writes several, one after the other. A closure of closures as for columns, and for the same reason.
    static func writer(_ members: [Shown]) -> @Sendable (Item, inout JSONWriter) -> Void {
        guard let first = members.first else { return { (_: Item, _: inout JSONWriter) in } }
        guard members.count > 1 else { return first.write }
        let head = writer(Array(members.prefix(members.count / 2)))
        let tail = writer(Array(members.dropFirst(members.count / 2)))
        return { item, json in
            head(item, &json)
            tail(item, &json)
        }
    }

    /// A sum of each currency there is any of. Each has a column of its own: a spreadsheet can add it up.
    static func sums(
        _ name: String, _ meaning: String = "", _ amounts: @escaping @Sendable (Item) -> [Money]
    ) -> Shown {
        var shown = objects(name, meaning, of: Money.shown, amounts)
        shown = Shown(field: .always(name, .named("Sums"), meaning), write: shown.write, columns: nil)
        shown.columnsOfAll = { items in
            CSVColumns(
                Set(items.flatMap(amounts).map(\.currency.code)).sorted().map { code in
                    CSVColumns("\(name)_\(code)") { amounts($0).first { $0.currency.code == code }?.amount }
                })
        }
        return shown
    }
}

extension Money {
    static let shown: [Shown<Money>] = [
        .value("currency", .named("Currency")) { $0.currency.code },
        .count("amount", "In minor units.") { $0.amount },
    ]
}

// MARK: - By what a value is
extension Shown {
    static func id<Value: ShownValue>(
        _ name: String, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .id, meaning, column: column, value) }

    /// Text of whatever length.
    static func text<Value: ShownValue>(
        _ name: String, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .text, meaning, column: column, value) }

    /// How many there are, or how long it takes in whole seconds: never negative.
    static func count<Value: ShownValue>(
        _ name: String, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .count, meaning, column: column, value) }

    /// A length of time in seconds with three decimals: never negative.
    static func seconds(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> ElapsedTime?
    ) -> Shown { .value(name, .seconds, meaning) { value($0).map(ExactSeconds.init) } }

    /// A length of time in days with three decimals: never negative.
    static func days(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> ElapsedTime?
    ) -> Shown { .value(name, .days, meaning) { value($0).map(ExactDays.init) } }

    static func flag<Value: ShownValue>(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .flag, meaning, value) }

    static func instant<Value: ShownValue>(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .utcInstant, meaning, value) }

    static func duration<Value: ShownValue>(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .duration, meaning, value) }

    static func businessDuration<Value: ShownValue>(
        _ name: String, _ meaning: String = "", _ value: @escaping @Sendable (Item) -> Value
    ) -> Shown { .value(name, .businessDuration, meaning, value) }

    /// A word of a closed set.
    static func word<Word: Vocabulary>(
        _ name: String, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Word
    ) -> Shown { .value(name, .word(of: Word.self), meaning, column: column) { ShownWord(word: value($0)) } }

    /// The same where there may be none.
    static func wordOrNull<Word: Vocabulary>(
        _ name: String, _ meaning: String = "", column: ColumnName = .same,
        _ value: @escaping @Sendable (Item) -> Word?
    ) -> Shown { .value(name, .word(of: Word.self), meaning, column: column) { value($0).map(ShownWord.init) } }
}

// MARK: - Of a part
extension Shown {
    /// A member of a part, as one of the whole.
    static func of<Part>(_ member: Shown<Part>, _ part: @escaping @Sendable (Item) -> Part) -> Shown {
        var shown = Shown(
            field: member.field, write: { item, json in member.write(part(item), &json) },
            columns: member.columns?.of(part))
        if let columns = member.columnsOfAll {
            shown.columnsOfAll = { items in columns(items.map(part)).of(part) }
        }
        shown.parts = member.parts
        if let select = member.selecting { shown.selecting = { Shown.of(select($0), part) } }
        return shown
    }

    /// A member of a part that not every item has: it is missing without it, and has no columns.
    static func ifAny<Part>(_ member: Shown<Part>, _ part: @escaping @Sendable (Item) -> Part?) -> Shown {
        var shown = Shown(
            field: Field(name: member.field.name, schema: member.field.schema, isRequired: false),
            write: { item, json in if let part = part(item) { member.write(part, &json) } },
            columns: nil)
        shown.parts = member.parts
        if let select = member.selecting { shown.selecting = { Shown.ifAny(select($0), part) } }
        return shown
    }
}

extension Array {
    /// The members of a part, as members of the whole.
    static func of<Whole, Part>(
        _ members: [Shown<Part>], _ part: @escaping @Sendable (Whole) -> Part
    ) -> [Shown<Whole>] where Element == Shown<Whole> {
        members.map { .of($0, part) }
    }

    /// The members of a part that not every item has.
    static func ifAny<Whole, Part>(
        _ members: [Shown<Part>], _ part: @escaping @Sendable (Whole) -> Part?
    ) -> [Shown<Whole>] where Element == Shown<Whole> {
        members.map { .ifAny($0, part) }
    }

    /// Their names.
    func names<Item>() -> [String] where Element == Shown<Item> {
        map(\.name)
    }

    /// All of their columns.
    func columns<Item>() -> CSVColumns<Item> where Element == Shown<Item> {
        CSVColumns(compactMap(\.columns))
    }
}

extension Schema {
    /// An object of exactly these members.
    static func object<Item>(_ members: [Shown<Item>]) -> Schema { .object(members.map(\.field)) }
}

extension JSONWriter {
    /// What of a member is the same for every item: its name, ready to be written.
    static func key(_ name: String) -> [UInt8] {
        var writer = JSONWriter(capacity: name.utf8.count + 3)
        writer.append(escaped: name)
        writer.append(UInt8(ascii: ":"))
        return writer.bytes
    }

    mutating func begin(key: [UInt8]) {
        if needsComma { append(UInt8(ascii: ",")) }
        needsComma = true
        key.withUnsafeBufferPointer { append($0) }
    }

    /// An object as a whole text, or an item of an array.
    mutating func write<Item>(_ item: Item, _ members: [Shown<Item>]) {
        object { json in json.writeMembers(of: item, members) }
    }

    /// As members of the object that is being written.
    mutating func writeMembers<Item>(of item: Item, _ members: [Shown<Item>]) {
        // By their indices: a loop over the members copies each of them, closures and schema, to call one closure.
        for index in members.indices { members[index].write(item, &self) }
    }
}
