import Complaints
import Foundation
import Testing

@testable import Board
@testable import CaseAPI

@Suite("Errors of a form, and the fields that they are about")
struct FieldFaultsTests {
    @Test(
        "whatever the API points to marks a field: the one there, those below it, or the nearest above or beside it",
        arguments: ActionForm.all.map(\.name) + ["new case"])
    func pointers(_ name: String) throws {
        let form = ActionForm.named(name)
        let body = form?.body ?? NewCasePage.body
        let asked = form?.asked ?? NewCaseGroup.allCases.flatMap(\.fields)
        for field in asked {
            let path = field.split(separator: "/").map(String.init)
            for length in 1...path.count {
                let place = path.prefix(length).joined(separator: "/")
                let marked = FieldFaults.fields("/\(place)", among: asked)
                #expect(!marked.isEmpty && marked.allSatisfy { $0 == place || $0.hasPrefix("\(place)/") }, "\(place)")
            }
            #expect(FieldFaults.fields("/\(field)/0/x", among: asked) == [field])
            if path.count > 1 {
                let beside = path.dropLast().joined(separator: "/")
                #expect(FieldFaults.fields("/\(beside)/unasked", among: asked).contains(field), "\(beside)")
            }
            #expect(body[field] != nil, "\(field)")
        }
        #expect(FieldFaults.fields("/unasked", among: asked).isEmpty && FieldFaults.fields(nil, among: asked).isEmpty)
    }

    @Test("each error of a refused form stands beside a field, or is told of at its head; the first has a link to it")
    func beside() throws {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        for form in ActionForm.all where form.occasion.isThere(for: .members([("status", "open")]), isShared: false) {
            let path = "/board/cases/1/\(form.name)"
            let page = try desk.post(path, try desk.get("/board/cases/1?form=\(form.name)").form(path))
            guard page.status == 422 else { continue }
            let links = page.html.matches(of: #/<li><a href="#(field-[^"]+)">/#).map { String($0.1) }
            for link in links {
                #expect(page.has("id=\"\(link)-fault\"") && page.has("id=\"\(link)\""), "\(form.name): \(link)")
            }
            let told = try #require(page.html.components(separatedBy: "role=\"alert\"").dropFirst().first)
                .components(separatedBy: "</div>")[0]
            #expect(
                !links.isEmpty && told.components(separatedBy: "<li>").count == links.count + 1, "\(form.name): \(told)"
            )
        }
        let path = "/board/cases/1/renegotiate"
        var form = try desk.get("/board/cases/1?form=renegotiate&promise=1").form(path)
        form.merge(["reason": "No stock", "next_step": "We call", "due_in": "2 days"]) { $1 }
        let page = try desk.post(path, form)
        #expect(page.status == 422 && page.has("id=\"field-customer_notified-channel-fault\""), "\(page.html)")
        // When they were told can be left out.
        let at = try #require(page.html.firstMatch(of: #/<input id="field-customer_notified-at"[^>]*>/#))
        #expect(!at.0.contains("aria-invalid"))
        for part in ["channel", "outcome"] {
            let field = page.html.range(of: "id=\"field-customer_notified-\(part)\"").map {
                page.html[$0.upperBound...]
            }
            let tag = try #require(field).prefix { $0 != ">" }
            #expect(tag.contains("aria-invalid") && tag.contains("customer_notified-channel-fault"), "\(part): \(tag)")
        }
    }

    @Test("nothing that is typed is cut without a word")
    func noCut() throws {
        let desk = try CasePageDesk()
        _ = try desk.api("POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        for path in ["/board/cases/1?form=resolve", NewCasePage.path] {
            let sheet = try #require(try desk.get(path).html.components(separatedBy: "class=\"sheet\"").last)
            #expect(!sheet.contains("maxlength"))
        }
        let path = "/board/cases/1/note"
        var form = try desk.get("/board/cases/1?form=note").form(path)
        form["text"] = String(repeating: "a", count: 70_000)
        let page = try desk.post(path, form)
        #expect(page.status == 422 && page.has("field-text-fault") && page.form(path)["text"] == form["text"])
    }
}
