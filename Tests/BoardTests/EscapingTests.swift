import Complaints
import Testing

@testable import Board
@testable import CaseAPI

@Suite("Texts in pages")
struct EscapingTests {
    @Test("every one of them is text, and no more")
    func escaped() throws {
        #expect(NastyTexts.all.count >= 524)
        for text in NastyTexts.all + ["a\u{0}b\rc", "\u{0}", "\u{0}<\u{0}"] {
            let html = ExactEscaping().escapeText(text)
            #expect(!html.utf8.contains { "<>\"'\r\0".utf8.contains($0) }, "\(text.unicodeScalars.prefix(40))")
            #expect(Self.read(html) == Array(text.replacingNUL.unicodeScalars), "\(text.unicodeScalars.prefix(40))")
        }
    }

    /// Every page of the registry with what is in its braces; nil for what is none to look at.
    private static func targets(cases: [Int64]) -> [String] {
        let pages = Board.book.pages.filter { $0.isPage && $0.isSeen && !$0.pattern.hasPrefix("/board/assets") }
        return pages.flatMap { page -> [String] in
            switch page.pattern {
            case "/board/cases/{id}": return cases.map { "/board/cases/\($0)" }
            case "/board/owners/{name}": return ["/board/owners/Kim"]
            // Each case is another customer's.
            case "/board/customers/{id}": return (1...cases.count).map { "/board/customers/\($0)" }
            case "/board/answers/{key}": return ["\(AnswerPage.root)/gone"]
            // What is saved as a file is no page.
            case "/board/reports/{report}": return []
            case let pattern:
                #expect(!pattern.contains("{"), "\(pattern): what is in its braces?")
                return [pattern]
            }
        }
    }

    /// What people see of a desk whose cases have these texts in every field, and of what they type themselves: each page by where
    /// it is.
    private static func pages(of texts: [String]) throws -> [(target: String, page: BrowsedPage)] {
        let desk = try BoardDesk()
        func post(_ path: String, _ body: JSONValue) throws -> BrowsedPage {
            var json = JSONWriter(capacity: 1024)
            json.write(body)
            let page = try desk.client.send(
                "POST", path, ["Content-Type": "application/json", "Accept": "application/json"], json.bytes)
            #expect([200, 201].contains(page.status), "\(page.html.prefix(600))")
            return page
        }
        var cases: [Int64] = []
        var found: [(String, BrowsedPage)] = []
        for text in texts {
            let line = NastyTexts.line(text, longest: 60)
            let whole = text.unicodeScalars.count > 4000 ? String(text.unicodeScalars.prefix(4000)) : text
            let opened = try post(
                "/v1/cases",
                [
                    "complaint": .string(text), "subject": .string("s\(line)e"), "owner": "Kim",
                    "desired_outcome": .string("d\(String(whole.unicodeScalars.prefix(3990)))d"),
                    "category": .string("c\(line)c"), "tags": [.string("t\(line)t")],
                    "external_id": .string("x\(cases.count) \(line)x"),
                    "customer": [
                        "name": .string("n\(line)n"), "phone": .string("p\(line)p"), "email": .string("m\(line)m"),
                    ],
                    "contact": ["name": .string("n\(line)n"), "relation": .string("r\(line)r")],
                    "promise": [
                        "what": .string(whole), "due_in": "PT1H",
                        "next_step": .string("w\(String(whole.unicodeScalars.prefix(3990)))w"),
                    ],
                ])
            let id = try #require(JSONParser.value(of: Array(opened.html.utf8))["id"].integer)
            cases.append(id)
            _ = try post("/v1/cases/\(id)/log", ["kind": "note", "text": .string("l\(whole)l")])
            let share = try post("/v1/cases/\(id)/share", [:])
            let url = try #require(JSONParser.value(of: Array(share.html.utf8))["url"].text)
            found.append((url, try desk.client.get(url)))
        }
        _ = try post("/v1/cases/\(cases[0])/log", ["kind": "threat", "threat_kind": "legal", "text": "l"])
        // All of them are overdue, and customers have heard nothing.
        desk.clock.advance(by: .days(30))
        for target in targets(cases: cases) { found.append((target, try desk.client.get(target))) }
        let formToken = try #require(try desk.client.get("/board/login").formToken)
        for start in stride(from: 0, to: texts.count, by: 12) {
            // What was asked for, or typed, comes back as text too: some of them together.
            let text = texts[start..<min(start + 12, texts.count)].map { String($0.unicodeScalars.prefix(60)) }.joined(
                separator: " ")
            let asked = Link.encoded(text)
            for target in [
                "/board/search?q=\(asked)", "/board?owner=\(asked)", "/board/promises?team=\(asked)",
                "/board/owners/\(asked)",
                "/board/reports?period=\(asked)", "/board?as_of=\(asked)", "/board/cases/\(asked)",
                "/board/login?next=\(asked)",
                "/board/\(asked)",
            ] { found.append((target, try desk.client.get(target))) }
            let form = [
                "complaint", "customer/name", "customer/phone", "subject", "channel", "promise/what", "promise/due_at",
                "tags",
            ]
            .map { ($0, text) }
            for more in [[], [("seen", "yes")]] {
                let page = try desk.client.post([("form_token", formToken)] + form + more, to: "/board/cases/new")
                found.append(("/board/cases/new", page))
            }
            let note = [
                ("form_token", formToken), ("promise", "1"), ("tag", "\"0\""),
                ("text", text),
            ]
            found.append(("note", try desk.client.post(note, to: "/board/cases/\(cases[0])/note")))
            let name = [("form_token", formToken), ("name", text), ("token", "x")]
            found.append(("login", try desk.client.post(name, to: "/board/login")))
        }
        return found
    }

    @Test("on every page of the registry they are text: its elements and attributes are those of a desk without them")
    func pages() throws {
        // The last one is somebody's telephone, so that a new case finds who is on record.
        let plain = try Self.pages(of: (0..<36).map { "plain \($0)" } + ["+49 30 1234567"])
        let known = plain.reduce(into: Set<String>()) { $0.formUnion(PageShape($1.page.html).tags) }
        for (target, page) in plain { #expect(PageShape(page.html).faults == [], "\(target)") }
        #expect(known.count > 60 && !known.contains { $0.contains("onerror") || $0.hasPrefix("style") })
        let texts = IsolationTests.turning + NastyTexts.all
        for start in stride(from: 0, to: texts.count, by: 40) {
            let some = Array(texts[start..<min(start + 40, texts.count)])
            for (target, page) in try Self.pages(of: some) {
                #expect(page.status < 500 && page.status != 429, "\(target)")
                let shape = PageShape(page.html)
                #expect(shape.faults == [], "\(target)")
                #expect(shape.tags.subtracting(known) == [], "\(target)")
                #expect(IsolationTests.leaks(page.html) == [], "\(target)")
                if page.fields["content-type"]?.hasPrefix("text/html") == true {
                    #expect(
                        page.fields["content-security-policy"]?.hasPrefix("default-src 'none'") == true, "\(target)")
                }
            }
        }
    }

    @Test("a complaint is shown as it was written, to the last character")
    func shown() throws {
        let desk = try BoardDesk()
        for text in NastyTexts.all where text.unicodeScalars.count < 5000 {
            let id = try desk.openCase(customer: "Ann", complaint: text)
            let page = try desk.client.get("/board/cases/\(id)")
            #expect(
                page.status == 200 && page.has(InlineEscaping().escapeText(text)), "\(text.unicodeScalars.prefix(40))")
        }
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
