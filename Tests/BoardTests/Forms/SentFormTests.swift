import CaseStore
import Complaints
import Testing

@testable import Board
@testable import CaseAPI

@Suite("Forms as they are sent")
struct SentFormTests {
    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        for name in ["Ann", "Bo"] {
            _ = try desk.api(
                "POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"\#(name)"},"owner":"Kim"}"#)
        }
        return desk
    }

    private let path = "/board/cases/1/note"

    @Test("a field that is given twice, and more fields than a form has, are refused in words")
    func twice() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let token = try #require(try desk.client.get("/board/cases/1?form=note").formToken)
        for form in [
            [("form_token", token), ("text", "a"), ("text", "b")],
            [("form_token", token), ("form_token", token), ("text", "a")],
            [("form_token", token)] + (0..<512).map { ("f\($0)", "") },
        ] {
            let answer = try desk.client.post(form, to: path)
            #expect(answer.status == 400 && answer.has("<h1>It could not be read</h1>"), "\(answer.html)")
            #expect(answer.has("more than"))
        }
        #expect(try !desk.client.get("/v1/cases/1/log").has("\"note\""))
    }

    @Test("what is no form is told of on a page, in words for people")
    func noForm() throws {
        let desk = try desk()
        let client = try BoardDesk()
        for type in ["application/json", "text/plain"] {
            let answer = try client.client.send(
                "POST", path, ["Content-Type": type, "Origin": "http://localhost:\(client.client.port)"],
                Array("{}".utf8))
            #expect(
                answer.status == 415 && answer.has("<h1>It is no form of a page</h1>") && !answer.has("JSON"), "\(type)"
            )
        }
        #expect(try desk.get("/board").status == 200)
    }

    @Test("a promise of another case is refused on that page, however it is sent")
    func foreign() throws {
        let desk = try desk()
        var form = try desk.get("/board/cases/1?form=keep&promise=1").form("/board/cases/1/keep")
        form["evidence"] = "Called"
        form["next_promise/what"] = "Call again"
        form["next_promise/due_in"] = "2 days"
        let refused = try desk.post("/board/cases/2/keep", form)
        #expect(refused.status == 400 && refused.has("names one of this case"), "\(refused.html)")
        form["promise"] = "99"
        form["tag"] = nil
        #expect(try desk.post("/board/cases/1/keep", form).status == 404)
        #expect(try desk.api("GET", "/v1/promises/1").html.contains(#""state":"open""#))
        form["promise"] = "1"
        #expect([200, 303].contains(try desk.post("/board/cases/1/keep", form).status))
    }

    @Test("a page says that something is done where it is so, just now, there, and by who looks")
    func done() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        try desk.openCase(customer: "Bo")
        let (kim, lou) = (try desk.browser(as: .agent, name: "Kim"), try desk.browser(as: .agent, name: "Lou"))
        let page = try kim.get("/board/cases/1?form=note")
        let key = page.form(path)
        let sent = try kim.post(key.merging(["text": "x"]) { $1 }.map { ($0.key, $0.value) }, to: path)
        let next = try #require(sent.fields["location"])
        let said = try #require(Texts.doneWithCase("note"))
        #expect(next.hasPrefix("/board/cases/1?done=note."))
        #expect(try kim.get(next).has(said))
        let text = next.dropFirst("/board/cases/1?done=".count)
        for (browser, target) in [
            (kim, "/board/cases/1?done=note"), (kim, "/board/cases/1?done=resolve"),
            (kim, "/board/cases/2?done=\(text)"),
            (lou, next), (kim, "/board/cases/1?done=\(text.replacing("note", with: "keep"))"),
            (kim, "/board/cases/1?done=\(text)A"),
        ] {
            let silent = try browser.get(target)
            #expect(silent.status == 200 && !silent.has(said), "\(target)")
        }
        desk.clock.advance(by: .minutes(3))
        #expect(try !kim.get(next).has(said))
    }

    @Test("answers of a promise's owner, absence and handover carry the state that was seen")
    func tags() throws {
        let desk = try desk()
        _ = try desk.api("POST", "/v1/promises/1/reassign", #"{"owner":"Lou","reason":"Away"}"#)
        let page = try desk.get("/board/owners/Lou")
        for action in ["absence", "handover"] {
            #expect(page.form("/board/owners/Lou/\(action)")["tag"]?.isEmpty == false, "\(action)")
        }
        var form = page.form("/board/owners/Lou/absence")
        form.merge(["from": "2026-03-03", "until": "2026-03-04"]) { $1 }
        _ = try desk.api("POST", "/v1/promises/2/reassign", #"{"owner":"Lou","reason":"Away"}"#)
        #expect(try desk.post("/board/owners/Lou/absence", form).status == 412)
        form["tag"] = try desk.get("/board/owners/Lou").form("/board/owners/Lou/absence")["tag"]
        #expect([200, 303].contains(try desk.post("/board/owners/Lou/absence", form).status))
        #expect(try desk.get("/board/owners/Lou").form("/board/owners/Lou/return")["tag"]?.isEmpty == false)
    }

    @Test("what can't be compared is not told of as unchanged")
    func unknown() throws {
        let desk = try desk()
        var form = try desk.get("/board/cases/1?form=note").form(path)
        form["text"] = "x"
        _ = try desk.api("PATCH", "/v1/cases/1", #"{"owner":"Lou"}"#)
        for seen in ["", "yesterday", "2100-01-01T00:00:00Z", "0001-01-01T00:00:00Z"] {
            form["seen"] = seen
            let page = try desk.post(path, form)
            #expect(page.status == 412 && page.has(Texts.differenceUnknown.prefix(30) + ""), "\(seen)")
            #expect(!page.has(Texts.noDifference))
        }
    }

    // MARK: - After a login
    private func ended() throws -> (desk: BoardDesk, browser: Browser, secret: String, form: [String: String]) {
        let desk = try BoardDesk()
        try desk.openCase()
        let token = try desk.token(.agent, name: "Kim")
        var browser = desk.client
        try browser.logIn(token.secret)
        var form = try browser.get("/board/cases/1?form=note").form(path)
        form["text"] = "What <b>she</b> said\nand \"more\""
        desk.clock.advance(by: Session.longest)
        return (desk, browser, token.secret, form)
    }

    private func post(_ browser: Browser, _ form: [String: String], to path: String, _ fields: [String: String] = [:])
        throws -> BrowsedPage
    {
        try browser.post(form.map { ($0.key, $0.value) }, to: path, fields)
    }

    @Test("what was typed is still there after a login, and is not sent by itself")
    func kept() throws {
        var (desk, browser, secret, form) = try ended()
        let login = try post(browser, form, to: path)
        #expect(login.status == 401 && login.has(Texts.keptHint) && login.fields["location"] == nil, "\(login.html)")
        var fields = login.form("/board/login")
        #expect(
            fields["kept:text"] == form["text"] && fields["kept:form_token"] == nil && fields["kept:key"] == form["key"]
        )
        fields["token"] = "ck_wrong"
        let wrong = try post(browser, fields, to: "/board/login")
        #expect(wrong.status == 401 && wrong.form("/board/login")["kept:text"] == form["text"])
        fields = wrong.form("/board/login")
        fields["token"] = secret
        let admitted = try post(browser, fields, to: "/board/login")
        // A reload does not log in again.
        #expect(admitted.status == 303 && admitted.fields["location"] == KeptPage.path, "\(admitted.html)")
        browser.cookie = String(try #require(admitted.fields["set-cookie"]).prefix { $0 != ";" })
        let page = try browser.get(KeptPage.path)
        #expect(page.status == 200 && page.has("What &lt;b&gt;she&lt;/b&gt; said"), "\(page.html)")
        let log = { try desk.store.makeReader().read { try $0.caseFile(1) }?.record.version }
        let version = try log()
        let again = page.form(path)
        #expect(again["key"] == form["key"] && again["text"] == form["text"] && again["kept"] == nil)
        #expect(try post(browser, again, to: path).status == 303)
        #expect(try log() != version)
    }

    @Test("nothing is kept of what comes from elsewhere, or is too long")
    func notKept() throws {
        let (desk, browser, _, form) = try ended()
        defer { withExtendedLifetime(desk) {} }
        let foreign = try post(
            browser, form, to: path, ["Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"])
        #expect(foreign.status == 403 && !foreign.has("kept:"))
        var long = form
        long["text"] = String(repeating: "a", count: 1_020_000)
        let answer = try post(browser, long, to: path)
        #expect(answer.status == 303 && answer.fields["location"]?.hasPrefix("/board/login?next=") == true)
        #expect(answer.fields["location"]?.contains("aaa") == false)
    }
}
