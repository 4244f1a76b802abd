import CaseStore
import Complaints
import Foundation
import Testing

@testable import Board
@testable import CaseAPI

/// What becomes of a form whose session is not there any more, or that is sent another time.
@Suite("Forms that are kept, and forms that come twice")
struct KeptFormTests {
    private let desk: BoardDesk
    private let secret: String
    private let kim: Browser

    init() throws {
        desk = try BoardDesk()
        try desk.openCase()
        secret = try desk.token(.manager, name: "Kim").secret
        var browser = desk.client
        try browser.logIn(secret)
        kim = browser
    }

    private func send(_ browser: Browser, _ form: [String: String], to path: String) throws -> BrowsedPage {
        try browser.post(form.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, to: path)
    }

    /// What somebody gets who logs in where a form was kept.
    private func logIn(
        _ browser: inout Browser, _ form: [String: String], to path: String, _ secret: String
    ) throws -> BrowsedPage {
        let login = try send(browser, form, to: path)
        #expect(login.status == 401, "\(login.html.prefix(2000))")
        var fields = login.form("/board/login")
        fields["token"] = secret
        let page = try send(browser, fields, to: "/board/login")
        if let cookie = page.fields["set-cookie"] { browser.cookie = String(cookie.prefix { $0 != ";" }) }
        // What holds the token is not to be sent again by a reload.
        guard page.status == 303, page.fields["location"] == KeptPage.path else { return page }
        return try browser.get(KeptPage.path)
    }

    private let edit = "/board/cases/1/edit"
    private let note = "/board/cases/1/note"

    private var notes: Int {
        get throws {
            try desk.client.get("/v1/cases/1/log", ["Authorization": "Bearer \(secret)", "Accept": "application/json"])
                .html.components(separatedBy: #""kind":"note""#).count - 1
        }
    }

    @Test("a form that was kept over a login still says which state was seen: what has changed meanwhile is shown")
    func staleAfterLogin() throws {
        var browser = kim
        var form = try browser.get("/board/cases/1?form=edit").form(edit)
        form["category"] = "MINE"
        let lou = try desk.browser(as: .manager, name: "Lou")
        var theirs = try lou.get("/board/cases/1?form=edit").form(edit)
        theirs["category"] = "THEIRS"
        try desk.store.write { try $0.endSession(1) }
        #expect(try send(lou, theirs, to: edit).status == 303)
        let page = try logIn(&browser, form, to: edit, secret)
        let again = page.form(edit)
        #expect(again["tag"] == form["tag"] && again["seen"] == form["seen"] && again["category"] == "MINE")
        let refused = try send(browser, again, to: edit)
        #expect(refused.status == 412 && refused.has(Texts.changedMeanwhile) && refused.has("THEIRS"))
        #expect(!refused.has("ETag"))
    }

    @Test("what was typed is kept up to what forms take, however it comes")
    func long() throws {
        var browser = kim
        var form = try browser.get("/board/cases/1?form=note").form(note)
        form["text"] = String(repeating: "long text é ", count: 20_000)
        desk.clock.advance(by: Session.longest)
        let page = try logIn(&browser, form, to: note, secret)
        #expect(page.status == 200)
        let again = page.form(note)
        #expect(again["text"] == form["text"] && again["key"] == form["key"])
    }

    @Test("the page that a login leads to is there whenever it is opened, for that session alone, until it ends")
    func keptPage() throws {
        var browser = kim
        #expect(try kim.get(KeptPage.path).has(Texts.nothingKept))
        var form = try browser.get("/board/cases/1?form=note").form(note)
        form["text"] = "Typed before"
        desk.clock.advance(by: Session.longest)
        _ = try logIn(&browser, form, to: note, secret)
        for _ in 0..<2 {
            let page = try browser.get(KeptPage.path)
            #expect(page.status == 200 && page.form(note)["text"] == "Typed before", "\(page.html.prefix(2000))")
        }
        #expect(try notes == 0)
        var other = desk.client
        try other.logIn(secret)
        #expect(try !other.get(KeptPage.path).has("Typed before"))
        desk.clock.advance(by: KeptForms.span)
        #expect(try !browser.get(KeptPage.path).has("Typed before"))
    }

    @Test("logging out lets go of what was kept")
    func loggedOut() throws {
        var browser = kim
        var form = try browser.get("/board/cases/1?form=note").form(note)
        form["text"] = "Typed before"
        desk.clock.advance(by: Session.longest)
        let page = try logIn(&browser, form, to: note, secret)
        #expect(page.has("Typed before"))
        #expect(
            try browser.post([("form_token", page.formToken ?? "")], to: "/board/logout").status == 303)
        #expect(try browser.get(KeptPage.path).status == 303)
    }

    @Test("what is kept is bounded, all of it together: what has no room is not kept, and what has gone makes room")
    func bounded() throws {
        let forms = KeptForms()
        let now = desk.clock.now
        let text = String(repeating: "x", count: 1_000_000)
        let form = KeptForm(path: "/board/cases/1/note", fields: try FormFields(Array("text=\(text)".utf8)))
        func session(_ id: Int64) -> Session {
            Session(id: id, tokenID: 1, actor: nil, createdAt: now, endsAt: now + Session.longest)
        }
        let kept = (1...40).map { forms.keep(form, for: session($0), at: now) }
        #expect(kept.first == true && kept.last == false && forms.bytes <= KeptForms.most)
        #expect(forms.form(of: session(1), at: now)?.fields["text"] == text)
        #expect(forms.form(of: session(40), at: now) == nil)
        // In place of one's own there is room.
        #expect(forms.keep(form, for: session(1), at: now))
        forms.forget(session(2))
        #expect(forms.keep(form, for: session(40), at: now))
        let later = now + KeptForms.span
        #expect(forms.form(of: session(40), at: later) == nil)
        #expect(forms.keep(form, for: session(39), at: later) && forms.bytes < 2_000_000)
    }

    @Test("what somebody typed is shown to nobody else who logs in there")
    func another() throws {
        var browser = kim
        var form = try browser.get("/board/cases/1?form=note").form(note)
        form["text"] = "Between us"
        let bo = try desk.token(.agent, name: "Bo")
        desk.clock.advance(by: Session.longest)
        let page = try logIn(&browser, form, to: note, bo.secret)
        #expect(page.status == 200 && page.has(Texts.typedByAnother) && !page.has("Between us"))
        #expect(page.fields["set-cookie"] != nil && page.has("href=\"/board/cases/1\""))
    }

    @Test(
        "what somebody typed stays where they log in with a token of theirs that only reads, for one that may send it")
    func reader() throws {
        var browser = kim
        var form = try browser.get("/board/cases/1?form=note").form(note)
        form["text"] = "Typed before"
        desk.clock.advance(by: Session.longest)
        let only = try desk.token(.reader, name: "Kim's screen", owner: "Kim").secret
        let page = try logIn(&browser, form, to: note, only)
        #expect(page.status == 200 && page.has(Texts.mayNotSend) && page.has("Typed before"), "\(page.html)")
        #expect(page.form(note).isEmpty)
        var fields = page.form("/board/login")
        fields["token"] = secret
        let again = try send(browser, fields, to: "/board/login")
        #expect(again.status == 303 && again.fields["location"] == KeptPage.path, "\(again.html)")
        browser.cookie = String((again.fields["set-cookie"] ?? "").prefix { $0 != ";" })
        #expect(try browser.get(KeptPage.path).form(note)["text"] == "Typed before")
    }

    @Test("an erasure leaves nothing of what was kept, whose words it may have, and time lets go of it by itself")
    func erased() throws {
        var browser = kim
        var form = try browser.get("/board/cases/1?form=note").form(note)
        form["text"] = "Ann said so"
        desk.clock.advance(by: Session.longest)
        _ = try logIn(&browser, form, to: note, secret)
        #expect(try browser.get(KeptPage.path).has("Ann said so"))
        let admin = try desk.token(.admin, name: "Admin").secret
        for (path, body) in [
            ("/v1/promises/1/keep", #"{"resolve":{"summary":"Mended","customer_accepted":true}}"#),
            ("/v1/cases/1/close", "{}"), ("/v1/customers/1/erase", #"{"reason":"Asked for it"}"#),
        ] {
            let done = try desk.client.send(
                "POST", path,
                ["Authorization": "Bearer \(admin)", "Content-Type": "application/json", "Accept": "application/json"],
                Array(body.utf8))
            #expect(done.status == 200, "\(path) \(done.html)")
        }
        #expect(try !browser.get(KeptPage.path).has("Ann said so"))
        let forms = KeptForms()
        let now = desk.clock.now
        let session = Session(id: 1, tokenID: 1, actor: nil, createdAt: now, endsAt: now + Session.longest)
        #expect(forms.keep(KeptForm(path: note, fields: try FormFields(Array("text=x".utf8))), for: session, at: now))
        forms.forgetOld(at: now)
        #expect(forms.bytes > 0)
        forms.forgetOld(at: now + KeptForms.span)
        #expect(forms.bytes == 0)
    }

    @Test("a form of a tab from before a new login comes back with what was typed, in a form of the new session")
    func tabs() throws {
        var browser = kim
        var form = try browser.get("/board/cases/1?form=note").form(note)
        form["text"] = "Typed in the first tab"
        try browser.logIn(secret)
        let page = try send(browser, form, to: note)
        #expect(page.status == 403 && page.has(Texts.formFromBefore.prefix(40) + ""), "\(page.html.prefix(3000))")
        let again = page.form(note)
        #expect(again["text"] == form["text"] && again["form_token"] != form["form_token"])
        #expect(try notes == 0)
        #expect(try send(browser, again, to: note).status == 303)
        #expect(try notes == 1)
        // Of somebody else's there is nothing to see.
        let bo = try desk.browser(as: .agent, name: "Bo")
        let other = try send(bo, form, to: note)
        #expect(other.status == 403 && !other.has("Typed in the first tab"))
    }

    @Test("the link for a customer is shown as it is to be sent")
    func share() throws {
        let desk = try BoardDesk(links: try PublicLinks("https://desk.example"))
        try desk.openCase()
        let form = try desk.client.get("/board/cases/1?form=share").form("/board/cases/1/share")
        let page = try send(desk.client, form, to: "/board/cases/1/share")
        #expect(page.status == 200 && page.has("<code>https://desk.example/c/"), "\(page.html)")
    }

    @Test("where a state has to be named, a form without one is refused")
    func withoutTag() throws {
        var access = AccessRules()
        access.requiresIfMatch = true
        let desk = try BoardDesk(access: access)
        try desk.openCase()
        for (path, name) in [(edit, "category"), (note, "text")] {
            let form = try desk.client.get("/board/cases/1?form=\(path.split(separator: "/").last!)").form(path)
                .merging([name: "x"]) { $1 }
            for tag in [nil, ""] as [String?] {
                var bare = form
                bare["tag"] = tag
                let page = try send(desk.client, bare, to: path)
                #expect(page.status == 428 && !page.has("If-Match"), "\(path)")
            }
            #expect(try send(desk.client, form, to: path).status == 303, "\(path)")
        }
    }

    @Test("a form that is sent twice is done once, and told of twice as done")
    func twice() throws {
        var form = try kim.get("/board/cases/1?form=edit").form(edit)
        form["category"] = "Leaks"
        #expect(try (0..<2).map { _ in try send(kim, form, to: edit).status } == [303, 303])
        let away = "/board/owners/Kim/absence"
        form = try kim.get("/board/owners/Kim").form(away).merging(["from": "2026-03-03", "until": "2026-03-04"]) { $1 }
        let answers = try (0..<2).map { _ in try send(kim, form, to: away) }
        // It is warned of what falls into it.
        #expect(answers.map(\.status) == [200, 200] && answers.allSatisfy { $0.has(Texts.goOn) }, "\(answers[1].html)")
        let share = "/board/cases/1/share"
        _ = try send(kim, kim.get("/board/cases/1?form=share").form(share), to: share)
        form = try kim.get("/board/cases/1?form=unshare").form("/board/cases/1/unshare")
        #expect(try (0..<2).map { _ in try send(kim, form, to: "/board/cases/1/unshare").status } == [303, 303])
    }

    @Test("what another form did just now is asked about before it is done again")
    func twin() throws {
        func form() throws -> [String: String] {
            try kim.get("/board/cases/1?form=note").form(note).merging(["text": "Once"]) { $1 }
        }
        let first = try form()
        #expect(try send(kim, first, to: note).status == 303)
        #expect(try send(kim, first, to: note).status == 303)
        let asked = try send(kim, try form(), to: note)
        #expect(asked.status == 422 && asked.has("It looks like it was sent already"), "\(asked.html.prefix(3000))")
        #expect(try notes == 1)
        let again = asked.form(note)
        #expect(again["text"] == "Once")
        #expect(try send(kim, again, to: note).status == 303)
        #expect(try notes == 2)
        desk.clock.advance(by: .minutes(11))
        #expect(try send(kim, try form(), to: note).status == 303)
    }

    @Test("who changed an owner meanwhile is told of without tags, with what is otherwise")
    func staleOwner() throws {
        let away = "/board/owners/Kim/absence"
        let form = try kim.get("/board/owners/Kim").form(away)
            .merging(["from": "2026-03-03", "until": "2026-03-04"]) { $1 }
        try desk.openCase(customer: "Bo")
        let page = try send(kim, form, to: away)
        #expect(page.status == 412 && page.has(Texts.changedMeanwhile) && !page.has("ETag"), "\(page.html)")
        #expect(try send(kim, page.form(away).merging(["until": "2026-03-05"]) { $1 }, to: away).status == 200)
    }

    @Test("a character that nobody can see is a fault of its field, and nothing typed is lost")
    func nul() throws {
        var form = try kim.get("/board/cases/1?form=note").form(note)
        form["text"] = "Seen\u{0}unseen"
        let page = try send(kim, form, to: note)
        #expect(page.status == 422 && page.has("Seen") && page.has("unseen"), "\(page.html.prefix(3000))")
    }
}
