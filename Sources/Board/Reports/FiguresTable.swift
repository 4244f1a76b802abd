/// The table beside a chart: all that the chart shows, and what it has no room for.
struct FiguresTable {
    struct Column {
        let name: String
        /// Whether its cells are numbers, which stand one below the other by their last digit.
        var isNumber = true
    }

    let columns: [Column]
    /// A cell a column. The first one says what its row is of.
    let rows: [[String]]
    /// Whether the last row is of all others.
    var hasTotal = true
}
