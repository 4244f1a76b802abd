import Complaints
import Foundation
import Testing

@testable import Board

@Suite("The page of reports")
struct ReportsPageTests {
    private func desk() throws -> BoardDesk {
        let desk = try BoardDesk()
        for name in ["Ann", "Bob <b>"] { try desk.openCase(customer: name, owner: "Kim & sons") }
        desk.clock.advance(by: .days(3))
        return desk
    }

    @Test("has every part with its chart, its table and its CSV, and escapes what it draws")
    func parts() throws {
        let desk = try desk()
        let page = try desk.client.get("/board/reports")
        #expect(page.status == 200)
        for id in ["kept", "overdue", "late", "causes", "load", "clocks"] {
            #expect(page.has("<section class=\"report\" id=\"\(id)\""), "\(id)")
        }
        #expect(page.has("Kim &amp; sons") && !page.has("Kim & sons"))
        #expect(page.has("2 overdue, 0 open"))
        #expect(!page.has("style=") && !page.has("<style"))
        #expect(page.html.components(separatedBy: "download>").count == 7)
    }

    @Test("on paper says of which range and as of when it is, and days are dates alone")
    func paper() throws {
        let desk = try desk()
        let page = try desk.client.get("/board/reports?from=2026-02-01&to=2026-03-31&owner=Kim+%26+sons")
        let line = try #require(page.html.firstMatch(of: #/<p>(From[^\n]*)/#).map { String($0.1) })
        #expect(line.hasPrefix("From 2026-02-01 until 2026-03-31, which is not in it, by the clocks of UTC"), "\(line)")
        #expect(line.contains("Owner: Kim &amp; sons") && line.contains("As of") && line.contains("<time"))
        #expect(try desk.client.get("/board/reports?period=this_month").has("<p>This month. As of"))
        let overdue = try #require(
            page.html.components(separatedBy: "id=\"overdue\"").last?.components(separatedBy: "</section>").first)
        let times = overdue.matches(of: #/<time datetime="([^"]*)"/#).map { $0.1 }
        #expect(!times.isEmpty && times.allSatisfy { $0.count == 10 })
    }

    @Test(
        "how late something was is told in words",
        arguments: [(nil, "–"), (0.001, "4 seconds"), (0.5, "30 minutes"), (3, "3 hours"), (73, "4 days")]
            as [(Double?, String)])
    func spans(_ hours: Double?, _ words: String) {
        #expect(ReportTexts.span(hours) == (hours == nil ? ReportTexts.nothing : words))
    }

    @Test("gives as CSV what the API gives, with the same parameters")
    func csv() throws {
        let desk = try desk()
        let links = try desk.client.get("/board/reports?period=this_month&tz=Europe/Berlin").html
            .matches(of: /href="(\/board\/reports\/[^"]+)" download/).map {
                String($0.1).replacing("&amp;", with: "&")
            }
        #expect(links.count == 6)
        for link in links where !link.contains("/overdue") {
            let saved = try desk.client.get(link)
            let api = try desk.client.get(
                link.replacing("/board/", with: "/v1/"), ["Accept": "text/csv", "Authorization": ""])
            #expect(saved.status == 200 && saved.fields["content-type"]?.hasPrefix("text/csv") == true, "\(link)")
            #expect(saved.html == api.html && api.status == 200, "\(link)")
            #expect(saved.fields["content-disposition"] == api.fields["content-disposition"], "\(link)")
            #expect(link.contains("period=this_month") && link.contains("tz=Europe%2FBerlin"))
        }
    }

    @Test("knows how much was overdue at the end of each day, as the list has it as of then")
    func overdue() throws {
        let desk = try desk()
        let now = desk.clock.now
        let saved = try desk.client.get("/board/reports/overdue?from=2026-03-01&to=2026-03-31")
        let day = now.rfc3339.prefix(10)
        #expect(saved.fields["content-disposition"] == "attachment; filename=\"reports-overdue-\(day).csv\"")
        let days = saved.html.split(separator: "\r\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
        #expect(days.count >= 5)
        for day in days where try Instant(rfc3339: day[1]) < now {
            let list = try desk.client.get(
                "/v1/promises?state=overdue&limit=1&as_of=\(day[1])", ["Accept": "application/json"]
            ).html
            #expect(list.contains("\"total\": \(day[2])") || list.contains("\"total\":\(day[2])"), "\(day)")
        }
        #expect(days.first?.last == "0" && days.last?.last == "2")
    }

    @Test(
        "says what is wrong with what it was asked, and keeps the form",
        arguments: [
            "from=2026-03-02&to=2026-03-01", "tz=Nowhere", "period=this_week&from=2026-03-01", "regime=no-such",
        ])
    func refused(query: String) throws {
        let desk = try desk()
        let page = try desk.client.get("/board/reports?\(query)")
        #expect(page.status == 400)
        #expect(page.has("role=\"alert\"") && page.has("name=\"group_by\""))
        #expect(!page.has("<section class=\"report\""))
    }

    @Test("is refused with a parameter or a report that there is not")
    func unknown() throws {
        let desk = try desk()
        #expect(try desk.client.get("/board/reports?fro=2026-03-01").status == 400)
        #expect(try desk.client.get("/board/reports/promises?fro=2026-03-01").status == 400)
        #expect(try desk.client.get("/board/reports/nothing").status == 404)
    }

    @Test("narrows down what can be narrowed down, and says of all else that it is of the whole desk")
    func narrowed() throws {
        let desk = try desk()
        try desk.openCase(customer: "Cy", owner: "Lou")
        desk.clock.advance(by: .days(3))
        let page = try desk.client.get("/board/reports?owner=lou&tz=UTC")
        #expect(page.status == 200)
        #expect(page.html.ranges(of: ReportTexts.wholeDesk).count == 5)
        #expect(page.has("<em>Owner: lou</em>"))
        let link = try #require(page.html.firstMatch(of: /href="(\/board\/reports\/overdue[^"]*)"/)).1
        let saved = try desk.client.get(String(link).replacing("&amp;", with: "&")).html
        #expect(saved.split(separator: "\r\n").last?.hasSuffix(",1") == true, "\(saved)")
        #expect(try desk.client.get("/board/reports/overdue?owner=Nobody").status == 400)
        let unknown = try desk.client.get("/board/reports?owner=Nobody")
        #expect(unknown.status == 400 && unknown.has("value=\"Nobody\"") && unknown.has("role=\"alert\""))
        #expect(!(try desk.client.get("/board/reports").has(ReportTexts.wholeDesk)))
    }

    @Test("shows an instant that has been, and no later one")
    func asOf() throws {
        let desk = try desk()
        let past = try desk.client.get("/board/reports?as_of=2026-03-02T10:00:00Z")
        #expect(past.status == 200 && past.has("What the record said at") && !past.has("id=\"live\""))
        #expect(try desk.client.get("/board/reports?as_of=2027-01-01T00:00:00Z").status == 400)
    }
}

@Suite("What happens meanwhile")
struct LiveTests {
    @Test("a page says from which event on its script listens; the stream is the API's, for who has a session")
    func stream() throws {
        let desk = try BoardDesk()
        try desk.openCase()
        let agent = try desk.browser(as: .agent, name: "Kim's", owner: "Kim")
        let admin = try desk.browser(as: .admin, name: "Admin")
        let page = try agent.get("/board/reports")
        let after = try #require(page.html.firstMatch(of: /data-stream="\/board\/events" data-after="(\d+)"/)).1
        let api = try admin.get("/board/events?after=0", ["Accept": "application/json"])
        #expect(api.status == 200 && api.html.contains("\"next\":\(after)"), "\(api.html.suffix(200))")
        let stranger = try desk.client.get("/board/events", ["Accept": "text/event-stream"])
        #expect(stranger.status == 401, "a script is not led to a form")
        #expect(stranger.fields["content-type"] == "application/problem+json")
        #expect(try agent.get("/board/login").has("id=\"live\"") == false)
    }

    @Test(
        "every type of event has words, of each kind of entry that is one, which JSON takes as they are",
        arguments: EventType.allCases)
    func words(type: EventType) {
        #expect(!type.kinds.isEmpty)
        for kind in type.kinds {
            let words = Texts.happened(kind)
            #expect(!words.isEmpty && words.allSatisfy { $0.isLetter || $0 == " " }, "\(kind): \(words)")
        }
    }

    @Test("no two kinds of entries have the same words, and the script gets those that people are told of")
    func file() throws {
        #expect(Set(LogKind.allCases.map(Texts.happened)).count == LogKind.allCases.count)
        let desk = try BoardDesk()
        try desk.openCase()
        let page = try desk.client.get("/board")
        let path = try #require(page.html.firstMatch(of: /data-words="([^"]+)"/)).1
        let found = try desk.client.get(String(path))
        #expect(found.status == 200 && found.fields["content-type"] == "application/json")
        let words = try JSONDecoder().decode([String: String].self, from: Data(found.html.utf8))
        for kind in LogKind.allCases {
            let isTold = Live.isTold(kind.form.event)
            #expect(words[kind.rawValue] == (isTold ? Texts.happened(kind) : nil), "\(kind)")
        }
        #expect(words["token_created"] == nil && words["note"] == "note written")
    }
}
