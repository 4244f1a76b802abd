/// Markup of SVG as it is written, an element at a time: names and figures of ours as they are, every text escaped. It stands
/// in HTML and has no style of its own, as the pages' Content-Security-Policy takes none: what there is to see is told by
/// presentation attributes and classes.
struct SVGText {
    private(set) var markup = ""

    /// An attribute: its name and its value, which is escaped.
    typealias Attribute = (name: StaticString, value: String)

    /// Writes an element without content.
    mutating func element(_ name: StaticString, _ attributes: Attribute...) {
        open(name, attributes)
        markup += "/>"
    }

    /// Writes an element that has nothing but a text.
    mutating func text(_ name: StaticString, _ attributes: Attribute..., content: String) {
        open(name, attributes)
        markup += ">\(Self.escaped(Isolation.isolated(content)))</\(name)>"
    }

    /// Writes an element that has nothing but a text that may be shortened: all of it is then said as its title.
    mutating func text(_ name: StaticString, _ attributes: Attribute..., content: String, whole: String) {
        open(name, attributes)
        markup += ">"
        if !content.utf8.elementsEqual(whole.utf8) { text("title", content: whole) }
        markup += "\(Self.escaped(Isolation.isolated(content)))</\(name)>"
    }

    /// Writes an element with what `content` writes in it.
    mutating func element(_ name: StaticString, _ attributes: Attribute..., content: (inout SVGText) -> Void) {
        open(name, attributes)
        markup += ">"
        content(&self)
        markup += "</\(name)>"
    }

    private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
        markup += "<\(name)"
        for attribute in attributes { markup += " \(attribute.name)=\"\(Self.escaped(attribute.value))\"" }
    }

    /// A text as it can stand in an element or in a quoted attribute. Controls, which neither HTML nor XML has, are shown as
    /// the replacement character.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            case "\t", "\n", "\r": escaped.append(" ")
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped.append("\u{FFFD}")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}

extension Double {
    /// A percentage as an attribute has it: `12.34%`. Lengths across a chart are shares of its width, so that it is as wide
    /// as there is room and its letters are as large as all others.
    var percent: String { "\(fixed)%" }

    /// At most two digits behind the point: `12.34`, `12.3`, `12`.
    var fixed: String {
        let hundredths = Int((self * 100).rounded())
        let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        guard rest != 0 else { return "\(sign)\(whole)" }
        return rest % 10 == 0 ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
