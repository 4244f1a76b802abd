// Members of a part, as members of the whole.
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
