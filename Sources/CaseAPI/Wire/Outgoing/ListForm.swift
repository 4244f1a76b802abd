import Complaints

/// How the items of a list are written.
struct ListForm<Item: Sendable>: Sendable {
    /// Writes an item as of an instant.
    let json: @Sendable (inout JSONWriter, Item, Instant) -> Void
    /// The header record.
    let header: @Sendable (inout CSVWriter) -> Void
    /// Writes an item as of an instant as a record.
    let record: @Sendable (inout CSVWriter, Item, Instant) -> Void
    /// Whether the items are known as they were at an earlier instant.
    let hasHistory: Bool

    /// Items that are shown by those members, seen as of an instant.
    init<View>(
        _ members: [Shown<View>], columns: CSVColumns<View>? = nil, hasHistory: Bool = true,
        _ view: @escaping @Sendable (Item, Instant) -> View
    ) {
        let columns = columns ?? members.columns()
        let write = Shown<View>.writer(members)
        json = { json, item, now in json.object { json in write(view(item, now), &json) } }
        header = { csv in csv.header(columns) }
        record = { csv, item, now in csv.record(view(item, now), columns) }
        self.hasHistory = hasHistory
    }

    /// Items that JSON shows in a way of its own.
    init(columns: CSVColumns<Item>, _ json: @escaping @Sendable (inout JSONWriter, Item) -> Void) {
        self.json = { writer, item, _ in json(&writer, item) }
        header = { csv in csv.header(columns) }
        record = { csv, item, _ in csv.record(item, columns) }
        hasHistory = true
    }

    /// Items that are shown as they are, whenever that is.
    init(_ members: [Shown<Item>], columns: CSVColumns<Item>? = nil, hasHistory: Bool = true) {
        self.init(members, columns: columns, hasHistory: hasHistory) { item, _ in item }
    }
}
