/// What every chart has: the name by which screen readers tell it, what is to be seen in it in words, and how its series are
/// told apart.
struct ChartFrame {
    /// One of what a chart compares.
    struct Series {
        let name: String
        let texture: ChartTexture
    }

    /// Of the chart in its page, in letters and hyphens: its elements are referred to by it.
    let id: String
    let title: String
    /// What is to be seen in it, in a sentence or two.
    let summary: String
    let series: [Series]

    /// How high a line of the legend or of labels is, in pixels.
    static let lineHeight = 16.0
    private static let swatch = 11.0

    /// In pixels; nothing where a single series needs no legend.
    var legendHeight: Double {
        series.count < 2 ? 0 : Double((series.count + 1) / 2) * Self.lineHeight + 8
    }

    /// The whole chart.
    ///
    /// - Parameters:
    ///   - height: of what stands below the legend, in pixels.
    ///   - content: writes that. Its first argument is where it begins, in pixels from the top.
    func markup(height: Double, _ content: (Double, inout SVGText) -> Void) -> String {
        var svg = SVGText()
        svg.element(
            "svg", ("class", "chart"), ("role", "img"), ("aria-labelledby", "\(id)-title \(id)-summary"),
            ("width", "100%"), ("height", (legendHeight + height).fixed)
        ) { svg in
            svg.text("title", ("id", "\(id)-title"), content: title)
            svg.text("desc", ("id", "\(id)-summary"), content: summary)
            svg.element("defs") { svg in
                for texture in ChartTexture.allCases where series.contains(where: { $0.texture == texture }) {
                    texture.write(patternOf: id, to: &svg)
                }
            }
            if series.count > 1 { writeLegend(to: &svg) }
            content(legendHeight, &svg)
        }
        return svg.markup
    }

    /// Two series a line.
    private func writeLegend(to svg: inout SVGText) {
        for (index, series) in series.enumerated() {
            let x = index % 2 == 0 ? 0.0 : 50
            let y = Double(index / 2) * Self.lineHeight + 2
            svg.element(
                "rect", ("x", x.percent), ("y", y.fixed), ("width", Self.swatch.fixed), ("height", Self.swatch.fixed),
                ("transform", "translate(1)"), ("class", "mark \(series.texture.rawValue)"),
                ("fill", series.texture.fill(in: id)), ("stroke", "currentColor"))
            svg.text(
                "text", ("x", x.percent), ("dx", "18"), ("y", (y + 10).fixed), ("fill", "currentColor"),
                ("font-size", "12"), content: series.name)
        }
    }

    /// Writes the mark of a value: a rectangle that tells what it stands for when it is pointed at.
    func write(
        _ series: Series, x: Double, y: Double, width: Double, height: String, meaning: String, to svg: inout SVGText
    ) {
        svg.element(
            "rect", ("x", x.percent), ("y", y.fixed), ("width", width.percent), ("height", height),
            ("class", "mark \(series.texture.rawValue)"), ("fill", series.texture.fill(in: id)),
            ("stroke", "currentColor")
        ) { $0.text("title", content: meaning) }
    }
}
