import Complaints

/// What was promised as lines in time: a line a chain, from when its first promise was made to when its last was due, with a mark
/// of its own shape for what happened on the way. What it shows stands in words beside it.
struct PromiseTimeline {
    /// What happened.
    enum Mark: String, CaseIterable {
        /// A promise was made.
        case made
        /// When it is due, or was.
        case due
        /// When it was due before its date moved.
        case moved
        /// It was kept.
        case kept
        /// It was broken, or its date passed.
        case missed
        /// It was given up.
        case givenUp

        /// The shape, around its middle; filled where it says so.
        fileprivate var path: (data: String, isFilled: Bool) {
            switch self {
            case .made: ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z", false)
            case .due: ("M0 -6L5 0L0 6L-5 0Z", false)
            case .moved: ("M0 -6V6M0 -6L4 -3L0 0", false)
            case .kept: ("M-5 -5H5V5H-5Z", true)
            case .missed: ("M-5 -5L5 5M-5 5L5 -5", false)
            case .givenUp: ("M-2 -6V6M2 -6V6", false)
            }
        }
    }

    /// A mark at its instant.
    struct Event {
        let mark: Mark
        let at: Instant
        /// What there is to say of it.
        let meaning: String
    }

    /// What became of one promise and those that took its place.
    struct Chain {
        let name: String
        /// Oldest first.
        let events: [Event]
    }

    /// Of the picture in its page, in letters and hyphens.
    let id: String
    let title: String
    /// What is to be seen in it, in a sentence or two.
    let summary: String
    /// What the marks stand for, by their names.
    let legend: [(mark: Mark, text: String)]
    let chains: [Chain]
    /// Where today is marked; nil where nothing is open any more.
    let now: (at: Instant, text: String)?

    /// More lines than that are left to the words beside it.
    static let mostChains = 40
    private static let (rowHeight, lineHeight) = (40.0, 18.0)
    /// How much of a row its name has, with what hangs below its line.
    private static let nameHeight = 17.0
    /// How many letters of a name have room on a narrow screen, and on any other.
    private static let (fewLetters, letters) = (30, 48)

    /// The picture as SVG; empty where there is nothing to show.
    var svg: String {
        let shown = Array(chains.prefix(Self.mostChains))
        let instants = shown.flatMap(\.events).map(\.at) + (now.map { [$0.at] } ?? [])
        guard let first = instants.min(), let last = instants.max(), !shown.isEmpty else { return "" }
        let span = max(1, Double(last.milliseconds - first.milliseconds))
        func place(_ instant: Instant) -> Double {
            2 + 96 * Double(instant.milliseconds - first.milliseconds) / span
        }
        func x(_ instant: Instant) -> String { place(instant).percent }
        let legendHeight = Double((legend.count + 1) / 2) * Self.lineHeight + 8
        let bottom = legendHeight + Double(shown.count) * Self.rowHeight
        var svg = SVGText()
        svg.element(
            "svg", ("class", "chart"), ("role", "img"), ("aria-labelledby", "\(id)-title \(id)-summary"),
            ("width", "100%"), ("height", (bottom + Self.lineHeight).fixed)
        ) { svg in
            svg.text("title", ("id", "\(id)-title"), content: title)
            svg.text("desc", ("id", "\(id)-summary"), content: summary)
            writeLegend(to: &svg)
            if let now { write(now.text, x: place(now.at), from: legendHeight, rows: shown.count, &svg) }
            for (index, chain) in shown.enumerated() {
                let top = legendHeight + Double(index) * Self.rowHeight
                svg.name(chain.name, y: top + 12, few: Self.fewLetters, most: Self.letters)
                let middle = top + 27
                if let begin = chain.events.map(\.at).min(), let end = chain.events.map(\.at).max() {
                    svg.element(
                        "line", ("x1", x(begin)), ("x2", x(end)), ("y1", middle.fixed), ("y2", middle.fixed),
                        ("stroke", "currentColor"))
                }
                for event in chain.events {
                    Self.write(event.mark, x: x(event.at), y: middle, meaning: event.meaning, to: &svg)
                }
            }
        }
        return svg.markup
    }

    /// Two marks a line.
    private func writeLegend(to svg: inout SVGText) {
        for (index, entry) in legend.enumerated() {
            let y = Double(index / 2) * Self.lineHeight + 9
            let x = index % 2 == 0 ? 2.0 : 52
            Self.write(entry.mark, x: x.percent, y: y, meaning: entry.text, to: &svg)
            svg.text(
                "text", ("x", x.percent), ("dx", "12"), ("y", (y + 4).fixed), ("fill", "currentColor"),
                ("font-size", "12"), content: entry.text)
        }
    }

    /// Now, as a line through what stands in time, and through no name above it.
    private func write(_ now: String, x: Double, from top: Double, rows: Int, _ svg: inout SVGText) {
        for row in 0..<rows {
            let begin = top + Double(row) * Self.rowHeight
            svg.element(
                "line", ("class", "now"), ("x1", x.percent), ("x2", x.percent), ("y1", (begin + Self.nameHeight).fixed),
                ("y2", (begin + Self.rowHeight).fixed), ("stroke", "currentColor"), ("stroke-dasharray", "2 4"))
        }
        let bottom = top + Double(rows) * Self.rowHeight
        // On the side of its line that has room.
        svg.text(
            "text", ("x", x.percent), ("y", (bottom + 13).fixed), ("text-anchor", x < 50 ? "start" : "end"),
            ("fill", "currentColor"), ("font-size", "12"), content: now)
    }

    /// A mark stands in a picture of its own, as paths know no shares of a width.
    private static func write(_ mark: Mark, x: String, y: Double, meaning: String, to svg: inout SVGText) {
        svg.element("svg", ("x", x), ("y", y.fixed), ("width", "1"), ("height", "1"), ("overflow", "visible")) { svg in
            svg.element(
                "path", ("class", "mark \(mark.rawValue)"), ("d", mark.path.data), ("stroke", "currentColor"),
                ("stroke-width", "1.5"), ("fill", mark.path.isFilled ? "currentColor" : "none")
            ) { $0.text("title", content: meaning) }
        }
    }
}
