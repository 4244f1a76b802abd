import Foundation
import FoundationXML
import Testing

@testable import Board

/// What charts say is read back by Foundation's XML reader, which takes nothing that is not well-formed.
@Suite("Charts")
struct ChartTests {
    private static func columns(_ count: Int, label: (Int) -> String = { "W\($0)" }) -> ColumnChart {
        ColumnChart(
            frame: ChartFrame(
                id: "kept", title: "Kept <b>", summary: "& \"so\"",
                series: [.init(name: "Kept", texture: .solid), .init(name: "Moved", texture: .hatched)]),
            scale: .shares,
            groups: (0..<count).map { index in
                .init(
                    label: label(index), notes: ["\(index) %", "of \(index)"],
                    values: [Double(index) / Double(count), index % 2 == 0 ? nil : 1])
            }
        ) { "\(Int($0 * 100)) %" }
    }

    @Test("of columns are well-formed, with a name, a description and a column a value", arguments: [0, 1, 8, 53, 200])
    func columns(count: Int) throws {
        let svg = try SVGReader(Self.columns(count).svg)
        #expect(svg.root["role"] == "img")
        #expect(svg.root["aria-labelledby"] == "kept-title kept-summary")
        #expect(svg.texts(of: "title").first == "Kept <b>")
        #expect(svg.texts(of: "desc") == ["& \"so\""])
        #expect(svg.marks.count == count + count / 2)
        #expect(svg.styles.isEmpty, "the policy of the pages takes no inline style")
        // Drawn within the chart.
        for mark in svg.marks {
            let (x, width) = (try #require(mark.percent("x")), try #require(mark.percent("width")))
            #expect(x >= 0 && width > 0 && x + width <= 100)
        }
    }

    @Test("of columns leave labels out where there is no room, never the last one")
    func labels() throws {
        let few = try SVGReader(Self.columns(4).svg), many = try SVGReader(Self.columns(53).svg)
        #expect(Set(few.labels.map(\.text)).isSuperset(of: ["W0", "W1", "W2", "W3"]))
        #expect(few.labels.allSatisfy { $0.class == "all" })
        #expect(many.labels.contains { $0.text == "W52" && $0.class == "all" })
        #expect(!many.labels.contains { $0.text == "W51" })
        #expect(many.labels.contains { $0.class == "wide" })
    }

    @Test("of bars have a bar's parts side by side and its figures behind it; a long name is cut")
    func bars() throws {
        let chart = BarChart(
            frame: ChartFrame(
                id: "load", title: "Load", summary: "",
                series: ChartTexture.allCases.map { .init(name: $0.rawValue, texture: $0) }),
            bars: [
                .init(name: "Ann <i>", figures: "12 all", values: [3, 4, 0, 5]),
                .init(name: String(repeating: "\u{1F600}", count: 200), figures: "0", values: [0, 0, 0, 0]),
            ])
        let svg = try SVGReader(chart.svg)
        let parts = svg.marks
        #expect(parts.count == 3)
        #expect(parts.compactMap { $0.percent("width") }.reduce(0, +) <= 99.6)
        for (a, b) in zip(parts, parts.dropFirst()) {
            let end = try #require(a.percent("x")) + #require(a.percent("width"))
            #expect(abs(end - (try #require(b.percent("x")))) < 0.05)
        }
        #expect(svg.texts(of: "text").contains("Ann <i>"))
        #expect(svg.texts(of: "text").contains { $0.hasSuffix("…") && $0.unicodeScalars.count == 27 })
        #expect(svg.texts(of: "title").contains("Ann <i>: hatched 4"))
    }

    @Test("tell their series apart without colour: each fill is another, and what it refers to is there")
    func textures() throws {
        let chart = BarChart(
            frame: ChartFrame(
                id: "c", title: "", summary: "",
                series: ChartTexture.allCases.map { .init(name: $0.rawValue, texture: $0) }),
            bars: [.init(name: "", figures: "", values: [1, 1, 1, 1])])
        let svg = try SVGReader(chart.svg)
        let fills = svg.marks.compactMap { $0["fill"] }
        #expect(Set(fills).count == ChartTexture.allCases.count)
        for fill in fills where fill.hasPrefix("url(#") {
            let id = fill.dropFirst(5).dropLast()
            #expect(svg.elements.contains { $0.name == "pattern" && $0["id"] == String(id) })
        }
    }
}

/// The elements of an SVG, in their order.
private final class SVGReader: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""

        subscript(_ name: String) -> String? { attributes[name] }

        func percent(_ name: String) -> Double? { attributes[name].flatMap { Double($0.dropLast()) } }
    }

    struct NotWellFormed: Error {}

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    init(_ svg: String) throws {
        super.init()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? NotWellFormed() }
    }

    var root: Element { elements[0] }
    /// What stands for values: those of the legend have no name of their own.
    var marks: [Element] {
        elements.filter { $0.name == "rect" && $0["class"]?.hasPrefix("mark") == true && $0["transform"] == nil }
    }
    var labels: [(text: String, class: String)] {
        elements.compactMap { element in element["class"].flatMap { element.name == "text" ? (element.text, $0) : nil }
        }
    }
    var styles: [Element] { elements.filter { $0.name == "style" || $0["style"] != nil } }

    func texts(of name: String) -> [String] { elements.filter { $0.name == name }.map(\.text) }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard let index = open.last else { return }
        elements[index].text += string
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }
}
