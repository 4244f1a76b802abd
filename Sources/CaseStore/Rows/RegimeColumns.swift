import Complaints

/// The columns of a version of a regime, and how they become it.
enum RegimeColumns {
    /// In the order in which they are read.
    static let names = [
        "title", "authority", "source", "calendar", "received_closed", "valid_from", "valid_until", "stages",
    ]

    /// The version of that name and number, of its columns from that place on.
    static func regime(_ row: Columns, at first: Int, named name: String, version: Int64) throws -> Regime {
        Regime(
            name: name, title: row.text(first), authority: row.text(first + 1), source: row.text(first + 2),
            calendar: row.text(first + 3), receivedClosed: try row.word(first + 4),
            validFrom: try CalendarTexts.date(row.optionalText(first + 5)),
            validUntil: try CalendarTexts.date(row.optionalText(first + 6)),
            stages: try RegimeTexts.stages(row.text(first + 7)), version: version)
    }
}
