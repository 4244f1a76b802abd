/// Bars from left to right, one below the other: what is more and what is less, and of what it consists. Above each stands its
/// name, and behind it its figures.
struct BarChart {
    /// A bar.
    struct Bar {
        let name: String
        /// What stands behind it.
        let figures: String
        /// The lengths of its parts, one a series, in their order.
        let values: [Int]
    }

    let frame: ChartFrame
    let bars: [Bar]

    /// How long the longest bar is, in hundredths of the width: behind it there is room for its figures.
    private static let longest = 55.0
    private static let (rowHeight, barHeight) = (40.0, 14.0)
    /// How many letters of a name are shown; the table has all of it.
    private static let lettersOfName = 36

    /// The chart as SVG.
    var svg: String {
        let most = Double(bars.map { $0.values.reduce(0, +) }.max() ?? 0)
        return frame.markup(height: Double(bars.count) * Self.rowHeight + 2) { top, svg in
            for (index, bar) in bars.enumerated() {
                write(bar, y: top + Double(index) * Self.rowHeight, most: max(1, most), to: &svg)
            }
        }
    }

    private func write(_ bar: Bar, y: Double, most: Double, to svg: inout SVGText) {
        svg.text(
            "text", ("class", "name"), ("x", "0"), ("y", (y + 13).fixed), ("fill", "currentColor"), ("font-size", "13"),
            content: Self.shortened(bar.name))
        var x = 0.0
        for (series, value) in zip(frame.series, bar.values) where value > 0 {
            let width = Double(value) / most * Self.longest
            frame.write(
                series, x: x, y: y + 19, width: width, height: Self.barHeight.fixed,
                meaning: "\(bar.name): \(series.name) \(value)", to: &svg)
            x += width
        }
        svg.text(
            "text", ("x", x.percent), ("dx", x == 0 ? "0" : "8"), ("y", (y + 30).fixed), ("fill", "currentColor"),
            ("font-size", "12"), content: bar.figures)
    }

    private static func shortened(_ name: String) -> String {
        let scalars = name.unicodeScalars
        guard scalars.count > lettersOfName else { return name }
        return String(scalars.prefix(lettersOfName)) + "…"
    }
}
