import Complaints
import Foundation
import Testing

@testable import Board

@Suite("Forms that guidance leads to")
struct GuidedFormTests {
    private func desk() throws -> CasePageDesk {
        let desk = try CasePageDesk()
        let made = try desk.api(
            "POST", "/v1/cases",
            #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","mood":"upset"}"#)
        #expect(made.status == 201, "\(made.html)")
        for amount in [50_000, 60_000] {
            let entry = #"{"kind":"concession","what":"Money","amount":\#(amount),"currency":"USD"}"#
            // Nobody decides on what they have given away themselves.
            let written = try desk.api("POST", "/v1/cases/1/log", entry, by: "Lou")
            #expect(written.status == 201, "\(written.html)")
        }
        return desk
    }

    private func links(_ page: BrowsedPage) -> [String] {
        guard let start = page.html.range(of: "<ul class=\"cards steps\">"),
            let end = page.html[start.upperBound...].range(of: "</ul>")
        else { return [] }
        return page.html[start.upperBound..<end.lowerBound].matches(of: #/<a class="action" href="([^"]*)"/#)
            .map { String($0.1).replacing("&amp;", with: "&") }
    }

    @Test("each step that asks for something but the first has a link to its form, with what guidance knows of it")
    func steps() throws {
        let desk = try desk()
        let page = try desk.get("/board/cases/1")
        let found = links(page)
        #expect(found.count >= 2 && Set(found).count == found.count, "\(found)")
        for link in found {
            let opened = try desk.get(link)
            #expect(opened.status == 200 && opened.has("id=\"form-title\""), "\(link)")
        }
        // Of two concessions that wait each step has its own entry.
        let decisions = found.filter { $0.contains("log-concession_decision") }
        let path = "/board/cases/1/log-concession_decision"
        let advised = page.form(path)["of"].map { [$0] } ?? []
        let entries = try decisions.map { try #require(desk.get($0).form(path)["of"]) } + advised
        #expect(!entries.isEmpty && !entries.contains("") && Set(entries).count == entries.count, "\(found)")
    }

    @Test("by when can be said in each way in the form of a step, too")
    func ways() throws {
        let desk = try CasePageDesk()
        let made = try desk.api(
            "POST", "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim"}"#)
        #expect(made.status == 201, "\(made.html)")
        desk.advance(by: .days(5))
        let without = try desk.get("/board/cases/1").form("/board/cases/1/recover")
        #expect(without["due_at"] == "" && without["due_in_business"] == nil && without["due_on"] == nil, "\(without)")
        #expect(try desk.openOnWeekdays().status < 300)
        let form = try desk.get("/board/cases/1").form("/board/cases/1/recover")
        #expect(["due_at", "due_in", "due_in_business", "due_on"].allSatisfy { form[$0] == "" }, "\(form)")
    }

    @Test("no form that guidance shows or leads to is refused as somebody else's to send, whoever looks")
    func others() throws {
        let desk = try BoardDesk()
        let admin = try desk.token(.admin, name: "Ada")
        func api(_ path: String, _ body: String) throws {
            let answer = try desk.client.send(
                "POST", path,
                ["Authorization": "Bearer \(admin.secret)", "Content-Type": "application/json", "Accept": ""],
                Array(body.utf8))
            #expect((200..<300).contains(answer.status), "\(path): \(answer.html)")
        }
        try api("/v1/owners", #"{"name":"Ann Lee"}"#)
        try api("/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Ann"},"owner":"Kim","mood":"angry"}"#)
        try api("/v1/cases/1/log", #"{"kind":"acknowledgement","text":"I see."}"#)
        try api("/v1/cases/1/escalate", #"{"supervisor":"Ann Lee","reason":"They ask for one."}"#)
        try api("/v1/cases/1/log", #"{"kind":"threat","threat_kind":"safety","text":"They threaten."}"#)
        let agents = [("Kim", false), ("Ann Lee", true)]
        for (name, joins) in agents {
            let browser = try desk.browser(as: .agent, name: name, owner: name)
            let page = try browser.get("/board/cases/1")
            let links = links(page)
            let shown = page.html.matches(of: #/action="(/board/cases/1/[^"]*)"/#).map { String($0.1) }
            let opened = try links.map { link in (link, try browser.get(link)) } + shown.map { ($0, page) }
            var names = shown
            for (link, page) in opened {
                let action = try #require(
                    link.hasPrefix("/board/cases/1/")
                        ? link : page.html.firstMatch(of: #/action="(/board/cases/1/[^"]*)"/#).map { String($0.1) })
                names.append(action)
                var form = page.form(action)
                for (name, value) in form where value.isEmpty && name == "text" { form[name] = "x" }
                let sent = try browser.post(form.map { ($0.key, $0.value) }, to: action)
                #expect(sent.status != 403, "\(name) may not send \(action)")
            }
            #expect(names.contains { $0.contains("supervisor_joined") } == joins, "\(name): \(names)")
        }
        // Whose word it is, is nobody's to type but theirs.
        let kim = try desk.browser(as: .agent, name: "Kim's", owner: "Kim")
        let assessment = try kim.get("/board/cases/1?form=log-threat_assessment")
        #expect(assessment.has("name=\"verdict\"") && !assessment.has("name=\"by\""))
        #expect(try !kim.get("/board/cases/1?form=log-supervisor_joined").has("name=\"supervisor\""))
    }

    @Test("a step that leads to another form by now has nothing to say of this one")
    func moved() throws {
        let desk = try desk()
        let path = "/board/cases/1/log-concession_decision"
        for step in ["0", "99", "-1", "x"] {
            let page = try desk.get("/board/cases/1?form=note&step=\(step)")
            #expect(page.status == 200 && page.form("/board/cases/1/note")["text"] == "", "\(step)")
        }
        #expect(try desk.get("/board/cases/1?form=log-concession_decision&step=99").form(path)["of"] == "")
    }
}
