import CaseStore
import Complaints
import Testing

@testable import Board
@testable import CaseAPI

@Suite("Links that lead to the board")
struct LinkTests {
    /// As a browser sends them that follows a link on another site's page, or in a mail that is read in it.
    private static let navigation = [
        "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-User": "?1",
    ]

    /// Every page that is asked for a role, and addresses with all that may stand in one.
    private static let targets =
        Board.book.pages.filter { $0.isPage && $0.role != nil }.map {
            $0.pattern.replacing("{name}", with: "Kim").replacing("{report}", with: "load").replacing(
                /{\w+}/, with: "1")
        } + [
            "/board?owner=me&team=North", "/board?team=//evil.example", "/board/search?q=a//b", "/board/search?q=//",
            "/board/search?q=https://evil.example/x//y", "/board/search?q=%2F%2Fa%0D%0AX:%20y",
            "/board/search?q=%5C%5Cevil",
            "/board/search?q=/../..//", "/board/owners/a%2F%2Fb", "/board/owners/%5Cevil",
            "/board/cases/1?form=keep&promise=3",
        ]

    @Test(
        "end on the page that was asked for, without a session by way of the login, with one by way of a page that reloads itself",
        arguments: ["cross-site", "same-site", "same-origin", "none", ""])
    func lead(site: String) throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let token = try desk.token(.manager, name: "Ann")
        var browser = desk.client
        try browser.logIn(token.secret)
        for target in Self.targets {
            let fields = site.isEmpty ? [:] : Self.navigation.merging(["Sec-Fetch-Site": site]) { $1 }
            let page = try desk.client.get(target, fields)
            if ["cross-site", "same-site"].contains(site) {
                #expect(page.status == 200, "\(target)")
                let escaped = ExactEscaping().escapeText(target)
                #expect(page.has("content=\"0;url=\(escaped)\"") && page.has("<a href=\"\(escaped)\">"), "\(target)")
                #expect(page.fields["cache-control"] == "no-store")
            } else {
                #expect(page.status == 303, "\(target)")
                let login = try #require(page.fields["location"])
                #expect(login == "/board/login?next=\(Link.encoded(target))", "\(target)")
                let answer = try browser.submit(
                    [("token", token.secret), ("next", target)], to: "/board/login", of: login)
                #expect(answer.status == 303 && answer.fields["location"] == target, "\(target)")
                // What is shown after a failed attempt leads on all the same.
                let again = try browser.submit(
                    [("token", "ck_wrong"), ("next", target)], to: "/board/login", of: login)
                #expect(again.has("name=\"next\" value=\"\(ExactEscaping().escapeText(target))\""), "\(target)")
                browser.cookie = answer.fields["set-cookie"].map { String($0.prefix { $0 != ";" }) } ?? ""
            }
            // A browser that does not keep the cookie back is let in at once.
            #expect(try [200, 400, 404].contains(browser.get(target, fields).status), "\(target)")
        }
    }

    @Test("lead nowhere but to a page of the board")
    func openRedirect() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.reader, name: "Ann")
        let others = [
            "//evil.example", "//evil.example/board", "///evil.example", "/\\evil.example", "\\\\evil.example",
            "/%2f/evil.example",
            "/%2F%2Fevil.example", "%2F%2Fevil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example",
            " //evil.example",
            "https:evil.example", "https://evil.example", "HTTPS://evil.example/board", "http:/board",
            "javascript:alert(1)",
            "data:text/html,x", "//board", "//board/me", "/board//me", "/board/\\evil.example", "/board\\..\\evil",
            "/board#//evil",
            "/board/me/", "/boardevil", "/board.evil.example", "/board@evil.example", "/board/../v1/cases",
            "/board/../../evil",
            "/v1/cases", "/c/x", "/", "", "board", "/board/login", "/board/login?next=//evil.example", "/board/logout",
            "/board/events",
            "/board\u{0}", "/board?q=\r\nSet-Cookie:x=y", "/board?q=é", "/board?q=\u{7F}",
        ]
        for next in others {
            let shown = try desk.client.get("/board/login?next=\(Link.encoded(next))")
            #expect([200, 400].contains(shown.status), "\(next)")
            if shown.status == 200 { #expect(shown.has("name=\"next\" value=\"/board\""), "\(next)") }
            let answer = try desk.client.submit(
                [("token", token.secret), ("next", next)], to: "/board/login", of: "/board/login")
            #expect(answer.fields["location"] == "/board" || answer.status == 400, "\(next): \(answer.status)")
        }
    }

    @Test("of any length are led on, and an overlong one to its page without what it was narrowed to")
    func overlong() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.reader, name: "Ann")
        for length in [100, 3000, 7000] {
            let target = "/board/search?q=" + String(repeating: "%2F", count: length / 3)
            let login = try #require(try desk.client.get(target).fields["location"])
            #expect(login.utf8.count < 8000)
            #expect(try desk.client.get(login).status == 200, "\(length)")
            let next = length < 4000 ? target : "/board/search"
            #expect(login == "/board/login?next=\(Link.encoded(next))")
            let answer = try desk.client.submit(
                [("token", token.secret), ("next", next)], to: "/board/login", of: login)
            #expect(answer.fields["location"] == next)
        }
        let far = try desk.client.submit(
            [("token", token.secret), ("next", "/board/search?q=" + String(repeating: "x", count: 30_000))],
            to: "/board/login",
            of: "/board/login")
        #expect([303, 400].contains(far.status))
    }

    @Test("nobody is logged in, or anything changed, by a form of another site's page")
    func loginForgery() throws {
        let desk = try BoardDesk()
        let token = try desk.token(.reader, name: "Ann")
        for fields in [
            ["Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"],
            ["Origin": "null", "Sec-Fetch-Site": "cross-site"],
            ["Origin": "", "Sec-Fetch-Site": "cross-site"], ["Origin": "https://evil.example", "Sec-Fetch-Site": ""],
            ["Origin": "http://localhost:1", "Sec-Fetch-Site": "same-site"], ["Origin": "", "Sec-Fetch-Site": ""],
            ["Origin": "", "Sec-Fetch-Site": "same-site"],
        ] {
            for (form, target) in [([("token", token.secret)], "/board/login"), ([], "/board/logout")] {
                let answer = try desk.client.submit(
                    form, to: target, of: "/board/login", Self.navigation.merging(fields) { $1 })
                #expect([303, 403].contains(answer.status) && answer.fields["set-cookie"] == nil, "\(fields)")
                if target == "/board/login" { #expect(answer.status == 403, "\(fields)") }
            }
        }
    }
}
