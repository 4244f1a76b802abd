import Complaints

/// How the items of a list are written.
struct ListForm<Item: Sendable>: Sendable {
    /// Writes an item as of an instant.
    let json: @Sendable (inout JSONWriter, Item, Instant) -> Void
    let columns: [CSVColumn<Item>]
}
