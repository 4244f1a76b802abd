import CaseAPI
import CaseStore
import Complaints
import Testing

@testable import Board

@Suite("Logging in to the board")
struct LoginTests {
    @Test("without a session a browser is led to the login, and from there to where it wanted to go")
    func leads() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.reader, name: "Ann")
        let page = try desk.client.get("/board?team=North")
        #expect(page.status == 303)
        #expect(page.fields["location"] == "/board/login?next=%2Fboard%3Fteam%3DNorth")
        let answer = try desk.client.submit(
            [("token", token.secret), ("next", "/board?team=North")], to: "/board/login",
            of: "/board/login?next=%2Fboard%3Fteam%3DNorth")
        #expect(answer.status == 303)
        #expect(answer.fields["location"] == "/board?team=North")
        #expect(answer.fields["cache-control"] == "no-store")
    }

    @Test(
        "nobody is led to another site",
        arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "/v1/cases"])
    func leadsNowhereElse(next: String) throws {
        let desk = try BoardDesk()
        let token = try desk.token(.reader, name: "Ann")
        let answer = try desk.client.submit(
            [("token", token.secret), ("next", next)], to: "/board/login", of: "/board/login")
        #expect(answer.fields["location"] == "/board")
    }

    @Test("the cookie is for this host and its own pages alone, for a working day")
    func cookie() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.agent, name: "Ann")
        var browser = desk.client
        let field = try #require(try browser.logIn(token.secret).fields["set-cookie"])
        let attributes = field.split(separator: ";").map { $0.trimmingPrefix(" ") }
        #expect(attributes[0].hasPrefix("casekeeper="))
        #expect(attributes[0].count == "casekeeper=".count + 43)
        #expect(
            attributes.dropFirst().map(String.init) == ["Path=/board", "Max-Age=43200", "HttpOnly", "SameSite=Strict"])
        #expect(try browser.get("/board").status == 200)
    }

    @Test("under a public https URL the cookie is for https, and no other host can set it")
    func secureCookie() throws {
        let desk = try BoardDesk(links: try PublicLinks("https://desk.example"))
        let token = try desk.token(.agent, name: "Ann", expiresAt: desk.clock.now + .seconds(60))
        var browser = desk.client
        let page = try browser.submit(
            [("token", token.secret)], to: "/board/login", of: "/board/login",
            ["Host": "desk.example", "Origin": "https://desk.example"])
        let field = try #require(page.fields["set-cookie"])
        #expect(field.hasPrefix("__Host-casekeeper="))
        // No longer than the token.
        #expect(field.contains("; Path=/; Max-Age=59; HttpOnly; SameSite=Strict; Secure"))
        browser.cookie = String(field.prefix { $0 != ";" })
        #expect(try browser.get("/board").status == 200)
        // One that a page of another host, or plain HTTP, may have set.
        browser.cookie = "casekeeper=" + browser.cookie.drop { $0 != "=" }.dropFirst()
        #expect(try browser.get("/board").status == 303)
    }

    @Test("over plain HTTP nobody logs in from elsewhere")
    func plainHTTP() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.agent, name: "Ann")
        let answer = try desk.client.submit(
            [("token", token.secret)], to: "/board/login", of: "/board/login",
            ["Host": "desk.example", "Origin": "http://desk.example"])
        #expect(answer.status == 403)
        #expect(answer.fields["set-cookie"] == nil)
        #expect(answer.has("--public-url"))
        let known = try BoardDesk(links: try PublicLinks("https://desk.example"))
        let other = try known.token(.agent, name: "Ann")
        for host in ["desk.example", "evil.example"] {
            let refused = try known.client.submit(
                [("token", other.secret)], to: "/board/login", of: "/board/login",
                ["Host": host, "Origin": "http://\(host)"])
            #expect(refused.status == 403 && refused.fields["set-cookie"] == nil, "\(host)")
            #expect(refused.has("https://desk.example"))
        }
    }

    @Test("a wrong token is refused in words that tell nothing of it, and who tries too often has to wait")
    func wrongToken() throws {
        var access = AccessRules()
        access.failureLimit = RateLimit(2, perSeconds: 60, burst: 2)
        let desk = try BoardDesk(access: access)
        let expired = try desk.token(.admin, name: "old", expiresAt: desk.clock.now + .seconds(1))
        _ = try desk.token(.admin, name: "new")
        desk.clock.advance(by: .seconds(2))
        var pages: [BrowsedPage] = []
        for token in ["ck_nothing", expired.secret, "x"] {
            var browser = desk.client
            pages.append(try browser.logIn(token))
            #expect(browser.cookie.isEmpty)
        }
        #expect(pages.map(\.status) == [401, 401, 429])
        #expect(pages[0].has("role=\"alert\"") && pages[0].has("<strong>\(Texts.notLetIn).</strong>"))
        #expect(!pages[0].has("Authorization"))
        #expect(pages[2].fields["retry-after"] != nil)
        // What was typed is not sent back.
        #expect(!pages[1].has(expired.secret))
    }

    @Test("the session's cookie is no token of the API, and a token no session of the board")
    func apart() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.admin, name: "Ann")
        var browser = desk.client
        try browser.logIn(token.secret)
        #expect(try browser.get("/v1/cases").status == 401)
        #expect(try desk.client.get("/board", ["Authorization": "Bearer \(token.secret)"]).status == 303)
    }

    @Test("a session ends with its token, by itself, by logging out, and by an administrator")
    func ends() throws {
        let desk = try BoardDesk()
        let admin = try desk.token(.admin, name: "Admin")
        let token = try desk.token(.reader, name: "Ann")
        func browser() throws -> Browser {
            var browser = desk.client
            try browser.logIn(token.secret)
            #expect(try browser.get("/board").status == 200)
            return browser
        }
        let field = ["Authorization": "Bearer \(admin.secret)", "Accept": ""]

        let out = try browser()
        let answer = try out.submit([], to: "/board/logout", of: "/board")
        #expect(answer.status == 303)
        #expect(answer.fields["set-cookie"]?.contains("Max-Age=0") == true)
        #expect(try out.get("/board").status == 303)

        let ended = try browser()
        let shown = try desk.client.get("/v1/tokens/\(token.id)?fields=sessions", field)
        let id = try #require(shown.html.firstMatch(of: /"id":(\d+)/)?.1)
        #expect(try desk.client.send("DELETE", "/v1/tokens/\(token.id)/sessions/\(id)", field).status == 200)
        #expect(try desk.client.send("DELETE", "/v1/tokens/\(token.id)/sessions/\(id)", field).status == 404)
        #expect(try ended.get("/board").status == 303)

        let late = try browser()
        desk.clock.advance(by: Session.longest)
        #expect(try late.get("/board").status == 303)

        let revoked = try browser()
        _ = try desk.store.write { try $0.revokeToken(token.id) }
        #expect(try revoked.get("/board").status == 303)
        #expect(try desk.client.get("/v1/tokens/\(token.id)", field).has("\"sessions\":[]"))
    }

    @Test("a form of a session that has ended leads to the login, which says so, and back to the form's page")
    func ended() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let token = try desk.token(.agent, name: "Kim")
        var browser = desk.client
        try browser.logIn(token.secret)
        desk.clock.advance(by: Session.longest)
        let page = "/board/cases/1?form=note"
        for (referer, next) in [
            ("", "/board/cases/1"), ("http://localhost:\(browser.port)\(page)", page),
            ("http://localhost:\(browser.port)/v1/cases", "/board/cases/1"),
            // What was kept is one session's, which has ended.
            ("http://localhost:\(browser.port)\(KeptPage.path)", "/board/cases/1"),
        ] {
            let answer = try browser.post([("text", "")], to: "/board/cases/1/note", ["Referer": referer])
            #expect(answer.status == 303)
            #expect(answer.fields["location"] == "/board/login?next=\(Link.encoded(next))&ended=yes", "\(referer)")
        }
        let login = try browser.get("/board/login?next=\(Link.encoded(page))&ended=yes")
        #expect(login.has(Texts.sessionEnded))
        let answer = try browser.submit(
            [("token", token.secret), ("next", page)], to: "/board/login", of: "/board/login")
        #expect(answer.fields["location"] == page)
    }

    @Test("a token has a bounded number of sessions: one more ends the oldest")
    func bounded() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.reader, name: "Ann")
        var first = desk.client
        try first.logIn(token.secret)
        for _ in 1...Session.mostOfToken {
            var other = desk.client
            try other.logIn(token.secret)
        }
        #expect(try first.get("/board").status == 303)
        let open = try desk.store.makeReader().read { try $0.openSessions(ofToken: token.id) }
        #expect(open.count == Session.mostOfToken)
    }

    @Test("while there is no token none is asked for, and a name to act as may be given; the first token ends that")
    func protectedMode() throws {
        let desk = try BoardDesk()
        #expect(try desk.client.get("/board").status == 200)
        #expect(try desk.client.get("/board", ["X-Forwarded-For": "192.0.2.1"]).status == 403)
        #expect(try desk.client.get("/board", ["Host": "evil.example"]).status == 403)
        var browser = desk.client
        try browser.logIn("", name: "Kim")
        #expect(try browser.get("/board").has("Kim"))
        _ = try desk.token(.admin, name: "Admin")
        #expect(try browser.get("/board").status == 303)
    }

    @Test("who shares a token may say who they are; whose it is may not")
    func names() throws {
        let desk = try BoardDesk()
        let shared = try desk.token(.agent, name: "Front desk")
        let own = try desk.token(.agent, name: "Kim's", owner: "Kim")
        var browser = desk.client
        #expect(try browser.logIn(shared.secret, name: "Mia").status == 303)
        #expect(try browser.get("/board").has("Mia"))
        var other = desk.client
        #expect(try other.logIn(own.secret, name: "Mia").status == 403)
        #expect(try other.logIn(own.secret).status == 303)
        #expect(try other.get("/board").has("Kim"))
        var nobody = desk.client
        #expect(try nobody.logIn(shared.secret, name: "policy").status == 400)
    }
}
