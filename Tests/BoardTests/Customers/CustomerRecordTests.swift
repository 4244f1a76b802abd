import Complaints
import Testing

@testable import Board
@testable import CaseAPI

@Suite("A customer's record on the board")
struct CustomerRecordTests {
    private static let path = "/board/customers/1"

    /// A desk with Ann, who complained twice, and with Anna of the same number.
    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        for (name, phone, complaint) in [("Ann", "+49 30 1", "It leaks."), ("Anna", "+49 30 123456", "It drips.")] {
            let opened = try desk.api(
                "POST", "/v1/cases",
                #"{"complaint":"\#(complaint)","customer":{"name":"\#(name)","phone":"\#(phone)"},"owner":"Kim","#
                    + #""promise":{"what":"Call \#(name)","due_in":"PT1H"}}"#)
            #expect(opened.status == 201, "\(opened.html)")
        }
        let second = try desk.api(
            "POST", "/v1/cases", #"{"complaint":"It still leaks.","customer":{"id":1},"owner":"Kim"}"#)
        #expect(second.status == 201, "\(second.html)")
        let changed = try desk.api(
            "PATCH", "/v1/customers/1", #"{"phone":"030 123456","needs":["Large print"],"language":"de"}"#)
        #expect(changed.status == 200, "\(changed.html)")
        return desk
    }

    @Test("has who they are, all of their cases, and what happened; cases lead to it")
    func whole() throws {
        let desk = try desk()
        let page = try desk.get(Self.path)
        #expect(page.status == 200)
        for text in [
            "<bdi>Ann</bdi>", "href=\"tel:030123456\"", "Large print", "Call Ann", "/board/cases/1\"",
            "/board/cases/3\"",
        ] { #expect(page.has(text), "\(text)") }
        #expect(!page.has("Call Anna") && !page.has("/board/cases/2\""))
        #expect(try desk.get("/board/cases/3").has("<a href=\"\(Self.path)\"><bdi>Ann</bdi></a>"))
        #expect(try desk.get("/board/customers/9").status == 404 && desk.get("/board/customers/01").status == 404)
        #expect(try desk.get("\(Self.path)?owner=Kim").status == 400)
    }

    @Test("as of an earlier instant it has what was on record then, and no form")
    func earlier() throws {
        let desk = try desk()
        desk.advance(by: .days(1))
        let then = "2026-03-02T09:30:00Z"
        let changed = try desk.api("PATCH", "/v1/customers/1", #"{"name":"Ann Lee"}"#)
        #expect(changed.status == 200)
        let page = try desk.get("\(Self.path)?as_of=\(then)")
        #expect(page.status == 200 && page.has("<bdi>Ann</bdi>") && !page.has("Ann Lee"), "\(page.html)")
        #expect(!page.has("?form=") && page.has("/board/cases/1?as_of="))
    }

    @Test("what is on record is changed in what was typed over; a stale form says what has changed")
    func edit() throws {
        let desk = try desk()
        let target = "\(Self.path)/customer-edit"
        var form = try desk.get("\(Self.path)?form=customer-edit").form(target)
        #expect(form["phone"] == "030 123456" && form["name"] == "Ann")
        form["email"] = "ann@example.org"
        #expect(try desk.post(target, form).status == 303)
        let after = try desk.api("GET", "/v1/customers/1").html
        #expect(after.contains("ann@example.org") && after.contains("030 123456") && after.contains("Large print"))
        form["key"] = "another"
        form["name"] = "Annie"
        let stale = try desk.post(target, form)
        #expect(stale.status == 412 && stale.has(Texts.changedMeanwhile) && stale.has("value=\"Annie\""))
    }

    @Test("who has the same number is shown; they are made one by a form, and two again")
    func merge() throws {
        let desk = try desk()
        let page = try desk.get(Self.path)
        #expect(page.has("/board/customers/2\"") && page.has("<bdi>Anna</bdi>"))
        let target = "\(Self.path)/customer-merge"
        var form = try desk.get("\(Self.path)?form=customer-merge&into=2").form(target)
        #expect(form["into"] == "2")
        let opened = try desk.get("\(Self.path)?form=customer-merge&into=2")
        #expect(opened.has(Texts.thatIs("Anna, +49 30 123456")) && opened.html.ranges(of: "autofocus").count == 1)
        let refused = try desk.post(target, form)
        #expect(refused.status == 422 && refused.has("aria-invalid"), "\(refused.html)")
        form["reason"] = "Same number"
        form["key"] = "second"
        #expect(try desk.post(target, form).status == 303)
        let merged = try desk.get(Self.path)
        #expect(merged.has(Texts.isSeenIn) && merged.has("/board/customers/2\""))
        #expect(!merged.has("form=customer-merge") && merged.has("form=customer-unmerge"))
        // Whoever comes by a case lands on the other's page, and finds the way from there.
        #expect(try desk.get("/board/customers/2").has("\(Texts.joined) <a href=\"\(Self.path)\">"))
        let back = "\(Self.path)/customer-unmerge"
        #expect(try desk.post(back, desk.get("\(Self.path)?form=customer-unmerge").form(back)).status == 303)
        #expect(try !desk.get(Self.path).has(Texts.isSeenIn))
        #expect(try !desk.get("/board/customers/2").has(Texts.joined))
    }

    @Test(
        "what is emptied and known of somebody who is the same person comes back, and the form says so before and after"
    )
    func inherited() throws {
        let desk = try desk()
        let target = "\(Self.path)/customer-edit"
        #expect(try !desk.get("\(Self.path)?form=customer-edit").has("is shown as it is known"))
        #expect(try desk.api("PATCH", "/v1/customers/2", #"{"email":"anna@example.org"}"#).status == 200)
        #expect(try desk.api("POST", "/v1/customers/2/merge", #"{"into":1,"reason":"Same"}"#).status == 200)
        let page = try desk.get("\(Self.path)?form=customer-edit")
        #expect(page.has(Texts.inheritsFrom([Texts.customer(2)])), "\(page.html)")
        var form = page.form(target)
        #expect(form["email"] == "anna@example.org")
        form["email"] = ""
        let done = try desk.post(target, form)
        #expect(done.status == 200 && done.has(Texts.isInherited(["E-mail address"])), "\(done.html)")
        // Their own can be taken away.
        form = try desk.get("\(Self.path)?form=customer-edit").form(target)
        form["language"] = ""
        #expect(try desk.post(target, form).status == 303)
    }

    @Test("forms are for who may send them: none for readers, merging for managers")
    func roles() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        for (role, forms) in [(Role.reader, []), (.agent, ["edit"]), (.manager, ["edit", "merge"])] {
            let page = try desk.browser(as: role, name: "t-\(role.rawValue)", owner: "Kim").get(Self.path)
            for form in CustomerForm.allCases {
                #expect(page.has("?form=\(form.name)\"") == forms.contains(form.rawValue), "\(role) \(form)")
            }
        }
        let agent = try desk.browser(as: .agent, name: "other", owner: "Kim")
        let token = try #require(try agent.get(Self.path).formToken)
        let sent = [("form_token", token), ("into", "2"), ("reason", "x"), ("key", "k")]
        #expect(try agent.post(sent, to: "\(Self.path)/customer-merge").status == 403)
    }
}
