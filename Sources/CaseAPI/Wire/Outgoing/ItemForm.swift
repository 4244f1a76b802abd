import Complaints

/// How one thing is written, as JSON and as a record of CSV: all of it, or those of its members that were asked for.
struct ItemForm<View>: Sendable {
    /// What there is of it.
    let names: [MemberName]
    /// Writes it as a whole text, or as an item of an array.
    let json: @Sendable (inout JSONWriter, View) -> Void
    let columns: CSVColumns<View>
    private let select: @Sendable (FieldSelection) -> ItemForm

    /// What is shown by those members.
    init(_ members: [Shown<View>], columns: CSVColumns<View>? = nil) {
        let write = Shown<View>.writer(members)
        names = members.map(\.memberName)
        json = { json, view in json.object { json in write(view, &json) } }
        self.columns = columns ?? members.columns()
        select = { ItemForm(members.selected($0)) }
    }

    /// What JSON shows in a way of its own.
    init(
        names: [MemberName], columns: CSVColumns<View>, json: @escaping @Sendable (inout JSONWriter, View) -> Void,
        select: @escaping @Sendable (FieldSelection) -> ItemForm
    ) {
        self.names = names
        self.json = json
        self.columns = columns
        self.select = select
    }

    /// The same with those of its members alone that were asked for; nil for all.
    func selecting(_ selection: FieldSelection?) -> ItemForm { selection.map(select) ?? self }
}
