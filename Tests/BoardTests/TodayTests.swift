import CaseAPI
import CaseStore
import Complaints
import Testing

@testable import Board

@Suite("Today, somebody's page, and the search")
struct TodayTests {
    @Test(
        "what is overdue is listed with whom to call, whose it is and since when, and counted; a filter narrows it down"
    )
    func overdue() throws {
        let desk = try BoardDesk()
        try desk.openCase(customer: "Ann", owner: "Kim")
        try desk.openCase(customer: "Bob", owner: "Lou")
        let before = try desk.client.get("/board")
        #expect(before.has("<strong>0</strong> overdue"))
        let then = desk.clock.now
        desk.clock.advance(by: .seconds(10 * 86_400))
        let page = try desk.client.get("/board")
        #expect(page.has("<strong>2</strong> overdue"))
        #expect(page.has("Ann") && page.has("Bob"))
        #expect(page.has("<a href=\"/board/owners/Kim\">Kim</a>"))
        #expect(page.html.firstMatch(of: /\d+ days ago<\/strong> <time datetime="[^"]+Z" title="[^"]+Z">/) != nil)
        let narrowed = try desk.client.get("/board?owner=Kim")
        #expect(narrowed.has("<strong>1</strong> overdue"))
        #expect(narrowed.has("Ann") && !narrowed.has("Bob"))
        // As it was then, and says so.
        let past = try desk.client.get("/board?as_of=\(then.rfc3339)")
        #expect(past.has("<strong>0</strong> overdue"))
        #expect(past.has("What the record said at"))
        let whole = try desk.client.get("/board/search?q=Ann&as_of=\(then.rfc3339)")
        let instant = "?as_of=\(Link.encoded(then.rfc3339))"
        #expect(whole.has("href=\"/board/cases/1\(instant)\"") && whole.has("href=\"/board/owners/Kim\(instant)\""))
        #expect(past.has("href=\"/board/owners/Kim\(instant)\""))
    }

    @Test("who carries what has a line for what nobody carries, as long as there is any of it")
    func nobody() throws {
        let desk = try BoardDesk()
        try desk.openCase(customer: "Ann", owner: "Kim")
        #expect(!(try desk.client.get("/board").has(">Nobody</a>")))
        try desk.openCase(customer: "Bob", owner: nil)
        try desk.openCase(customer: "Cy", owner: nil)
        func row(_ query: String = "") throws -> [String] {
            let page = try desk.client.get("/board\(query)").html
            let row = try #require(page.firstMatch(of: /<tr>\n<th[^>]*><a href="([^"]*)">Nobody<\/a>(?s:.*?)<\/tr>/))
            let cells = row.0.matches(of: /<td[^>]*>([^<]*)<\/td>/).map { String($0.1) }
            return [String(row.1).replacing("&amp;", with: "&")] + cells
        }
        let before = try row()
        #expect(before.dropFirst() == ["0", "0", "2", "2"])
        #expect(try desk.client.get(before[0]).has("2 in all"))
        let then = desk.clock.now
        desk.clock.advance(by: .days(10))
        #expect(try row().dropFirst() == ["2", "0", "0", "2"])
        #expect(try row("?as_of=\(then.rfc3339)").dropFirst() == ["0", "0", "2", "2"])
    }

    @Test(
        "an earlier instant is a date, a date and a time by the clocks of the desk, or an instant, and nothing else",
        arguments: [
            ("2026-03-03", "2026-03-03T00:00:00Z"), ("2026-03-02T09:30", "2026-03-02T09:30:00Z"),
            ("2026-03-02 09:30", "2026-03-02T09:30:00Z"), ("2026-03-02+09:30:15", "2026-03-02T09:30:15Z"),
            ("2026-03-02T10:30:00%2B01:00", "2026-03-02T09:30:00Z"),
            ("2026-03-02T10:30:00+01:00", "2026-03-02T09:30:00Z"),
            ("yesterday", nil), ("2026-03", nil), ("2026-02-30", nil), ("2026-03-02T25:00", nil), ("09:30", nil),
        ])
    func asOf(typed: String, instant: String?) throws {
        let desk = try BoardDesk()
        try desk.openCase()
        desk.clock.advance(by: .days(5))
        for path in ["/board", "/board/reports", "/board/promises", "/board/search", "/board/owners/Kim"] {
            let query = "?as_of=\(typed.replacing(" ", with: "%20"))" + (path.hasSuffix("search") ? "&q=Ann" : "")
            let page = try desk.client.get(path + query)
            if let instant {
                #expect(page.status == 200 || page.status == 404, "\(path)\(query)")
                #expect(page.has("datetime=\"\(instant)\""), "\(path)\(query)")
            } else {
                #expect(page.status == 400 && page.has("by the clocks of UTC"), "\(path)\(query)")
            }
        }
    }

    @Test("what waits says how many there are and where all of them stand, and Mine has what waits for me")
    func waiting() throws {
        let desk = try CasePageDesk()
        for number in 1...18 {
            let opened = try desk.api(
                "POST", "/v1/cases",
                #"{"complaint":"x","subject":"S\#(number)","customer":{"name":"C\#(number)"},"owner":"Kim"}"#)
            #expect(opened.status == 201)
            let asked = try desk.api(
                "POST", "/v1/cases/\(number)/escalate",
                #"{"supervisor":"\#(number > 2 ? "Mia" : "Max")","reason":"Big"}"#)
            #expect(asked.status < 300, "\(asked.html)")
        }
        let today = try desk.get("/board")
        #expect(today.has("15 of 18 are shown.") && today.has("<a href=\"/board/queue\">\(Texts.more)</a>"))
        #expect(today.has("Case 1 <bdi>S1</bdi>"))
        let all = try desk.get("/board/queue")
        #expect(all.has("18 in all") && all.html.ranges(of: ">Escalation</td>").count == 18)
        #expect(try desk.get("/board/queue?team=x").status == 400)
        let max = try desk.get("/board/owners/Max")
        #expect(max.html.ranges(of: ">Escalation</td>").count == 2, "\(max.html)")
        #expect(try desk.get("/board/owners/Kim").html.ranges(of: ">Escalation</td>").isEmpty)
    }

    @Test(
        "what filters do not narrow down is said, nobody is taken for an owner, and that no policy asks for news is told"
    )
    func scope() throws {
        let desk = try BoardDesk()
        try desk.openCase(customer: "Ann", owner: "Kim")
        try desk.openCase(customer: "Bob", owner: nil)
        desk.clock.advance(by: .days(10))
        #expect(!(try desk.client.get("/board").has("Not narrowed down by")))
        #expect(try desk.client.get("/board").has(Texts.noCadence))
        let nobodys = try desk.client.get("/board?owner=nobody")
        #expect(nobodys.status == 200 && nobodys.has("<strong>1</strong> overdue"))
        #expect(nobodys.has("Bob") && nobodys.has("Not narrowed down by owner."))
        #expect(try desk.client.get("/board/promises?owner=nobody&state=overdue").has("1 in all"))
    }

    @Test("a page that many look at tells of what has changed since")
    func fresh() throws {
        let desk = try BoardDesk()
        for count in 0...3 {
            for _ in 1...3 { #expect(try desk.client.get("/board/search?q=Ann").has("\(count) in all")) }
            for _ in 1...3 {
                #expect(try desk.client.get("/board").has("<td data-label=\"Open cases\">\(count)</td>") == (count > 0))
            }
            try desk.openCase(customer: "Ann")
        }
    }

    @Test("somebody's page has what they promised, and takes their absence and their handover, by the API's rules")
    func owner() throws {
        let desk = try BoardDesk()
        try desk.openCase(customer: "Ann", owner: "Kim")
        try desk.openCase(customer: "Bob", owner: "Lou")
        let kim = try desk.browser(as: .agent, name: "Kim's", owner: "Kim")
        let reader = try desk.browser(as: .reader, name: "Reader")
        #expect(try kim.get("/board/me").has("Ann"))
        #expect(!(try kim.get("/board/me").has("Bob")))
        #expect(try kim.get("/board/me").has("action=\"/board/owners/Kim/handover\""))
        // Whoever may not is shown no form, and refused by the rule.
        #expect(!(try reader.get("/board/owners/Kim").has("/handover")))
        #expect(!(try kim.get("/board/owners/Lou").has("/handover")))
        let others = try kim.submit(
            [("to", "Kim"), ("reason", "x"), ("cases", "true"), ("sure", "yes")], to: "/board/owners/Lou/handover",
            of: "/board/me")
        #expect(others.status == 403)
        #expect(others.has("role=\"alert\""))

        let refused = try kim.submit(
            [("from", "2026-03-05"), ("until", "2026-03-04")], to: "/board/owners/Kim/absence", of: "/board/me")
        #expect(refused.status == 422)
        // What was typed is still there, and what is wrong stands beside its field.
        #expect(refused.has("value=\"2026-03-05\"") && refused.has("id=\"field-until-fault\""))
        #expect(refused.html.ranges(of: "role=\"alert\"").count == 1)

        let form = [
            ("to", "Lou"), ("reason", "Holiday"), ("cases", "true"), ("key", "one"), ("sure", "1/1"),
            ("asked:to", "Lou"),
        ]
        let first = try kim.submit(form, to: "/board/owners/Kim/handover", of: "/board/me")
        #expect(first.status == 200)
        #expect(first.has("Handed over. 1 promise and 1 case went from Kim to Lou."), "\(first.html)")
        #expect(first.has("<a href=\"/board/owners/Lou\">"))
        // A form that is sent twice does a thing once.
        let second = try kim.submit(form, to: "/board/owners/Kim/handover", of: "/board/me")
        #expect(second.html == first.html)
        #expect(try kim.get("/board/owners/Lou").has("Ann"))
        // A name that nobody has had is told of, with what it may stand for.
        let lou = try desk.browser(as: .agent, name: "Lou's", owner: "Lou")
        let theirs = "/board/owners/Lou/handover"
        let preview = try lou.submit(
            [("to", "Kimm"), ("reason", "Holiday"), ("key", "two")], to: theirs, of: "/board/me")
        let mistyped = try lou.submit(
            preview.form(theirs).filter { $0.key != "form_token" }.map { ($0.key, $0.value) }, to: theirs,
            of: "/board/me")
        #expect(mistyped.status == 200 && mistyped.has(Texts.lookAgain), "\(mistyped.html)")
        #expect(mistyped.has("Did you mean Kim?"), "\(mistyped.html)")
    }

    @Test("who was given a promise says yes or no to it")
    func acceptance() throws {
        let desk = try BoardDesk()
        for _ in 1...2 { try desk.openCase(customer: "Ann", owner: "Kim") }
        let kim = try desk.browser(as: .agent, name: "Kim's", owner: "Kim")
        let lou = try desk.browser(as: .manager, name: "Lou's", owner: "Lou")
        let admin = try desk.token(.admin, name: "Admin")
        for id in 1...2 {
            let body = Array(
                #"{"complaint":"x","customer":{"name":"Cy"},"promise":{"what":"Visit","due_in":"P1D","owner":"Kim"}}"#
                    .utf8)
            let answer = try desk.client.send(
                "POST", "/v1/cases",
                [
                    "Authorization": "Bearer \(admin.secret)", "Content-Type": "application/json",
                    "Casekeeper-Actor": "Lou", "Accept": "",
                ],
                body)
            #expect(answer.status == 201, "\(id)")
        }
        let others = try lou.get("/board/owners/Kim")
        #expect(others.has("Waits for Kim&#39;s yes") && others.has("Visit") && !others.has("/accept\""))
        let page = try kim.get("/board/me")
        let ids = page.html.matches(of: /promises\/(\d+)\/accept/).map { String($0.1) }
        try #require(ids.count == 2)
        let accepted = try kim.submit(
            [("owner", "Kim"), ("key", "a")], to: "/board/promises/\(ids[0])/accept", of: "/board/me")
        #expect(accepted.status == 303)
        let silent = try kim.submit(
            [("owner", "Kim"), ("key", "b")], to: "/board/promises/\(ids[1])/decline", of: "/board/me")
        #expect(silent.status == 422)
        #expect(silent.has("reason"))
        let declined = try kim.submit(
            [("owner", "Kim"), ("key", "c"), ("reason", "Not mine")], to: "/board/promises/\(ids[1])/decline",
            of: "/board/me")
        #expect(declined.status == 303)
        #expect(!(try kim.get("/board/me").has("/accept\"")))
    }

    @Test("a search finds what the API finds, a page at a time, and keeps its instant")
    func search() throws {
        let desk = try BoardDesk()
        for number in 1...60 { try desk.openCase(customer: "Ann \(number)", complaint: "The kettle leaks.") }
        let page = try desk.client.get("/board/search?q=kettle")
        #expect(page.has("60 in all"))
        let next = try #require(page.html.firstMatch(of: /rel="next" href="([^"]+)"/)?.1)
        try desk.openCase(complaint: "The kettle leaks.")
        let second = try desk.client.get(String(next).replacing("&amp;", with: "&"))
        #expect(second.status == 200)
        #expect(second.html.matches(of: /<th scope="row"/).count == 10)
        #expect(second.has("60 in all"))
    }
}
