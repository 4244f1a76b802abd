import Complaints
import Testing

@testable import Board
@testable import CaseAPI

@Suite("Names that are mistyped in a form")
struct MistypedNameTests {
    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        for owner in ["Kimberly", "Lou"] {
            let opened = try desk.api(
                "POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"\#(owner)"}"#)
            #expect(opened.status == 201, "\(opened.html)")
        }
        return desk
    }

    private func owner(_ desk: CasePageDesk) throws -> String {
        let html = try desk.api("GET", "/v1/promises/2").html
        return try #require(html.firstMatch(of: #/"owner":"([^"]*)"/#).map { String($0.1) })
    }

    private func asked(_ desk: CasePageDesk) throws -> BrowsedPage {
        let form = try desk.get("/board/cases/2?form=reassign&promise=2").form("/board/cases/2/reassign")
            .merging(["owner": "Kimbrely", "reason": "Knows taps"]) { $1 }
        let page = try desk.post("/board/cases/2/reassign", form)
        #expect(page.status == 422 && page.has("id=\"field-owner-fault\""), "\(page.html)")
        #expect(page.has("<button name=\"meant:owner\" value=\"Kimberly\">"), "\(page.html)")
        #expect(try owner(desk) == "Lou")
        return page
    }

    @Test("who was meant is taken by one click, and the rest stays as it was typed")
    func taken() throws {
        let desk = try desk()
        let page = try asked(desk)
        let form = page.form("/board/cases/2/reassign")
        #expect(form["owner"] == "Kimbrely" && form["reason"] == "Knows taps")
        let done = try desk.post("/board/cases/2/reassign", form.merging(["meant:owner": "Kimberly"]) { $1 })
        #expect([200, 303].contains(done.status), "\(done.html)")
        #expect(try owner(desk) == "Kimberly")
    }

    @Test("sent again as it is it is meant so; typed over, the click is not")
    func asItIs() throws {
        for (typed, clicked, owner) in [
            ("Kimbrely", nil, "Kimbrely"), ("Lou", "Kimberly", "Lou"), ("Zacharias", "Kimberly", "Zacharias"),
        ] {
            let desk = try desk()
            var form = try asked(desk).form("/board/cases/2/reassign")
            form["owner"] = typed
            form["meant:owner"] = clicked
            let done = try desk.post("/board/cases/2/reassign", form)
            #expect([200, 303].contains(done.status), "\(typed): \(done.html)")
            #expect(try self.owner(desk) == owner)
        }
    }

    @Test("what else is wrong is told at once: by the form, and by the rules")
    func together() throws {
        let desk = try desk()
        let path = "/board/cases/2/reassign"
        let form = try desk.get("/board/cases/2?form=reassign&promise=2").form(path)
            .merging(["owner": "Kimbrely"]) { $1 }
        let page = try desk.post(path, form)
        #expect(page.status == 422 && page.has("id=\"field-reason-fault\"") && page.has("meant:owner"), "\(page.html)")
        // No second question, and nothing lost.
        let done = try desk.post(
            path, page.form(path).merging(["reason": "Knows taps", "meant:owner": "Kimberly"]) { $1 })
        #expect([200, 303].contains(done.status), "\(done.html)")
        #expect(try owner(desk) == "Kimberly")
        // Past its end, or before it was made: what only the rules know.
        let keep = "/board/cases/2/keep"
        let kept = try desk.post(
            keep,
            try desk.get("/board/cases/2?form=keep&promise=2").form(keep).merging([
                "kept_at": "2001-01-01T10:00", "next_promise/what": "Call", "next_promise/due_in": "2 days",
                "next_promise/owner": "Kimbrely",
            ]) { $1 })
        #expect(kept.status == 422 && kept.has("id=\"field-kept_at-fault\""), "\(kept.html)")
        #expect(kept.has("meant:next_promise/owner"), "\(kept.html)")
    }

    @Test("what was asked about once is not asked again as something else is corrected")
    func once() throws {
        let desk = try desk()
        var form = try asked(desk).form("/board/cases/2/reassign")
        form["reason"] = ""
        let refused = try desk.post("/board/cases/2/reassign", form)
        #expect(refused.status == 422 && refused.has("id=\"field-reason-fault\"") && !refused.has("meant:owner"))
        form = refused.form("/board/cases/2/reassign").merging(["reason": "Knows taps"]) { $1 }
        #expect([200, 303].contains(try desk.post("/board/cases/2/reassign", form).status))
    }

    @Test("a new case asks, and a form that shows what is there does of what was typed over alone")
    func others() throws {
        let desk = try desk()
        var form = try desk.get(NewCasePage.path).form(NewCasePage.path)
            .merging(["complaint": "It drips.", "customer/name": "Bo", "owner": "Kimbrely"]) { $1 }
        form = try desk.post(NewCasePage.path, form).form(NewCasePage.path).merging(["owner": "Kimbrely"]) { $1 }
        let page = try desk.post(NewCasePage.path, form)
        #expect(page.has("<button name=\"meant:owner\" value=\"Kimberly\">"), "\(page.html)")
        let done = try desk.post(
            NewCasePage.path, page.form(NewCasePage.path).merging(["meant:owner": "Kimberly"]) { $1 })
        #expect(done.status == 303, "\(done.html)")
        _ = try desk.api("PATCH", "/v1/cases/1", #"{"supervisor":"Kimbrelyn"}"#)
        let edit = "/board/cases/1/edit"
        var edited = try desk.get("/board/cases/1?form=edit").form(edit)
        for (name, value) in ["channel": "other", "severity": "normal", "mood": "calm"] { edited[name] = value }
        edited["subject"] = "Tap"
        #expect(try desk.post(edit, edited).status == 303)
    }

    @Test("every field that has a name of somebody or of a team is asked about, in whatever form")
    func every() throws {
        let forms =
            ActionForm.all.map { (name: $0.name, body: $0.body) }
            + [("", NewCasePage.body), ("absence", OwnerForm.absence.body), ("handover", OwnerForm.handover.body)]
        var count = 0
        for (form, body) in forms {
            for field in body.all {
                let chooser = Chooser(field, in: form)
                guard chooser == .owner || chooser == .team else { continue }
                count += 1
                let sent = try FormFields(Array("\(field.name)=Kimbrely".utf8))
                #expect(Chooser.names(in: sent, body, of: form).count == 1, "\(form): \(field.name)")
                let asked = try FormFields(Array("\(field.name)=Kimbrely&asked:\(field.name)=Kimbrely".utf8))
                #expect(Chooser.names(in: asked, body, of: form).isEmpty, "\(form): \(field.name)")
            }
        }
        #expect(count > 10)
    }
}
