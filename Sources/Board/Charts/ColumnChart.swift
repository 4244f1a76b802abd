/// Columns by day or week: what becomes of something in time. Below each group of them stands what it is of, and whatever else
/// belongs to the figures, such as what they are a share of.
struct ColumnChart {
    /// The columns of one day or week.
    struct Group {
        let label: String
        /// Lines below the label.
        let notes: [String]
        /// One a series, in their order; nil where there is nothing to tell.
        let values: [Double?]
    }

    let frame: ChartFrame
    let scale: ChartScale
    let groups: [Group]
    /// How a value is written.
    let written: (Double) -> String

    private static let plotHeight = 140.0
    /// Above the plot, for the topmost figure of the scale.
    private static let headroom = 12.0
    /// Left of the plot, for the figures of the scale; as all that goes across, in hundredths of the width.
    private static let margin = 14.0
    /// Right of it, for the half of the last label.
    private static let rightMargin = 6.0
    /// The widths for which it is reckoned how many labels have room, and what a letter takes, in pixels.
    private static let (narrow, wide, letter) = (270.0, 600.0, 6.6)

    /// The chart as SVG.
    var svg: String {
        let lines = 1 + (groups.map(\.notes.count).max() ?? 0)
        let height = Self.headroom + Self.plotHeight + Double(lines) * ChartFrame.lineHeight + 4
        return frame.markup(height: height) { top, svg in
            let floor = top + Self.headroom + Self.plotHeight
            writeScale(floor: floor, to: &svg)
            let slot = (100 - Self.margin - Self.rightMargin) / Double(max(1, groups.count))
            for (index, group) in groups.enumerated() {
                write(group, x: Self.margin + Double(index) * slot, slot: slot, floor: floor, to: &svg)
            }
            writeLabels(slot: slot, floor: floor, to: &svg)
        }
    }

    private func writeScale(floor: Double, to svg: inout SVGText) {
        for tick in scale.ticks {
            let y = floor - scale.share(tick) * Self.plotHeight
            svg.element(
                "line", ("x1", Self.margin.percent), ("x2", "100%"), ("y1", y.fixed), ("y2", y.fixed),
                ("stroke", "currentColor"), ("stroke-opacity", tick == 0 ? "1" : "0.25"))
            svg.text(
                "text", ("x", Self.margin.percent), ("dx", "-5"), ("y", (y + 4).fixed), ("text-anchor", "end"),
                ("fill", "currentColor"), ("font-size", "11"), content: written(tick))
        }
    }

    private func write(_ group: Group, x: Double, slot: Double, floor: Double, to svg: inout SVGText) {
        let inner = slot * 0.8
        let width = inner / Double(max(1, frame.series.count))
        for (index, (series, value)) in zip(frame.series, group.values).enumerated() {
            guard let value else { continue }
            let height = scale.share(value) * Self.plotHeight
            frame.write(
                series, x: x + slot * 0.1 + Double(index) * width, y: floor - height, width: width * 0.9,
                height: height.fixed, meaning: "\(group.label): \(series.name) \(written(value))", to: &svg)
        }
    }

    /// Where there is no room for all, every second one is left out, or every third: on a narrow screen more of them.
    private func writeLabels(slot: Double, floor: Double, to svg: inout SVGText) {
        let longest = groups.flatMap { [$0.label] + $0.notes }.map(\.unicodeScalars.count).max() ?? 0
        let room = Double(longest + 1) * Self.letter
        func interval(_ width: Double) -> Int { max(1, Int((room / (slot / 100 * width)).rounded(.up))) }
        let (always, often) = (interval(Self.narrow), interval(Self.wide))
        for (index, group) in groups.enumerated() {
            // Counted from the last one, which is the one that is looked for.
            let place = groups.count - 1 - index
            guard place % always == 0 || place % often == 0 else { continue }
            let visibility = place % often != 0 ? "narrow" : place % always != 0 ? "wide" : "all"
            let x = Self.margin + (Double(index) + 0.5) * slot
            for (line, text) in ([group.label] + group.notes).enumerated() {
                svg.text(
                    "text", ("class", visibility), ("x", x.percent),
                    ("y", (floor + Double(line + 1) * ChartFrame.lineHeight - 2).fixed), ("text-anchor", "middle"),
                    ("fill", "currentColor"), ("font-size", "11"), content: text)
            }
        }
    }
}
