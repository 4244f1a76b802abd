import Testing

@testable import Board

@Suite("Texts in pages")
struct EscapingTests {
    /// What ends an attribute or begins an element, alone and with what Swift takes for a part of the character before it.
    static let nasty = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "&lt;b&gt;",
        "{{title}}",
        "{{{title}}}", "\"\u{301} onmouseover=alert(1) x=\u{301}\"", "<\u{338}b>", "'\u{20E3}", "&\u{301}amp;",
        "\u{202E}evil",
        "]]>", "<!--", "javascript:alert(1)", "a\u{0}b\rc", "\u{FEFF}<",
        String(repeating: "e\u{301}\u{302}", count: 50),
    ]

    @Test("every one of them is text, and no more", arguments: nasty)
    func escaped(text: String) throws {
        let html = ExactEscaping().escapeText(text)
        #expect(!html.utf8.contains { "<>\"'\r\0".utf8.contains($0) })
        #expect(Self.read(html) == Array(text.replacingNUL.unicodeScalars))
    }

    @Test("a page of any template escapes what it is given", arguments: nasty)
    func pages(text: String) throws {
        guard !text.utf8.contains(0), !text.utf8.contains(0x0D) else { return }
        let desk = try BoardDesk()
        try desk.openCase(customer: text, complaint: text, owner: "Kim")
        desk.clock.advance(by: .seconds(30 * 86_400))
        let escaped = ExactEscaping().escapeText(text)
        for target in ["/board", "/board/promises", "/board/owners/Kim"] {
            let page = try desk.client.get(target)
            #expect(page.status == 200, "\(target)")
            #expect(page.has(escaped), "\(target)")
            for raw in ["<script>alert", "<img", "onmouseover='", "<\u{338}b", "\"\u{301} on"] {
                #expect(!page.has(raw), "\(target)")
            }
        }
        // What was asked for comes back as text, too.
        let sought = try desk.client.get("/board/search?q=\(Link.encoded(text))")
        #expect(!sought.has("<script>alert") && !sought.has("<img") && !sought.has("\"\u{301} on"))
        let refused = try desk.client.get("/board?owner=\(Link.encoded(text))")
        #expect(!refused.has("<script>alert") && !refused.has("<img") && !refused.has("\"\u{301} on"))
    }

    @Test("a run of combining marks costs no more than other text of its length")
    func linear() {
        let clock = ContinuousClock()
        let plain = String(repeating: "<e", count: 500_000)
        let marked = "<e" + String(repeating: "\u{301}", count: 500_000)
        let plainTime = clock.measure { _ = ExactEscaping().escapeText(plain) }
        let markedTime = clock.measure { _ = Templates.render("notice", ["detail": marked]) }
        #expect(markedTime < plainTime * 20 + .milliseconds(500))
    }

    /// What HTML makes of it.
    private static func read(_ html: String) -> [Unicode.Scalar] {
        let entities: [(String, Unicode.Scalar)] = [
            ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'"), ("&#13;", "\r"),
        ]
        var scalars: [Unicode.Scalar] = []
        var rest = Array(html.unicodeScalars)[...]
        while let first = rest.first {
            if let (text, scalar) = entities.first(where: { rest.starts(with: Array($0.0.unicodeScalars)) }) {
                scalars.append(scalar)
                rest = rest.dropFirst(text.unicodeScalars.count)
            } else {
                scalars.append(first)
                rest = rest.dropFirst()
            }
        }
        return scalars
    }
}

extension String {
    fileprivate var replacingNUL: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }))
    }
}
