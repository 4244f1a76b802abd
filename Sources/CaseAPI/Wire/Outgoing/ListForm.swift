import Complaints

/// How the items of a list are written.
struct ListForm<Item: Sendable>: Sendable {
    /// Writes an item as of an instant.
    let json: @Sendable (inout JSONWriter, Item, Instant) -> Void
    /// The names of the columns, none where nothing that was asked for has one.
    let columns: [String]
    /// Writes an item as of an instant as a record.
    let record: @Sendable (inout CSVWriter, Item, Instant) -> Void
    /// Whether the items are known as they were at an earlier instant.
    let hasHistory: Bool
    /// What there is of an item.
    let names: [MemberName]
    private let select: @Sendable (FieldSelection) -> ListForm

    /// Items that are shown in that form, seen as of an instant.
    init<View>(
        _ form: ItemForm<View>, hasHistory: Bool = true, _ view: @escaping @Sendable (Item, Instant) -> View
    ) {
        json = { [json = form.json] writer, item, now in json(&writer, view(item, now)) }
        columns = form.columns.names
        record = { [columns = form.columns] csv, item, now in csv.record(view(item, now), columns) }
        names = form.names
        self.hasHistory = hasHistory
        select = { ListForm(form.selecting($0), hasHistory: hasHistory, view) }
    }

    /// Items that are shown as they are, whenever that is.
    init(_ form: ItemForm<Item>, hasHistory: Bool = true) {
        self.init(form, hasHistory: hasHistory) { item, _ in item }
    }

    /// The same with those of their members alone that were asked for; nil for all.
    func selecting(_ selection: FieldSelection?) -> ListForm { selection.map(select) ?? self }

    /// The header record.
    func header(_ csv: inout CSVWriter) {
        csv.names(columns)
    }
}
