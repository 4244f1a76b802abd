/// The table beside a chart: all that the chart shows, and what it has no room for.
struct FiguresTable {
    struct Column {
        /// What its cells are.
        enum Kind {
            case words
            /// Numbers, which stand one below the other by their last digit.
            case figures
            /// Dates, written as ISO 8601 has them.
            case days
            /// Instants of RFC 3339.
            case instants
        }

        let name: String
        var kind = Kind.figures
    }

    let columns: [Column]
    /// A cell a column. The first one says what its row is of.
    let rows: [[String]]
    /// Whether the last row is of all others.
    var hasTotal = true

    /// Whether its rows are scrolled through in a place of its own, so that the page goes on below the chart.
    var isLong: Bool { rows.count > Self.mostAtOnce }

    /// As many rows as are about as high as a chart.
    private static let mostAtOnce = 10
}
