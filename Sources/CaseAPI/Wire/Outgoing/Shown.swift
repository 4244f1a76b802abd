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

        func text(for name: String) -> String? {
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
