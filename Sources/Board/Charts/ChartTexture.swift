/// How the marks of a series are told from those of the others, in grey print and by whoever sees no colours, too.
enum ChartTexture: String, CaseIterable {
    case solid, hatched, dotted, outlined

    /// What the marks of a chart are filled with.
    ///
    /// - Parameter chart: the chart's name, which no other one on the page has.
    func fill(in chart: String) -> String {
        switch self {
        case .solid: "currentColor"
        case .hatched, .dotted: "url(#\(chart)-\(rawValue))"
        case .outlined: "none"
        }
    }

    /// The pattern that the fill refers to, where it does.
    func write(patternOf chart: String, to svg: inout SVGText) {
        switch self {
        case .solid, .outlined: break
        case .hatched:
            pattern(of: chart, rotated: true, to: &svg) {
                $0.element("rect", ("width", "2.5"), ("height", "5"), ("fill", "currentColor"))
            }
        case .dotted:
            pattern(of: chart, rotated: false, to: &svg) {
                $0.element("circle", ("cx", "2.5"), ("cy", "2.5"), ("r", "1.2"), ("fill", "currentColor"))
            }
        }
    }

    private func pattern(
        of chart: String, rotated: Bool, to svg: inout SVGText, _ content: (inout SVGText) -> Void
    ) {
        svg.element(
            "pattern", ("id", "\(chart)-\(rawValue)"), ("width", "5"), ("height", "5"),
            ("patternUnits", "userSpaceOnUse"), ("patternTransform", rotated ? "rotate(45)" : "rotate(0)"),
            content: content)
    }
}
