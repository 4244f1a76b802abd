/// Bars from left to right, one below the other: what is more and what is less, and of what it consists. Above each stands its
/// name, with its figures at the other end of the line; the longest is as wide as the picture.
struct BarChart {
    /// A bar.
    struct Bar {
        let name: String
        /// What stands above its end.
        let figures: String
        /// The lengths of its parts, one a series, in their order.
        let values: [Int]
    }

    let frame: ChartFrame
    let bars: [Bar]

    /// How long the longest bar is, in hundredths of the width: its outline has room, too.
    private static let longest = 99.5
    private static let (rowHeight, barHeight) = (42.0, 14.0)
    /// How many letters of a name are shown, on a narrow screen and on others; the table has all of it.
    private static let (fewLetters, letters) = (16, 26)

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
        svg.name(bar.name, y: y + 13, few: Self.fewLetters, most: Self.letters)
        svg.text(
            "text", ("class", "figures"), ("x", Self.longest.percent), ("y", (y + 13).fixed), ("text-anchor", "end"),
            ("fill", "currentColor"), ("font-size", "12"), content: bar.figures)
        var x = 0.0
        for (series, value) in zip(frame.series, bar.values) where value > 0 {
            let width = Double(value) / most * Self.longest
            frame.write(
                series, x: x, y: y + 19, width: width, height: Self.barHeight.fixed,
                meaning: Texts.valueOfBar(bar.name, series.name, value), to: &svg)
            x += width
        }
    }
}
