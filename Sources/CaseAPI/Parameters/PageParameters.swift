import CaseStore
import Complaints

/// What every list is asked for besides its filters: which part of it, in which form, and as of when.
struct PageParameters {
    let limit: Int?
    let asOf: Instant?
    let table: TableParameters<Representation>
    /// Which members of each item; nil for all.
    let fields: FieldSelection?
    /// As it was sent.
    let cursor: String?

    /// How many items a page has when nobody says.
    static let usualLimit = 50
    static let mostItems: Int64 = 500

    /// - Parameters:
    ///   - names: the members of an item.
    ///   - hasHistory: whether the list can be told for an earlier instant.
    init(_ query: inout QueryReader, of names: [MemberName], hasHistory: Bool) {
        limit = query.integer(
            "limit", in: 1...Self.mostItems,
            "How many on a page; without it \(Self.usualLimit), and for CSV all.", example: 20
        ).map(Int.init)
        asOf = hasHistory ? query.asOf() : nil
        table = TableParameters(&query)
        fields = query.fields(among: names)
        cursor = query.text(
            Self.cursorName, "Where the page begins: next of the page before, of the same query.",
            // It can only come from an answer.
            example: .null, Schema(["type": "string", "pattern": "^[A-Za-z0-9_-]+$"]))
    }

    static let cursorName = "cursor"
}
