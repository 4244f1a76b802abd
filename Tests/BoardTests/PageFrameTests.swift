import CaseAPI
import Complaints
import HTTPServer
import Testing

@testable import Board

@Suite("The frame of a page")
struct PageFrameTests {
    @Test("has one place for the content, which is put there as it is")
    func place() {
        let frame = PageFrame("<main>\(PageFrame.mark)</main>")
        #expect(String(decoding: frame.page("a & {{b}}".utf8), as: UTF8.self) == "<main>a & {{b}}</main>")
        #expect(String(decoding: frame.page([]), as: UTF8.self) == "<main></main>")
        #expect(frame.count == 13)
    }

    @Test("no text that is shown around the content can be taken for its place")
    func mark() {
        var layout = Layout("a\0b")
        layout.sought = "\0"
        let html = String(decoding: bytes(layout.page("CONTENT")), as: UTF8.self)
        #expect(html.contains("a\u{FFFD}b") && html.contains("CONTENT") && !html.utf8.contains(0))
    }

    @Test("is another for whatever is another in it")
    func keys() throws {
        let plain = Layout("Title")
        let paris = try #require(ZoneDatabase.system.zone(named: "Europe/Paris"))
        let oslo = try #require(ZoneDatabase.system.zone(named: "Europe/Oslo"))
        let instant = Instant(milliseconds: 1_772_442_000_000)
        var others = ["Titel", "Title ", "Titl\u{E9}", "Title\u{301}"].map { Layout($0) }
        for change: (inout Layout) -> Void in [
            { $0.current = .today }, { $0.current = .mine }, { $0.formToken = "a" }, { $0.formToken = "b" },
            { $0.zone = paris }, { $0.zone = oslo }, { ($0.zone, $0.asOf) = (paris, instant) },
            { ($0.zone, $0.asOf) = (paris, instant + .seconds(1)) }, { $0.sought = "a" }, { $0.now = "/board" },
            { ($0.formToken, $0.sought) = ("a", "b") },
            { ($0.formToken, $0.sought) = ("ab", "") },
        ] {
            var layout = plain
            change(&layout)
            others.append(layout)
        }
        let keys = ([plain] + others).map(\.key)
        #expect(Set(keys).count == keys.count)
        // Of each property that a layout has somebody has thought.
        let known = ["title", "current", "visitor", "formToken", "asOf", "now", "zone", "sought", "live"]
        #expect(Mirror(reflecting: plain).children.compactMap(\.label) == known)
    }

    @Test("those that were shown lately are kept, and never many")
    func kept() {
        let frames = PageFrames()
        var made = 0
        func frame(_ number: Int, _ length: Int = 10) -> PageFrame {
            frames.frame(Array("\(number)".utf8)) {
                made += 1
                return PageFrame(String(repeating: "x", count: length) + PageFrame.mark)
            }
        }
        for _ in 0..<3 { #expect(frame(1).count == 10) }
        #expect(made == 1)
        for number in 0..<(3 * PageFrames.most) { _ = frame(number) }
        #expect(frames.count <= PageFrames.most)
        for _ in 0..<3 { #expect(frame(-1, PageFrames.longest).count == PageFrames.longest) }
        #expect(made >= 3 * PageFrames.most + 3, "what is long is not kept")
    }

    @Test("what stands around a page is of whoever looks, however often others have looked before")
    func ofWhom() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let browsers = try [(Role.reader, "Ann"), (.agent, "Bo"), (.agent, "Cy")].map { role, name in
            (name, try desk.browser(as: role, name: name, owner: name))
        }
        var tokens: Set<String> = []
        for _ in 1...3 {
            for (name, browser) in browsers {
                for target in ["/board", "/board?owner=Kim", "/board/reports"] {
                    let page = try browser.get(target)
                    #expect(page.has("<span><bdi>\(name)</bdi> <small>"), "\(target)")
                    #expect(page.has("/board/cases/new") == (name != "Ann"))
                    tokens.insert(try #require(page.formToken))
                }
            }
        }
        #expect(tokens.count == 3)
    }

    private func bytes(_ response: Response) -> [UInt8] {
        guard case .bytes(let bytes) = response.body else { return [] }
        return bytes
    }
}
