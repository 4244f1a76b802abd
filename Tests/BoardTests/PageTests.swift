import CaseAPI
import CaseStore
import Complaints
import HTTPServer
import HTTPTypes
import Testing

@testable import Board
@testable import CaseAPI

@Suite("Pages of the board")
struct PageTests {
    /// What there is of each page once there is a case.
    private static func example(_ page: PageRoute) -> String {
        page.pattern.replacing("{name}", with: "Kim").replacing("{report}", with: "load").replacing(/{\w+}/, with: "1")
    }

    private static let views = Board.book.pages.filter {
        $0.method == .get && $0.isSeen && !$0.pattern.hasPrefix("/board/assets") && $0.pattern != "/"
    }

    @Test("every page asks for its role, by a session and nothing else")
    func roles() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let browsers = try Role.allCases.map { (role: $0, browser: try desk.browser(as: $0, name: $0.rawValue)) }
        for page in Board.book.pages where page.isSeen && !page.pattern.hasPrefix("/board/assets") {
            let target = Self.example(page)
            guard let role = page.role else { continue }
            let strange = page.method == .get ? try desk.client.get(target) : try desk.client.post([], to: target)
            #expect(strange.status == 303, "\(target)")
            #expect(strange.fields["location"]?.hasPrefix("/board/login") == true, "\(target)")
            for (own, browser) in browsers {
                let answer = page.method == .get ? try browser.get(target) : try browser.post([], to: target)
                if own < role {
                    #expect(answer.status == 403, "\(target) as \(own)")
                    #expect(answer.has("takes the role \(role.rawValue)"), "\(target) as \(own)")
                } else if page.method == .get {
                    #expect(answer.status == 200, "\(target) as \(own)")
                } else {
                    // For want of the form's token.
                    #expect(answer.status == 403, "\(target) as \(own)")
                    #expect(answer.has("of another session"), "\(target) as \(own)")
                }
            }
        }
    }

    @Test("no page lets a browser run, load, send or frame anything but ours, and none is kept or compressed")
    func safety() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        for page in Self.views {
            let answer = try desk.client.get(Self.example(page), ["Accept-Encoding": "gzip"])
            #expect(answer.fields["x-content-type-options"] == "nosniff")
            #expect(answer.fields["cache-control"] == "no-store")
            // What is saved as a file is no page, and has no secret in it.
            if answer.fields["content-disposition"]?.hasPrefix("attachment") == true {
                #expect(answer.fields["content-type"] == "text/csv; charset=utf-8; header=present")
                continue
            }
            #expect(answer.fields["content-encoding"] == nil)
            let policy = try #require(answer.fields["content-security-policy"])
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'"))
            #expect(!policy.contains("unsafe"))
            #expect(policy.contains("form-action 'self'"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(answer.fields["referrer-policy"] == "same-origin")
            #expect(answer.fields["content-type"] == "text/html; charset=utf-8")
            // Nothing inline, and nothing of another origin.
            #expect(!answer.has("<style") && !answer.has(" style=") && !answer.has("<script>"), "\(page.pattern)")
            #expect(answer.html.firstMatch(of: /\ on[a-z]+=/) == nil, "\(page.pattern)")
            #expect(answer.html.firstMatch(of: /(src|href|action)="(https?:)?\/\//) == nil, "\(page.pattern)")
            #expect(
                answer.has("<main id=\"content\"") && answer.has("class=\"skip\"") && answer.has("<html lang=\"en\">"))
        }
    }

    @Test("whatever goes wrong with a page is safe as well: nothing of it is kept, sniffed, framed or run")
    func faults() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let reader = try desk.browser(as: .reader, name: "Ann")
        let form = [
            "Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost:\(desk.client.port)",
        ]
        func long(_ count: Int) -> String { String(repeating: "x", count: count) }
        var answers: [(Int, BrowsedPage)] = [
            (400, try reader.get("/board?tema=North")), (400, try reader.get("/board?q=%FF")),
            (404, try reader.get("/board/nothing")),
            (404, try reader.get("/board/cases/99")), (404, try reader.get("/board/assets/0000/board.css")),
            (404, try reader.get("/c/nothing")), (403, try reader.get("/board/cases/new")),
            (403, try reader.get("/board", ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"])),
            (405, try reader.send("DELETE", "/board")), (405, try reader.send("TRACE", "/board")),
            (501, try reader.send("BREW", "/board")),
            (413, try reader.send("POST", "/board/login", form.merging(["Content-Length": "1100000"]) { $1 })),
            (414, try reader.get("/board?owner=" + long(9000))),
            (431, try reader.get("/board", ["X-Long": long(9000)])),
            (
                415,
                try reader.send(
                    "POST", "/board/logout", form.merging(["Content-Type": "text/plain"]) { $1 }, Array("x".utf8))
            ),
            (400, try reader.send("POST", "/board/login", form, Array("a=%".utf8))),
            (403, try reader.post([], to: "/board/logout")),
            (303, try desk.client.get("/board")), (303, try reader.get("/")),
            (401, try desk.client.get("/board/events")),
        ]
        for page in Board.book.pages where page.method == .get && page.isSeen {
            answers.append((405, try reader.send("PUT", Self.example(page))))
        }
        for (status, answer) in answers {
            #expect(answer.status == status, "\(answer.html.prefix(300))")
            #expect(answer.fields["x-content-type-options"] == "nosniff", "\(status)")
            #expect(answer.fields["cache-control"] == "no-store", "\(status)")
            #expect(answer.fields["cross-origin-resource-policy"] == "same-origin", "\(status)")
            #expect(answer.fields["content-encoding"] == nil && answer.fields["server"] == nil, "\(status)")
            if answer.fields["content-type"]?.hasPrefix("text/html") == true {
                #expect(
                    answer.fields["content-security-policy"]?.contains("frame-ancestors 'none'") == true, "\(status)")
                #expect(["same-origin", "no-referrer"].contains(answer.fields["referrer-policy"]), "\(status)")
                #expect(answer.fields["x-frame-options"] == "DENY", "\(status)")
                #expect(PageShape(answer.html).faults == [], "\(status)")
            } else {
                // What the server itself turns down is told as the API tells it, and is no page.
                #expect(["application/problem+json", nil].contains(answer.fields["content-type"]), "\(status)")
            }
        }
    }

    @Test("HEAD is what GET is without its content, on every page")
    func heads() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let browser = try desk.browser(as: .admin, name: "Ann")
        for page in Board.book.pages where page.method == .get && page.isSeen {
            let target = page.pattern.hasPrefix("/board/assets") ? Asset.stylesheet.path : Self.example(page)
            let (head, whole) = (try browser.send("HEAD", target), try browser.get(target))
            #expect(head.status == whole.status && head.html.isEmpty, "\(target)")
            for name in ["content-type", "cache-control", "content-security-policy", "location", "etag"] {
                #expect(head.fields[name] == whole.fields[name], "\(target): \(name)")
            }
        }
    }

    @Test("a reader sees no form of a case or a promise, and whatever form they send is refused")
    func readers() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let reader = try desk.browser(as: .reader, name: "Ann")
        for page in Self.views where page.role != nil && page.role != .agent {
            let answer = try reader.get(Self.example(page))
            let forms = answer.html.matches(of: /action="([^"]*)" method="post"/).map { String($0.1) }
            #expect(forms.allSatisfy { $0 == "/board/logout" }, "\(page.pattern): \(forms)")
        }
        let token = try #require(try reader.get("/board").formToken)
        for page in Board.book.pages where page.method == .post && page.role != nil && page.role != .reader {
            let answer = try reader.post(
                [("form_token", token), ("text", "x"), ("reason", "x")], to: Self.example(page))
            #expect(answer.status == 403, "\(page.pattern)")
        }
    }

    @Test("a parameter that a page does not have, and a value that nobody has, are told of on the page")
    func parameters() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        for page in Self.views {
            let answer = try desk.client.get(Self.example(page) + "?tema=North")
            #expect(answer.status == 400, "\(page.pattern)")
            #expect(answer.has("tema"), "\(page.pattern)")
        }
        for query in ["owner=Noone", "team=Nowhere", "category=Nothing", "as_of=yesterday"] {
            let answer = try desk.client.get("/board?\(query)")
            #expect(answer.status == 400, "\(query)")
            #expect(answer.has("role=\"alert\""), "\(query)")
            #expect(!answer.has("class=\"figures\""), "\(query)")
        }
        #expect(try desk.client.get("/board?as_of=2100-01-01T00:00:00Z").status == 400)
        #expect(try desk.client.get("/board?owner=kim").status == 200)
    }

    @Test("HEAD, OPTIONS, 404 and 405 follow from the map")
    func methods() throws {
        let desk = try BoardDesk()
        let head = try desk.client.send("HEAD", "/board")
        #expect(head.status == 200 && head.html.isEmpty)
        #expect(try desk.client.send("OPTIONS", "/board").fields["allow"] == "GET, HEAD, OPTIONS")
        let wrong = try desk.client.send("DELETE", "/board")
        #expect(wrong.status == 405 && wrong.fields["allow"] == "GET, HEAD, OPTIONS")
        #expect(wrong.has("<h1>"))
        // The address of a form leads to the page above it.
        for (form, page) in [
            ("/board/cases/8/keep", "/board/cases/8"), ("/board/owners/Kim/handover", "/board/owners/Kim"),
            ("/board/promises/7/accept", "/board/promises"), ("/board/logout", "/board"),
        ] {
            let answer = try desk.client.get(form)
            #expect(answer.status == 303 && answer.fields["location"] == page, "\(form)")
        }
        #expect(try desk.client.get("/board/nothing").status == 404)
        #expect(try desk.client.get("/board/owners/Nobody").status == 404)
        #expect(try desk.client.get("/board/owners/Nobody").has("<h1>"))
    }

    @Test("a new case is a link away for who may open one")
    func newCase() throws {
        let desk = try BoardDesk()
        let link = "<a href=\"/board/cases/new\">"
        #expect(try desk.browser(as: .agent, name: "Agent").get("/board").has(link))
        #expect(try !desk.browser(as: .reader, name: "Reader").get("/board").has(link))
    }

    @Test("a browser is led from / to the board, and others to the description")
    func frontDoor() throws {
        let desk = try BoardDesk()
        #expect(try desk.client.get("/").fields["location"] == "/board")
        #expect(try desk.client.get("/", ["Accept": "*/*"]).fields["location"] == "/openapi.json")
        #expect(try desk.client.get("/").fields["vary"] == "Accept")
    }

    @Test("assets are kept for ever under an address that has their hash")
    func assets() throws {
        let desk = try BoardDesk()
        let page = try desk.client.get("/board")
        for asset in Asset.all {
            #expect(page.has(asset.path))
            let answer = try desk.client.get(asset.path)
            #expect(answer.status == 200)
            #expect(answer.fields["content-type"] == asset.type)
            #expect(answer.fields["cache-control"] == "public, max-age=31536000, immutable")
            let tag = try #require(answer.fields["etag"])
            #expect(try desk.client.get(asset.path, ["If-None-Match": tag]).status == 304)
        }
        #expect(try desk.client.get("/board/assets/0000/board.css").status == 404)
    }

    @Test("a form from another site, without its token, or with another session's, changes nothing")
    func forgery() throws {
        let desk = try BoardDesk()
        let own = try desk.browser(as: .manager, name: "One")
        let other = try desk.browser(as: .manager, name: "Two")
        try desk.openCase()
        let form = [("from", "2026-03-03"), ("until", "2026-03-04")]
        let target = "/board/owners/Kim/absence"
        let token = try #require(try own.get("/board/owners/Kim").formToken)
        let others = try #require(try other.get("/board/owners/Kim").formToken)
        #expect(token != others)
        for sent in [[], [("form_token", others)], [("form_token", "")], [("form_token", "A" + token)]] {
            #expect(try own.post(sent + form, to: target).status == 403)
        }
        let good = [("form_token", token)] + form
        for fields in [
            ["Origin": "https://evil.example"], ["Origin": "null"], ["Sec-Fetch-Site": "cross-site"],
            ["Sec-Fetch-Site": "same-site"], ["Origin": "", "Sec-Fetch-Site": ""],
        ] {
            #expect(try own.post(good, to: target, fields).status == 403, "\(fields)")
        }
        #expect(try own.post(good, to: target, ["Content-Type": "application/json"]).status == 415)
        #expect(!(try own.get("/board/owners/Kim").has("Away from")))
        #expect([200, 303].contains(try own.post(good, to: target).status))
        #expect(
            try own.get("/board/owners/Kim").html.replacing(/<[^>]*>/, with: "")
                .contains("Away from 2026-03-03 to 2026-03-04."))
    }

    @Test("a link on another site's page leads here by way of a page of ours, with which the cookie comes")
    func links() throws {
        let desk = try BoardDesk()
        _ = try desk.token(.reader, name: "Ann")
        let navigation = [
            "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
        ]
        let page = try desk.client.get("/board?team=North&owner=me", navigation)
        #expect(page.status == 200)
        #expect(page.has("content=\"0;url=/board?team=North&amp;owner=me\""))
        // A frame or a script of another site's gets nothing.
        #expect(try desk.client.get("/board", navigation.merging(["Sec-Fetch-Dest": "iframe"]) { $1 }).status == 403)
        #expect(
            try desk.client.get("/board", ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"]).status == 403)
        #expect(try desk.client.get("/v1/cases", navigation).status == 403)
    }
}
