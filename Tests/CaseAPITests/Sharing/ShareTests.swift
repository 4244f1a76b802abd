import CaseStore
import Complaints
import GRDB
import Testing

@testable import CaseAPI

@Suite("Links to the customer's page")
struct ShareTests {
    private let time = TestTime()
    private let log = LogRecorder()

    private func desk(burst: Int = 100) throws -> TestDesk {
        var rules = AccessRules()
        rules.monotonicClock = { [time] in time.now }
        rules.failureLimit = RateLimit(6, perSeconds: 60, burst: burst)
        return try TestDesk(access: rules, logger: log.logger())
    }

    private func share(_ story: Story, _ body: String? = nil) throws -> String {
        let answer = try story.client.post("\(story.path)/share", body)
        #expect(answer.status == 201, "\(answer.response.text)")
        return try #require(answer["url"].text)
    }

    private func unshare(_ story: Story, _ body: String? = nil) throws -> JSONAnswer {
        JSONAnswer(
            try story.client.send("DELETE", "\(story.path)/share", body: body.map { Array($0.utf8) }))
    }

    private func expectWhole(_ desk: TestDesk) throws {
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("T21: a customer sees their case by a link alone, without a token, and nothing that is internal")
    func page() throws {
        let story = try Story(#""owner":"Kim","mood":"angry","severity":"high","#, on: desk())
        let token = ["Authorization": try story.desk.token(.agent, name: "Front").field]
        var client = story.client
        client.standing = token
        try client.post(
            "/v1/promises/1/renegotiate",
            #"""
            {"due_in":"P2D","reason":"Lou forgot","explanation":"No stock","next_step":"We call",
            "customer_notified":{"channel":"phone","outcome":"reached"}}
            """#)
        let before = story.desk.clock.now
        let made = try client.post("\(story.path)/share", #"{"expires_in":"P10D"}"#)
        #expect(made.status == 201)
        let path = try #require(made["url"].text)
        let ends = try Instant(rfc3339: try #require(made["expires_at"].text))
        #expect(ends >= before + .days(10) && ends <= story.desk.clock.now + .days(10))
        #expect(path.wholeMatch(of: /\/c\/[a-z2-7]{32}/) != nil)
        #expect(made.fields["location"]?.hasPrefix("\(story.path)/log/") == true)

        let page = try story.client.get(path)
        #expect(page.status == 200, "\(page.response.text)")
        #expect(page["complaint"].text == "It leaks, and nobody calls." && page["customer"]["name"].text == "Ann")
        #expect(page["promises"].items.count == 1 && page["promises"][0]["moved"][0]["explanation"].text == "No stock")
        #expect(page["next_due_at"] == page["promises"][0]["due_at"] && page["expires_at"] == made["expires_at"])
        for secret in ["Kim", "angry", "high", "Front", "policy", "forgot", path] {
            #expect(!page.response.text.contains(secret), "\(secret)")
        }
        #expect(page.fields["cache-control"] == "no-store" && page.fields["referrer-policy"] == "no-referrer")
        #expect(page.fields["x-robots-tag"]?.contains("noindex") == true)
        let coded = try story.client.get(path, fields: ["Accept-Encoding": "gzip"])
        #expect(coded.fields["content-encoding"] == nil && coded.status == 200)
        // What is seen by it is what the desk sees of the page.
        let own = try client.get("\(story.path)/customer-page")
        for name in own.json.names { #expect(own[name] == page[name], "\(name)") }
        // A link opens nothing else.
        #expect(try story.client.get("/v1/cases/1").status == 401)
        // Mailers hang things on links.
        #expect(try story.client.get("\(path)?utm_source=mail").status == 200)
        try expectWhole(story.desk)
    }

    @Test("T21: the page of a case under a regime has its stage and what its clocks promise")
    func regime() throws {
        let desk = try desk()
        let opened = try desk.openCase(
            #"{"complaint":"Mould","customer":{"name":"Ann"},"regime":"housing-ombudsman"}"#)
        #expect(opened.status == 201, "\(opened.response.text)")
        let url = try #require(try desk.client.post("/v1/cases/1/share")["url"].text)
        let page = try desk.client.get(url)
        #expect(page["stage"]["name"] == opened["stages"][0]["stage"])
        #expect(page["stage"]["authority"].text?.isEmpty == false && page["stage"]["regime"].text?.isEmpty == false)
        #expect(page["stage"]["requested_at"] == opened["received_at"])
        #expect(page["stage"]["hard_deadline"] == opened["hard_deadline"])
        #expect(page["promises"].items.map { $0["clock"] } == opened["promises"].items.map { $0["clock"] })
        #expect(page["promises"][0]["clock"].text?.isEmpty == false)
    }

    @Test("whatever is asked for behind a link's address, or with it in another form, no other page is told of it")
    func mistyped() throws {
        let story = try Story(on: desk())
        let path = try share(story)
        let forms = [
            "\(path)/", "\(path)/x", "\(path)x", "/c/x/y", "/%63/x", "/C\(path.dropFirst(2))", "/x\(path)", "//c/x",
        ]
        for form in forms {
            let answer = try story.client.get(form)
            #expect(answer.status == 404, "\(form)")
            #expect(answer.fields["referrer-policy"] == "no-referrer", "\(form)")
            #expect(
                try story.client.get(form, fields: ["Accept": "text/html"]).fields["referrer-policy"] == "no-referrer")
        }
        let refused = try story.client.post(path, "{}")
        #expect(refused.status == 405 && refused.fields["referrer-policy"] == "no-referrer")
        #expect(try story.client.get("/nothing").fields["referrer-policy"] == nil)
    }

    @Test("one that never was, has ended or was taken back is the same 404, and so slow to guess")
    func ended() throws {
        let story = try Story(on: desk())
        let short = try share(story, #"{"expires_in":"PT1H"}"#)
        let taken = try share(story)
        #expect(try story.client.get(short).status == 200 && story.client.get(taken).status == 200)
        story.desk.clock.advance(by: .hours(1))
        #expect(try story.client.get(short).status == 404 && story.client.get(taken).status == 200)
        let before = try story.now()["version"].integer
        #expect(try unshare(story, #"{"reason":"Sent to a neighbour"}"#)["version"].integer == before.map { $0 + 1 })
        let paths = [short, taken, "/c/\(ShareSecret().text)", "/c/x", "/c/\(taken.uppercased().suffix(32))"]
        let details = try Set(
            paths.map { path in
                let answer = try story.client.get(path)
                #expect(answer.status == 404 && answer.code == "not_found")
                #expect(answer.fields["cache-control"] == "no-store")
                #expect(answer.fields["referrer-policy"] == "no-referrer")
                return answer["detail"].text
            })
        #expect(details.count == 1)
        // There is no link any more to take back.
        #expect(try unshare(story).status == 404)
        let again = try share(story)
        #expect(try story.client.get(again).status == 200 && story.client.get(taken).status == 404)
        let metrics = try story.client.get("/metrics").response.text
        #expect(metrics.contains("casekeeper_failed_attempts_total{reason=\"link\"} 7\n"))
        try expectWhole(story.desk)
    }

    @Test("past the limit of failures wrong links get 429 and no line in the log; a good one is answered all along")
    func slowed() throws {
        let story = try Story(on: desk(burst: 3))
        let good = try share(story)
        func line(_ line: LogRecorder.Line) -> Bool { line.message == "a request with a link that leads nowhere" }
        for _ in 0..<3 { #expect(try story.client.get("/c/\(ShareSecret().text)").status == 404) }
        for _ in 0..<3 {
            let limited = try story.client.get("/c/\(ShareSecret().text)")
            #expect(limited.status == 429 && limited["limit"].text == "failures")
            #expect(try story.client.get(good).status == 200)
        }
        #expect(log.lines.count(where: line) == 3)
    }

    @Test("no secret is in the log, whatever somebody makes of the link")
    func secrets() throws {
        let story = try Story(on: desk())
        let path = try share(story)
        let secret = String(path.suffix(32))
        let paths = [
            path, "\(path)/", "\(path)/more", "/%63/\(secret)", "//c/\(secret)", "/v1/c/\(secret)", "/C/\(secret)",
            "/c//\(secret)", "/c/x\(secret)", "/c/\(secret)?\(secret)", "/./c/\(secret)", "/v1/../c/\(secret)",
            "/c%2f\(secret)", "/c;/\(secret)", "/x/\(secret.uppercased())",
        ]
        for path in paths {
            let head = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            _ = try story.client.exchange(Array(head.utf8))
        }
        _ = try story.client.post(path, "{}")
        _ = try story.client.exchange(
            Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n".utf8))
        story.desk.stop()
        let lines = log.lines.filter { $0.message == "request" }
        #expect(lines.count { $0.metadata["path"]?.contains("…") == true } == paths.count + 2)
        #expect(lines.contains { $0.metadata["path"] == "/c/…" && $0.metadata["route"] == "/c/{secret}" })
        for line in log.lines { #expect(!"\(line)".lowercased().contains(secret), "\(line)") }
        // Whatever a secret is taken for: half of one, or one that is no link's.
        for (path, shown) in [
            ("/v1/cases/1/log", "/v1/cases/1/log"), ("/c", "/c"), ("/c/", "/c/"), ("/cc/1", "/cc/1"), ("/c/x", "/c/…"),
            ("/c%2Fx", "/c%2F…"), ("/%43%2fx", "/%43%2f…"), ("/x/../c/x", "/x/../c/…"), ("//C//x", "//C/…"),
            ("/v1/c/x", "/v1/c/…"), ("/c%5Cx", "/c%5C…"), ("/a%2fc%2fx/y", "/a%2fc%2f…"), ("/%", "/%"),
        ] { #expect(SecretPath.shown(path) == shown, "\(path)") }
    }

    @Test("each is an entry of the log, without the secret; a retry with the same key makes no second one")
    func entries() throws {
        let story = try Story(on: desk())
        let key = ["Idempotency-Key": "mail-1"]
        let first = try story.client.post("\(story.path)/share", "{}", fields: key)
        let again = try story.client.post("\(story.path)/share", "{}", fields: key)
        #expect(again.status == 201 && again["url"] == .null && again["notice"].text != nil)
        #expect(again["expires_at"] == first["expires_at"] && again.fields["location"] == first.fields["location"])
        _ = try unshare(story, #"{"reason":"Sent to a neighbour"}"#)
        let entries = try story.client.get("\(story.path)/log")
        let shared = entries["items"].items.filter { $0["kind"].text == "case_shared" }
        #expect(shared.count == 1 && shared[0]["expires_at"] == first["expires_at"])
        #expect(entries["items"].items.last?["kind"].text == "case_unshared")
        #expect(entries["items"].items.last?["reason"].text == "Sent to a neighbour")
        let secret = try #require(first["url"].text?.suffix(32))
        #expect(!entries.response.text.contains(secret))
        let events = try story.client.get("/v1/events?limit=500").response.text
        #expect(!events.contains(secret))
        let database = try DatabaseQueue(path: story.desk.store.path).read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM answered_request").map(\.description).joined()
        }
        #expect(!database.contains(secret) && !database.isEmpty)
    }

    @Test("what is asked of one is checked; there are twenty good ones at a time, and readers make none")
    func bounds() throws {
        let story = try Story(on: desk())
        for (body, fault) in [
            (#"{"expires_in":"P367D"}"#, "#/expires_in out_of_range"),
            (#"{"expires_in":"P0D"}"#, "#/expires_in out_of_range"),
            (#"{"url":"/c/x"}"#, "#/url read_only_field"), (#"{"until":"P1D"}"#, "#/until unknown_field"),
        ] {
            #expect(try story.client.post("\(story.path)/share", body).errors == [fault])
        }
        let first = try share(story, #"{"expires_in":"PT1H"}"#)
        for _ in 1..<20 { _ = try share(story) }
        let refused = try story.client.post("\(story.path)/share")
        #expect(refused.status == 409 && refused.code == "too_many_links" && refused["case_id"].integer == story.id)
        story.desk.clock.advance(by: .hours(2))
        _ = try share(story)
        #expect(try story.client.get(first).status == 404)
        #expect(try story.client.post("/v1/cases/99/share").status == 404)
        let tag = try #require(story.now().fields["etag"])
        story.desk.clock.advance(by: .seconds(1))
        _ = try story.write("note", #""text":"x""#)
        #expect(try story.client.post("\(story.path)/share", "{}", fields: ["If-Match": tag]).status == 412)
        let reader = ["Authorization": try story.desk.token(.reader).field]
        #expect(try story.client.post("\(story.path)/share", "{}", fields: reader).status == 403)
        try expectWhole(story.desk)
    }

    @Test("a link does not go with the case to another customer, nor outlive an erasure; a merge and an end leave it")
    func whose() throws {
        let story = try Story(on: desk())
        let path = try share(story)
        _ = try Story(on: story.desk, customer: "C-2")
        // Resolved and closed it shows how it ended.
        let end =
            #"{"summary":"s","outcome_text":"A new one","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep"}]}"#
        #expect(try story.client.post("\(story.path)/resolve", end).status == 200)
        #expect(try story.client.post("\(story.path)/close", "{}").status == 200)
        #expect(try story.client.get(path)["outcome_text"].text == "A new one")
        #expect(try story.client.get(share(story))["status"].text == "closed")
        // Two customers who are one.
        let merge = #"{"into":2,"reason":"She says so"}"#
        #expect(try story.client.post("/v1/customers/1/merge", merge).status == 200)
        #expect(try story.client.get(path).status == 200)
        #expect(try story.client.send("DELETE", "/v1/customers/1/merge").status == 200)
        // It was opened for somebody else.
        #expect(try story.client.patch(story.path, #"{"customer":{"id":2}}"#).status == 200)
        #expect(try story.client.get(path).status == 404)
        #expect(try story.log().suffix(2) == ["case_updated", "case_unshared"])
        let theirs = try share(story)
        let other = try #require(try story.client.post("/v1/cases/2/share")["url"].text)
        for id in [2] {
            _ = try story.client.post(
                "/v1/promises/\(id)/withdraw",
                #"""
                {"reason":"They left","customer_agreed":true,"customer_notified":{"channel":"phone","outcome":"reached"},
                "resolve":{"summary":"s","customer_accepted":true}}
                """#)
        }
        let erased = try story.client.post("/v1/customers/2/erase", #"{"reason":"As they wish"}"#)
        #expect(erased.status == 200, "\(erased.response.text)")
        #expect(try story.client.get(theirs).status == 404 && story.client.get(other).status == 404)
        #expect(try story.client.post("\(story.path)/share").code == "customer_erased")
        try expectWhole(story.desk)
    }

    @Test("a browser gets there from a mail or another site; no other site's page reads it")
    func browsers() throws {
        let story = try Story(on: desk())
        let path = try share(story)
        let navigation = ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"]
        #expect(try story.client.get(path, fields: navigation).status == 200)
        for change in [
            ["Sec-Fetch-Mode": "no-cors"], ["Sec-Fetch-Dest": "iframe"], ["Origin": "https://evil.example"],
            ["Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"],
        ] {
            #expect(try story.client.get(path, fields: navigation.merging(change) { $1 }).status == 403)
        }
        // So may nothing else be gone to.
        #expect(try story.client.get(story.path, fields: navigation).status == 403)
    }

    @Test("while there is no token, a link is answered to whom all else is")
    func protected() throws {
        let story = try Story(on: desk())
        let path = try share(story)
        #expect(try story.client.get(path, fields: ["X-Forwarded-For": "203.0.113.7"]).status == 403)
        _ = try story.desk.token(.agent)
        #expect(try story.client.get(path, fields: ["X-Forwarded-For": "203.0.113.7"]).status == 200)
    }
}
