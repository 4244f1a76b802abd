import CaseAPI
import Complaints
import Foundation
import HTTPTypes
import Testing

@testable import Board

@Suite("The page of a case")
struct CasePageTests {
    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        let opened = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"It <b>leaks</b>.","customer":{"name":"Ann","phone":"+46 8 1"},"owner":"Kim"}"#)
        #expect(opened.status == 201, "\(opened.html)")
        return desk
    }

    @Test("has the complaint as it was said, the promises in time, what to do next as a form, and the log")
    func page() throws {
        let desk = try desk()
        let page = try desk.get("/board/cases/1")
        #expect(page.status == 200, "\(page.html)")
        for shown in [
            "It &lt;b&gt;leaks&lt;/b&gt;.", "href=\"tel:+4681\"", "<svg", Texts.guidance, "<strong>New case</strong>",
            "form=keep",
            "form=renegotiate", "form=reassign",
        ] { #expect(page.html.contains(shown), "\(shown)") }
        #expect(page.html.ranges(of: "class=\"sheet\"").count == 1, "the next step is a form")
        #expect(try desk.get("/board/cases/1?form=note").html.ranges(of: "class=\"sheet\"").count == 1)
        #expect(try desk.get("/board/cases/99").status == 404 && desk.get("/board/cases/x").status == 404)
        desk.advance(by: .days(5))
        let late = try desk.get("/board/cases/1")
        #expect(late.html.contains("form=recover") && !late.html.contains("form=renegotiate"))
    }

    @Test("a form does a thing once, however often it is sent")
    func once() throws {
        let desk = try desk()
        let path = "/board/cases/1/note"
        var form = try desk.get("/board/cases/1?form=note").form(path)
        #expect(form["key"] != nil && form["tag"] != nil && form["form_token"] != nil)
        form["text"] = "Called.\nNobody was in."
        for _ in 0..<2 {
            let sent = try desk.post(path, form)
            #expect(
                sent.status == 303 && sent.fields["location"]?.hasPrefix("/board/cases/1?done=note.") == true,
                "\(sent.html)")
        }
        let log = try desk.api("GET", "/v1/cases/1/log").html
        #expect(log.ranges(of: #""text":"Called.\nNobody was in.""#).count == 1)
    }

    @Test("a refused form keeps what was typed, and shows each field's fault beside it")
    func refused() throws {
        let desk = try desk()
        let path = "/board/cases/1/renegotiate"
        var form = try desk.get("/board/cases/1?form=renegotiate&promise=1").form(path)
        form["reason"] = "None \"in\" <stock>"
        form["customer_notified/channel"] = "phone"
        form["due_at"] = "2026-03-06T10:00"
        let page = try desk.post(path, form)
        #expect(page.status == 422, "\(page.html)")
        #expect(page.html.contains("None &quot;in&quot; &lt;stock&gt;"))
        #expect(page.html.contains("id=\"field-next_step-fault\""))
        #expect(page.html.contains("id=\"field-customer_notified-outcome-fault\""))
        #expect(page.html.contains("<option value=\"phone\" selected>"))
        #expect(page.html.contains("value=\"2026-03-06T10:00\""))
        var again = page.form(path)
        #expect(again["key"] == form["key"])
        again["next_step"] = "We call"
        again["customer_notified/channel"] = "phone"
        again["customer_notified/outcome"] = "reached"
        let done = try desk.post(path, again)
        // It is done, and far off by the policy.
        #expect(done.status == 200 && done.html.contains("promise to be in touch before"), "\(done.html)")
        #expect(try desk.api("GET", "/v1/promises/2").html.contains("\"due_at\":\"2026-03-06T10:00:00Z\""))
    }

    @Test("a form says which promise it is for; one of another case, or of none, is told of")
    func about() throws {
        let desk = try desk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"x","customer":{"name":"Bo"},"owner":"Kim"}"#)
        let page = try desk.get("/board/cases/1?form=reassign&promise=1")
        let what = try #require(
            try desk.api("GET", "/v1/promises/1").html.firstMatch(of: #/"what":"([^"]*)"/#).map { String($0.1) })
        let heading = try #require(page.html.firstMatch(of: #/<h2 id="form-title">(.*?)<\/h2>/#).map { String($0.1) })
        #expect(heading.contains(what) && heading.contains("due by <time"), "\(heading)")
        for query in ["form=keep&promise=2", "form=keep&promise=x", "form=keep", "form=erase"] {
            let refused = try desk.get("/board/cases/1?\(query)")
            #expect(refused.status == 400 && refused.html.contains("role=\"alert\""), "\(query)")
        }
    }

    @Test("what the API warns of is shown once it is done, and sending it again does nothing again")
    func warned() throws {
        let desk = try desk()
        let path = "/board/cases/1/reassign"
        var form = try desk.get("/board/cases/1?form=reassign&promise=1").form(path)
        form["owner"] = "Bartholomew"
        form["reason"] = "Knows them"
        let pages = try (0..<2).map { _ in try desk.post(path, form) }
        #expect(pages[0].status == 200 && pages[0].html.contains("Nobody is known as Bartholomew."), "\(pages[0].html)")
        #expect(pages[0].html.contains("<a href=\"/board/cases/1\">") && pages[0].html == pages[1].html)
    }

    @Test("a case that is resolved is not offered to be resolved")
    func resolved() throws {
        let desk = try desk()
        #expect(try desk.get("/board/cases/1").html.contains("form=resolve"))
        let kept = try desk.api(
            "POST", "/v1/promises/1/keep",
            #"{"evidence":"Called","resolve":{"summary":"Mended","customer_accepted":true}}"#)
        #expect(kept.status == 200, "\(kept.html)")
        let page = try desk.get("/board/cases/1")
        #expect(!page.html.contains("form=resolve") && page.html.contains("form=note"))
    }

    @Test("the head has the supervisor and how it ended; links lead to other cases of the customer, and to duplicates")
    func head() throws {
        let desk = try desk()
        for body in [
            #"{"complaint":"It leaks again.","subject":"Again","customer":{"id":1},"owner":"Kim"}"#,
            #"{"complaint":"y","customer":{"name":"Cy"},"owner":"Kim"}"#,
        ] {
            let opened = try desk.api("POST", "/v1/cases", body)
            #expect(opened.status == 201, "\(opened.html)")
        }
        let page = try desk.get("/board/cases/1")
        #expect(page.html.contains(Texts.otherCases))
        #expect(page.html.contains("href=\"/board/cases/2\">2 <bdi>Again</bdi>"))
        #expect(try !desk.get("/board/cases/3").html.contains(Texts.otherCases))
        let merged = try desk.api("POST", "/v1/cases/2/duplicate-of", #"{"case_id":1,"reason":"Twice"}"#)
        #expect(merged.status < 300, "\(merged.html)")
        #expect(
            try desk.get("/board/cases/2").html.contains(
                "\(Texts.duplicateOf)</small> <a href=\"/board/cases/1\"><bdi>Case 1</bdi></a>"))
        #expect(
            try desk.get("/board/cases/1").html.contains(
                "\(Texts.duplicates)</small> <a href=\"/board/cases/2\"><bdi>Case 2</bdi></a>"))
        #expect(try desk.api("POST", "/v1/cases/3/escalate", #"{"supervisor":"Mia","reason":"Big"}"#).status < 300)
        let kept = try desk.api(
            "POST", "/v1/promises/3/keep",
            #"{"evidence":"Called","resolve":{"summary":"Mended","customer_accepted":true,"outcome":"partly_upheld","redress":{"amount":1500,"currency":"EUR"}}}"#
        )
        #expect(kept.status == 200, "\(kept.html)")
        let over = try desk.get("/board/cases/3").html
        for shown in ["<bdi>Mia</bdi>", "<bdi>partly upheld</bdi>", "<bdi>15.00 EUR</bdi>"] {
            #expect(over.contains(shown), "\(shown)")
        }
    }

    @Test("nobody is offered to accept what somebody else has to")
    func othersPromise() throws {
        let desk = try CasePageDesk()
        let opened = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"x","customer":{"name":"Cy"},"promise":{"what":"Visit","due_in":"P1D","owner":"Kim"}}"#)
        #expect(opened.status == 201)
        let page = try desk.get("/board/cases/1").html
        #expect(page.contains("Have it accepted by whoever it was promised for"))
        #expect(!page.contains("/accept\"") && !page.contains("form=accept"))
    }

    @Test("a stale form shows what changed meanwhile, field by field, with what was typed still there")
    func stale() throws {
        let desk = try desk()
        let path = "/board/cases/1/note"
        var form = try desk.get("/board/cases/1?form=note").form(path)
        form["text"] = "What I saw"
        #expect(try desk.api("PATCH", "/v1/cases/1", #"{"owner":"Lou","mood":"angry"}"#).status == 200)
        let page = try desk.post(path, form)
        #expect(page.status == 412, "\(page.html)")
        #expect(page.html.contains(Texts.changedMeanwhile) && page.html.contains("What I saw"))
        #expect(page.html.contains(">Kim</td>") && page.html.contains(">Lou</td>") && page.html.contains(">angry</td>"))
        var again = page.form(path)
        #expect(again["tag"] != form["tag"])
        again["text"] = "What I saw"
        #expect(try desk.post(path, again).status == 303)
    }

    @Test(
        "a stale form says what happened and what is otherwise in people's words, and one that is done is not sent again"
    )
    func staleWords() throws {
        let desk = try desk()
        let made = try desk.api(
            "POST", "/v1/cases/1/promises", #"{"what":"Send the bill","due_in":"P2D","owner":"Kim"}"#)
        #expect(made.status == 201, "\(made.html)")
        let id = try #require(made.html.firstMatch(of: #/"id":(\d+)/#).map { String($0.1) })
        let path = "/board/cases/1/keep"
        var form = try desk.get("/board/cases/1?form=keep&promise=\(id)").form(path)
        form["evidence"] = "What I saw"
        desk.advance(by: .hours(1))
        #expect(try desk.api("POST", "/v1/promises/\(id)/keep", #"{"evidence":"Seen"}"#).status == 200)
        #expect(
            try desk.api("POST", "/v1/cases/1/promises", #"{"what":"Ring them","due_in":"P3D","owner":"Kim"}"#).status
                == 201)
        let page = try desk.post(path, form)
        #expect(page.status == 412 && page.has("What I saw"), "\(page.html)")
        let start = try #require(page.html.range(of: "id=\"changes\""))
        let changes = page.html[start.upperBound...]
        let told = changes.prefix(upTo: try #require(changes.range(of: "</section>")).lowerBound)
        #expect(told.contains("Ring them") && told.contains("Promise kept"), "\(told)")
        let derived = ["seconds", "slips", "Promises: ", "number on record", "umber of the other", "ersion"]
        for word in derived { #expect(!told.contains(word), "\(word): \(told)") }
        #expect(
            page.has(Texts.notReadyAnyMore) && !page.html.contains("<button class=\"primary\">\(Texts.action("keep"))"))
        // A note can still be sent.
        let note = try desk.get("/board/cases/1?form=note").form("/board/cases/1/note")
        #expect(try desk.api("PATCH", "/v1/cases/1", #"{"team":"North"}"#).status == 200)
        let other = try desk.post("/board/cases/1/note", note.merging(["text": "x"]) { $1 })
        #expect(other.status == 412 && other.has(">North</td>") && !other.has(Texts.notReadyAnyMore))
    }

    @Test("a form of none of our pages, or of somebody else, changes nothing; a reader gets no forms")
    func foreign() throws {
        let desk = try desk()
        #expect(try desk.post("/board/cases/1/note", ["text": "x"]).status == 403)
        #expect(try desk.post("/board/cases/1/erase", ["text": "x"]).status == 403)
        #expect(try !desk.api("GET", "/v1/cases/1/log").html.contains("\"note\""))
        desk.advance(by: .hours(1))
        let asked = try desk.get("/board/cases/1?as_of=2026-03-02T09:30:00Z&form=note")
        #expect(asked.status == 200 && !asked.html.contains("/board/cases/1/note"))
        let asOf = try desk.get("/board/cases/1?as_of=2026-03-02T09:30:00Z")
        #expect(asOf.status == 200 && asOf.html.contains("leaks") && !asOf.html.contains("form=note"))
    }

    @Test("every form has words of its own that say what is done by it, and no two the same")
    func words() {
        let names = ActionForm.all.map(\.name)
        #expect(Set(names.map(Texts.action)).count == names.count)
        for name in names {
            let kind = name.hasPrefix("log-") ? String(name.dropFirst(4)) : nil
            #expect(kind.map { Texts.writing[$0] != nil } ?? (Texts.actions[name] != nil), "\(name)")
        }
        #expect(Set(Texts.writing.keys).isSubset(of: LogKind.allCases.map(\.rawValue)))
    }

    @Test("every form asks for fields that the API takes, each of a kind, and no two by one name")
    func fields() {
        for form in ActionForm.all {
            for name in form.asked + form.fixed.map(\.name) { #expect(form.body[name] != nil, "\(form.name): \(name)") }
        }
        #expect(Set(ActionForm.all.map(\.name)).count == ActionForm.all.count)
        let new = BodyFields(.post, "/v1/cases")
        #expect(new["tags"]?.kind == .texts && new["customer/vulnerable"]?.kind == .flag)
        #expect(new["received_at"]?.kind == .instant && new["complaint"]?.isRequired == true)
    }
}
