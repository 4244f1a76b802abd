import CaseAPI
import Complaints
import Testing

@testable import Board

@Suite("Where the focus is as a page is opened")
struct FocusTests {
    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        return desk
    }

    /// What has it: the opening tags of all that ask for it.
    private func focused(_ page: BrowsedPage) -> [String] {
        page.html.matches(of: #/<[a-z]+[^>]* autofocus[^>]*>/#).map { String($0.0) }
    }

    @Test("a form that is opened by its address has it in its first field, and a page without one nowhere")
    func opened() throws {
        let desk = try desk()
        for path in ["/board", "/board/cases/1", "/board/cases/new", "/board/owners/Kim", "/board/reports"] {
            #expect(try focused(desk.get(path)).isEmpty, "\(path)")
        }
        try OpenedForms.each { form, page in
            let found = focused(page)
            #expect(found.count == 1, "\(form.name): \(found)")
            let layout = FormLayout(form.asked, of: form.body, FormNeeds(), seldom: form.seldom)
            let first = (layout.head.first ?? form.asked.first).map { "name=\"\($0)\"" } ?? "<button"
            #expect(found.first?.contains(first) == true, "\(form.name): \(found)")
        }
        // A fragment in the address would take it away.
        #expect(try !desk.get("/board/cases/1").has("#form"))
    }

    @Test("a refused form has it in the first field that is wrong")
    func wrong() throws {
        let desk = try desk()
        let path = "/board/cases/1/renegotiate"
        var form = try desk.get("/board/cases/1?form=renegotiate&promise=1").form(path)
        form["due_in"] = "2 days"
        form["reason"] = "No stock"
        let page = try desk.post(path, form)
        #expect(page.status == 422 && focused(page).count == 1, "\(focused(page))")
        #expect(focused(page).first?.contains("name=\"next_step\"") == true, "\(focused(page))")
        let away = "/board/owners/Kim/absence"
        let absence = try desk.get("/board/owners/Kim").form(away).merging(["from": "2026-03-03"]) { $1 }
        let refused = try desk.post(away, absence)
        #expect(focused(refused).count == 1 && focused(refused).first?.contains("name=\"until\"") == true)
        let new = try desk.post(
            "/board/cases/new",
            ["form_token": page.formToken ?? "", "seen": "x", "complaint": "It leaks."])
        #expect(focused(new).first?.contains("name=\"customer/name\"") == true, "\(focused(new))")
    }

    @Test("one that is refused as a whole has it on what says why")
    func refused() throws {
        let desk = try desk()
        let path = "/board/cases/1/note"
        let form = try desk.get("/board/cases/1?form=note").form(path).merging(["text": "x"]) { $1 }
        _ = try desk.api("PATCH", "/v1/cases/1", #"{"owner":"Lou"}"#)
        let page = try desk.post(path, form)
        #expect(page.status == 412 && focused(page).count == 1, "\(focused(page))")
        #expect(focused(page).first?.contains("role=\"alert\" tabindex=\"-1\"") == true, "\(focused(page))")
    }

    @Test("who is on record already has it before a new case is opened")
    func duplicates() throws {
        let desk = try desk()
        let page = try desk.get("/board/cases/new")
        let form = page.form("/board/cases/new").merging(["complaint": "x", "customer/name": "Ann"]) { $1 }
        let found = focused(try desk.post("/board/cases/new", form))
        #expect(found.count == 1 && found.first?.contains("aria-labelledby=\"duplicates\"") == true, "\(found)")
    }
}
