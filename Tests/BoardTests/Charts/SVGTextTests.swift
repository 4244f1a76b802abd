import Testing

@testable import Board

@Suite("SVG as text")
struct SVGTextTests {
    @Test(
        "escapes whatever a text has, and shows controls as what they are not",
        arguments: [
            ("a", "a"), ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"), ("a & b", "a &amp; b"),
            ("\"x\" 'y'", "&quot;x&quot; &#39;y&#39;"), ("a\u{0}b\u{8}c\u{9B}", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
            ("a\r\nb", "a  b"), ("]]>", "]]&gt;"), ("\u{202E}x", "\u{202E}x"), ("e\u{301}", "e\u{301}"),
        ])
    func escape(text: String, escaped: String) {
        #expect(Array(SVGText.escaped(text).utf8) == Array(escaped.utf8))
    }

    @Test("writes elements with attributes, texts and content")
    func elements() {
        var svg = SVGText()
        svg.element("g", ("class", "a\"b")) { svg in
            svg.text("title", content: "<t>")
            svg.element("rect", ("x", "1"))
        }
        #expect(svg.markup == #"<g class="a&quot;b"><title>&lt;t&gt;</title><rect x="1"/></g>"#)
    }

    @Test(
        "writes numbers with two digits behind the point at most",
        arguments: [
            (0.0, "0"), (12, "12"), (12.5, "12.5"), (12.345, "12.35"), (0.07, "0.07"), (-3.04, "-3.04"),
            (99.999, "100"),
        ])
    func numbers(number: Double, written: String) {
        #expect(number.fixed == written)
        #expect(number.percent == written + "%")
    }
}
