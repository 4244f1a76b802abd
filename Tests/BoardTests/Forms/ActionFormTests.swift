import Complaints
import HTTPServer
import HTTPTypes
import Testing

@testable import Board
@testable import CaseAPI

@Suite("Forms of what is done with a case")
struct ActionFormTests {
    /// Routes that change a case or a promise, and have no form: each with why.
    private static let withoutForm: [String: String] = [:]

    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        let opened = try desk.api(
            "POST", "/v1/cases", #"{"complaint":"It leaks.","subject":"Tap","customer":{"name":"Ann"},"owner":"Kim"}"#)
        #expect(opened.status == 201, "\(opened.html)")
        return desk
    }

    @Test("every route that changes a case or a promise has its form, and every kind of entry that is written")
    func routes() {
        let routes = RouteMap.table.routes.filter { route in
            route.endpoint.isChange
                && ["/v1/cases/{id}", "/v1/promises/{id}"].contains { route.pattern.utf8.starts(with: $0.utf8) }
        }
        #expect(routes.count > 15)
        for route in routes {
            let name = "\(route.method.rawValue) \(route.pattern)"
            let hasForm = ActionForm.all.contains { $0.method == route.method && $0.pattern == route.pattern }
            #expect(hasForm != (Self.withoutForm[name] != nil), "\(name)")
        }
        for kind in LogKind.written where kind != .coolOff {
            let form = ActionForm.all.first { $0.fixed.contains { $0.value == kind.rawValue } }
            #expect(form != nil, "\(kind)")
            #expect(form?.asked.contains("kind") == false && form?.asked.isEmpty == false, "\(kind)")
        }
    }

    @Test("every field that a form can ask for is called something, in plain words, and so is every form")
    func labels() {
        let bodies =
            ActionForm.all.map { (name: $0.name, body: $0.body) }
            + [("", NewCasePage.body), ("absence", OwnerForm.absence.body), ("handover", OwnerForm.handover.body)]
            + CustomerForm.allCases.map { (name: $0.name, body: $0.body) }
        for (name, body) in bodies {
            for field in body.all {
                #expect(Texts.names(field, in: name), "\(name): \(field.name) has no label in Texts.fields")
                for words in [Texts.label(of: field, in: name), Texts.hint(of: field, in: name)] {
                    #expect(
                        !words.contains("_") && !words.contains(/PT?[0-9]/) && !words.contains(/[a-z][A-Z]/), "\(words)"
                    )
                }
            }
            let labels = body.all.map { Texts.label(of: $0, in: name) }
            #expect(Set(labels).count == labels.count, "\(name): two fields of one label")
        }
        for form in ActionForm.all { #expect(Texts.action(form.name) != form.name, "\(form.name)") }
        #expect(Set(ActionForm.all.map { Texts.action($0.name) }).count == ActionForm.all.count)
    }

    @Test("every form opens by its address, with a key, the state that was seen, and each of its fields")
    func open() throws {
        // Whose word it is, nobody types: it is theirs who write it down.
        let theirs = ["log-threat_assessment", "log-concession_decision"].map { "\($0): by" }
        var count = 0
        try OpenedForms.each { form, page in
            count += 1
            #expect(page.status == 200, "\(form.name)")
            let sent = page.form("/board/cases/1/\(form.name)")
            #expect(sent["key"] != nil && sent["tag"]?.isEmpty == false && sent["form_token"] != nil, "\(form.name)")
            for name in form.asked where !form.isEdit {
                let isThere = page.has("name=\"\(name)\"")
                let place = "\(form.name): \(name)"
                #expect(isThere != theirs.contains(place), "\(place)")
            }
        }
        #expect(count == ActionForm.all.count)
    }

    @Test("a page offers what its case and its promises are ready for, to who may")
    func occasions() throws {
        let desk = try desk()
        func offered(_ path: String = "/board/cases/1") throws -> Set<String> {
            Set(try desk.get(path).html.matches(of: /\?form=([a-z_-]+)/).map { String($0.1) })
        }
        let open = try offered()
        for name in [
            "keep", "renegotiate", "reassign", "withdraw", "void", "note", "resolve", "promises", "edit", "escalate",
            "share",
        ] {
            #expect(open.contains(name), "\(name)")
        }
        for name in ["recover", "accept", "close", "reopen", "unshare", "stage"] {
            #expect(!open.contains(name), "\(name)")
        }
        #expect(try desk.api("POST", "/v1/cases/1/share").status == 201)
        #expect(try offered().contains("unshare"))
        let kept = try desk.api(
            "POST", "/v1/promises/1/keep",
            #"{"evidence":"Called","resolve":{"summary":"Mended","customer_accepted":true}}"#)
        #expect(kept.status == 200, "\(kept.html)")
        let resolved = try offered()
        for name in ["close", "reopen", "note"] { #expect(resolved.contains(name), "\(name)") }
        for name in ["keep", "withdraw", "resolve", "promises"] { #expect(!resolved.contains(name), "\(name)") }
        #expect(try desk.api("POST", "/v1/cases/1/close").status == 200)
        let closed = try offered()
        #expect(closed.contains("reopen") && !closed.contains("close"))
    }

    @Test("a form that is for managers is not offered to agents, and none to readers")
    func roles() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let pages = try [Role.reader, .agent, .manager].map {
            try desk.browser(as: $0, name: $0.rawValue).get("/board/cases/1").html
        }
        #expect(!pages[0].contains("?form="))
        #expect(pages[1].contains("?form=escalate") && !pages[1].contains("?form=relationship"))
        #expect(pages[2].contains("?form=relationship"))
        // What the rules take from managers alone, though its route takes other entries from agents.
        for form in ["log-dispute_decision", "log-concession_decision"] {
            #expect(!pages[1].contains("?form=\(form)") && pages[2].contains("?form=\(form)"), "\(form)")
        }
        let agent = try desk.browser(as: .agent, name: "by address")
        #expect(try agent.get("/board/cases/1?form=relationship").form("/board/cases/1/relationship").isEmpty)
    }

    @Test("the case is changed in what was typed over, and in nothing else")
    func edit() throws {
        let desk = try desk()
        let path = "/board/cases/1/edit"
        _ = try desk.api(
            "PATCH", "/v1/cases/1",
            #"{"hard_deadline":"2026-05-04T10:00:30Z","estimate":{"from":"P5D","to":"P10D"},"contact":{"name":"Jo","phone":"1"}}"#
        )
        let page = try desk.get("/board/cases/1?form=edit")
        var form = page.form(path)
        #expect(
            form["subject"] == "Tap" && form["estimate/to"] == "10 days" && form["hard_deadline"] == "2026-05-04T10:00")
        #expect(!page.has("name=\"redress/amount\""), "how it ended is for a case that has")
        for (name, value) in ["channel": "other", "severity": "normal", "mood": "calm"] { form[name] = value }
        let before = try desk.api("GET", "/v1/cases/1").html
        #expect(try desk.post(path, form).status == 303)
        let version = #/"version":(\d+),"updated_at"/#
        #expect(
            try desk.api("GET", "/v1/cases/1").html.firstMatch(of: version)?.1 == before.firstMatch(of: version)?.1)
        form = try desk.get("/board/cases/1?form=edit").form(path)
        for (name, value) in ["channel": "other", "severity": "normal", "mood": "calm"] { form[name] = value }
        form["subject"] = ""
        form["contact/name"] = ""
        form["owner"] = "Lou"
        #expect([200, 303].contains(try desk.post(path, form).status))
        let after = try desk.api("GET", "/v1/cases/1").html
        #expect(after.contains(#""subject":null"#) && after.contains(#""owner":"Lou""#), "\(after)")
        #expect(after.contains(#""contact":{"name":null,"phone":"1""#) && after.contains("2026-05-04T10:00:30Z"))
    }

    @Test("says what has been done, and not what the button said")
    func done() {
        #expect(Set(Texts.doneWords.keys) == Set(Texts.actions.keys))
        for form in CustomerForm.allCases {
            let said = [Texts.customerHint(form.name), Texts.doneWithCustomer(form.name) ?? "", form.button]
            #expect(Set(said).count == 3 && !said.contains("") && !said.contains(form.name), "\(form)")
        }
        for form in ActionForm.all {
            #expect(Texts.doneWithCase(form.name)?.contains(Texts.action(form.name)) == false, "\(form.name)")
        }
    }

    @Test("a link for the customer is shown once")
    func share() throws {
        let desk = try desk()
        let path = "/board/cases/1/share"
        var form = try desk.get("/board/cases/1?form=share").form(path)
        form["expires_in"] = "2 weeks"
        let made = try desk.post(path, form)
        let link = try #require(made.html.firstMatch(of: #/<code>(\/c\/[a-z0-9]+)<\/code>/#).map { String($0.1) })
        #expect(made.status == 200 && made.has(Texts.sharedWithoutOrigin))
        #expect(try desk.get(link).status == 200)
        let again = try desk.post(path, form)
        #expect(again.has(Texts.sharedBefore) && !again.has(link))
        form = try desk.get("/board/cases/1?form=unshare").form("/board/cases/1/unshare")
        #expect(try desk.post("/board/cases/1/unshare", form).status == 303)
        #expect(try desk.get(link).status == 404)
    }
}
