import Complaints

extension SVGText {
    /// Writes the name of what a line of a picture is of, at the line's beginning: as much of it as there is room for, which is less on a
    /// narrow screen; all of it is its title.
    ///
    /// - Parameters:
    ///   - y: where its letters stand, in pixels from the top.
    ///   - few: how many letters have room on a narrow screen, and `most` on any other.
    mutating func name(_ name: String, y: Double, few: Int, most: Int) {
        let (short, long) = (Self.shortened(name, few), Self.shortened(name, most))
        let shown: [(text: String, class: String)] =
            short.isExactly(long) ? [(long, "all")] : [(short, "narrow"), (long, "wide")]
        for part in shown {
            text(
                "text", ("class", part.class), ("x", "0"), ("y", y.fixed), ("fill", "currentColor"),
                ("font-size", "13"), content: part.text, whole: name)
        }
    }

    private static func shortened(_ name: String, _ letters: Int) -> String {
        let scalars = name.unicodeScalars
        guard scalars.count > letters else { return name }
        return String(scalars.prefix(letters)) + "…"
    }
}
