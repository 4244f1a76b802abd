import Complaints

// Objects, and lists of them.
extension Shown {
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

extension Schema {
    /// An object of exactly these members.
    static func object<Item>(_ members: [Shown<Item>]) -> Schema { .object(members.map(\.field)) }
}
