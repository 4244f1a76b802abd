import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Lists")
struct ListTests {
    private let desk: TestDesk

    init() throws {
        desk = try TestDesk()
    }

    /// Follows `Link` from page to page, and returns every item.
    private func walk(_ target: String, between: () throws -> Void = {}) throws -> [JSONValue] {
        var items: [JSONValue] = []
        var next: String? = target
        while let target = next {
            let page = try desk.client.get(target)
            #expect(page.status == 200, "\(page.response.text)")
            items += page["items"].items
            let link = page.fields["link"]
            #expect((link == nil) == (page["next"] == .null))
            next = link.map { String($0.dropFirst().prefix { $0 != ">" }) }
            if let next {
                #expect(link?.hasSuffix("; rel=\"next\"") == true)
                #expect(next.hasPrefix("/v1/"))
            }
            try between()
        }
        return items
    }

    private func openCases(_ count: Int) throws {
        for index in 1...count {
            let hours = (index * 7) % count + 1
            try desk.openCase(
                "{\"complaint\":\"Case \(index)\",\"customer\":{\"name\":\"C\(index)\"},"
                    + "\"promise\":{\"what\":\"Call\",\"due_in\":\"PT\(hours)H\"}}")
        }
    }

    @Test("an envelope says for when, how many, and what comes next")
    func envelope() throws {
        try openCases(3)
        let page = try desk.client.get("/v1/cases?limit=2")
        #expect(page.json.names == ["as_of", "items", "total", "next"])
        #expect(page["total"].integer == 3)
        #expect(page["items"].items.count == 2)
        #expect(page.fields["casekeeper-as-of"] == page["as_of"].text)
        let last = try desk.client.get("/v1/cases?limit=2&cursor=\(page["next"].text ?? "")")
        #expect(last["items"].items.count == 1)
        #expect(last["next"] == .null)
        #expect(last["as_of"] == page["as_of"])
        #expect(try desk.client.get("/v1/cases")["items"].items[0].names == CaseRoutesTests.caseFields)
    }

    @Test(
        "every order holds over its pages",
        arguments: [
            ("/v1/cases?sort=opened_at", "opened_at", true), ("/v1/cases?sort=-opened_at", "opened_at", false),
            ("/v1/cases", "opened_at", false), ("/v1/cases?sort=next_due_at", "next_due_at", true),
            ("/v1/promises", "due_at", true), ("/v1/promises?sort=due_at", "due_at", true),
            ("/v1/promises?sort=-due_at", "due_at", false),
        ])
    func order(target: String, field: String, isAscending: Bool) throws {
        try openCases(12)
        let paged = try walk(target + (target.contains("?") ? "&" : "?") + "limit=5")
        let values = paged.compactMap { $0[field].text }
        #expect(values.count == 12)
        #expect(values == values.sorted { isAscending ? $0 < $1 : $0 > $1 })
        #expect(Set(paged.compactMap { $0["id"].integer }).count == 12)
    }

    @Test("pages stay as of the first one while rows come and change")
    func stable() throws {
        try openCases(9)
        let before = try desk.client.get("/v1/promises?state=open&limit=500")["items"]
        var round = 0
        let paged = try walk("/v1/promises?state=open&limit=2") {
            round += 1
            try desk.openCase()
            try desk.client.post(
                "/v1/promises/\(round)/keep", #"{"next_promise":{"what":"Next","due_in":"PT1H"}}"#)
        }
        #expect(paged.map { $0["id"] } == before.items.map { $0["id"] })
        #expect(paged.allSatisfy { $0["state"].text == "open" })
        #expect(try desk.client.get("/v1/promises?state=open")["total"].integer ?? 0 > 9)
    }

    @Test("a cursor keeps to its query and its instant")
    func cursors() throws {
        try openCases(3)
        let page = try desk.client.get("/v1/cases?limit=1&status=open")
        let cursor = try #require(page["next"].text)
        #expect(try desk.client.get("/v1/cases?limit=2&status=open&cursor=\(cursor)")["items"].items.count == 2)
        for query in [
            "limit=1&cursor=\(cursor)", "status=closed&cursor=\(cursor)", "status=open&sort=opened_at&cursor=\(cursor)",
        ] {
            let answer = try desk.client.get("/v1/cases?\(query)")
            #expect(answer.status == 400)
            #expect(answer.errors == ["cursor invalid_parameter"])
        }
        #expect(try desk.client.get("/v1/promises?status=open&cursor=\(cursor)").status == 400)
        let asOf = page["as_of"].text ?? ""
        let same = "status=open&cursor=\(cursor)&as_of="
        #expect(try desk.client.get("/v1/cases?\(same)\(asOf)").status == 200)
        #expect(try desk.client.get("/v1/cases?\(same)2026-03-01T09:00:00Z").errors == ["as_of invalid_parameter"])
    }

    @Test("the link keeps every parameter, encoded as it must be")
    func link() throws {
        for _ in 0..<2 {
            try desk.openCase(#"{"complaint":"x","customer":{"name":"Ann"},"owner":"Mia & Böll, Ltd"}"#)
        }
        let asOf = desk.clock.now.rfc3339.replacing("Z", with: "%2B00:00")
        let first = try desk.client.get(
            "/v1/cases?owner=mia+%26+b%C3%B6ll,+ltd&limit=1&as_of=\(asOf)&status=open,closed")
        let link = try #require(first.fields["link"])
        #expect(link.hasPrefix("</v1/cases?owner=mia%20%26%20b%C3%B6ll%2C%20ltd&limit=1&as_of=2026-03-01T09%3A00%3A"))
        #expect(try walk("/v1/cases?owner=mia+%26+b%C3%B6ll,+ltd&limit=1&as_of=\(asOf)&status=open,closed").count == 2)
    }

    @Test("an owner is warned ahead by due_soon, as far ahead as the policy says, and never of what is overdue (T3)")
    func dueSoon() throws {
        for hours in [1, 3, 5] {
            try desk.openCase(
                "{\"complaint\":\"x\",\"customer\":{\"name\":\"Ann\"},"
                    + "\"promise\":{\"what\":\"Call\",\"due_in\":\"PT\(hours)H\"}}")
        }
        func dueSoon() throws -> [Int64] {
            let page = try desk.client.get("/v1/promises?due_soon=true")
            return page["items"].items.compactMap { $0["id"].integer }
        }
        #expect(try desk.client.patch("/v1/policies/normal", #"{"warn_ahead":"PT2H"}"#)["warn_ahead"].text == "PT2H")
        #expect(try dueSoon() == [1])
        desk.clock.advance(by: .hours(2))
        #expect(try dueSoon() == [2])
        try desk.client.patch("/v1/policies/normal", #"{"warn_ahead":"PT4H"}"#)
        #expect(try dueSoon() == [2, 3])
    }

    @Test("a number finds the case of that id first, whatever the order, then what tells of it, page by page")
    func numbered() throws {
        for text in ["It leaks.", "It leaks, as in case 1.", "Nothing", "1 drop"] {
            try desk.openCase(#"{"complaint":"\#(text)","customer":{"name":"Ann"}}"#)
        }
        func ids(_ query: String) throws -> [Int64] {
            try walk("/v1/cases?\(query)").compactMap { $0["id"].integer }
        }
        for limit in ["", "&limit=1"] {
            #expect(try ids("q=1&sort=opened_at\(limit)") == [1, 2, 4])
            #expect(try ids("q=%231%20\(limit)") == [1, 4, 2])
            #expect(try ids("q=1&sort=next_due_at\(limit)").first == 1)
            #expect(try ids("q=2\(limit)") == [2])
        }
        #expect(try desk.client.get("/v1/cases?q=1&limit=1")["total"].integer == 3)
        #expect(try ids("q=1&status=resolved") == [] && ids("q=99") == [] && ids("q=1+leaks") == [2])
        #expect(try ids("q=9223372036854775807") == [] && ids("q=99999999999999999999") == [])
        let row = try desk.client.send("GET", "/v1/cases?q=3&format=csv&fields=id").text
        #expect(row == "id\r\n3\r\n")
    }

    private static let filtered: [(String, [Int64])] = [
        ("/v1/cases?status=open", [1, 2, 3]), ("/v1/cases?status=resolved,closed", [4]),
        ("/v1/cases?overdue=true", [1]), ("/v1/cases?accepted=true", [4]), ("/v1/cases?accepted=false", []),
        ("/v1/cases?overdue=false", [2, 3, 4]), ("/v1/cases?silent=true", []), ("/v1/cases?unowned=true", [3, 4]),
        ("/v1/cases?owner=Mia", [1]), ("/v1/cases?team=North", [2]), ("/v1/cases?customer_id=2", [2, 4]),
        ("/v1/cases?category=Boiler", [1, 3]), ("/v1/cases?severity=high,critical", [1, 2]),
        ("/v1/cases?mood=angry,abusive", [3]), ("/v1/cases?channel=phone", [1]), ("/v1/cases?q=valve", [1]),
        ("/v1/cases?q=%22hot+water%22", [3]), ("/v1/cases?external_id=X-2", [2]),
        ("/v1/cases?tag=VULNERABLE", [1]), ("/v1/cases?tag=large+PRINT", [1, 3]),
        ("/v1/cases?tag=vulnerable,Large+Print", [1, 3]),
        ("/v1/cases?tag=STRASSE&q=valve", [1]), ("/v1/promises?tag=vulnerable", [1]),
        ("/v1/promises?tag=Large+print", [1, 3]), ("/v1/cases?customer=08-123+45", [2, 4]),
        ("/v1/promises?customer=0046+8+12345", [2, 4]), ("/v1/promises?customer=+46812345", [2, 4]),
        ("/v1/promises?customer=BOB+shop@example.org", [2, 4]),
        ("/v1/promises?customer=bob%2Bshop@example.org", [2, 4]),
        ("/v1/promises?customer=bob@example.org", []), ("/v1/promises?customer=812346", []),
        ("/v1/cases?customer=shop@example.org", []), ("/v1/promises?customer=%2B46812345&state=kept", [4]),
        ("/v1/cases?vulnerable=true", [3]), ("/v1/cases?vulnerable=false", [1, 2, 4]),
        ("/v1/cases?regime=FCA-disp", []), ("/v1/cases?outcome=upheld,not_upheld", [4]),
        ("/v1/cases?outcome=not_upheld", []),
        ("/v1/cases?updated_after=2026-03-01T12:00:00Z", [4]),
        ("/v1/cases?resolved_after=2026-03-01", [4]), ("/v1/cases?resolved_after=2026-03-02", []),
        ("/v1/cases?resolved_before=2026-03-02&resolved_after=2026-03-01", [4]),
        ("/v1/cases?resolved_before=2026-03-01", []), ("/v1/cases?q=%234", [4]), ("/v1/cases?q=4&status=open", []),
        ("/v1/cases?status=open&severity=critical&owner=Bo", [2]),
        ("/v1/promises?state=overdue", [1]), ("/v1/promises?state=open", [2, 3]), ("/v1/promises?state=kept", [4]),
        ("/v1/promises?owner=Bo", [2]), ("/v1/promises?accountable=Bo", []),
        ("/v1/promises?accountable=local", [1, 2, 3, 4]),
        ("/v1/promises?unowned=true", [3, 4]), ("/v1/promises?team=North", [2]),
        ("/v1/promises?kind=callback", [2]), ("/v1/promises?kind=acknowledge,other", [1, 3, 4]),
        ("/v1/promises?by=customer", [5]), ("/v1/promises?by=any", [1, 2, 3, 4, 5]),
        ("/v1/promises?by=any&to=us", [5]),
        ("/v1/promises?case_id=3", [3]),
        ("/v1/promises?case_id=3&by=any", [3, 5]), ("/v1/promises?customer_id=2", [2, 4]),
        ("/v1/promises?category=Boiler", [1, 3]), ("/v1/promises?severity=critical", [2]),
        ("/v1/promises?due_before=2026-03-01T12:00:00Z", [1]),
        ("/v1/promises?due_after=2026-03-01T12:00:00Z", [2, 3, 4]),
        ("/v1/promises?slips_min=1", []), ("/v1/promises?due_soon=true", []), ("/v1/promises?unaccepted=true", [1, 2]),
        ("/v1/promises?unaccepted=false", [3, 4]), ("/v1/promises?unowned=false", [1, 2]),
        ("/v1/cases?unowned=false", [1, 2]), ("/v1/cases?unowned=false&owner=Mia", [1]),
        ("/v1/cases?waiting_on_customer=true", [3]), ("/v1/cases?waiting_on_customer=false", [1, 2, 4]),
        ("/v1/promises?in_absence=true", []), ("/v1/promises?in_absence=false", [1, 2, 3, 4]),
    ]

    @Test("every filter that a list knows is asked for", arguments: ["/v1/cases", "/v1/promises"])
    func complete(path: String) throws {
        let unknown = try desk.client.get("\(path)?zzz=1")
        let known = try #require(unknown["errors"][0]["detail"].text?.knownNames)
        let asked = Self.filtered.filter { $0.0.hasPrefix(path) }.flatMap { target, _ in
            target.split(separator: "?")[1].split(separator: "&").compactMap { $0.split(separator: "=").first }
        }
        // What chooses a part or a form of a list.
        let others: Set = [
            "allow_unknown", "as_of", "cursor", "fields", "for", "format", "limit", "pretty", "separator", "sort", "tz",
        ]
        #expect(Set(known).subtracting(others) == Set(asked.map(String.init)))
    }

    @Test("filters let through what they say", arguments: filtered)
    func filters(target: String, ids: [Int64]) throws {
        try desk.openCase(
            #"{"complaint":"The valve","customer":{"name":"Ann"},"owner":"Mia","category":"Boiler","severity":"high","channel":"phone","tags":["Vulnerable","large print","Straße"],"promise":{"what":"a","due_in":"PT1H"}}"#
        )
        try desk.openCase(
            #"{"complaint":"b","customer":{"name":"Bob","phone":"+46 8 123 45","email":"bob+shop@example.org"},"owner":"Bo","team":"North","severity":"critical","external_id":"X-2","promise":{"kind":"callback","what":"b","due_in":"P1D","customer_notified":{"channel":"phone","outcome":"reached"}}}"#
        )
        try desk.openCase(
            #"{"complaint":"no hot water","customer":{"name":"Cyd","vulnerable":true},"category":"boiler","tags":["Large Print"],"mood":"angry","promise":{"what":"c","due_in":"P1D"}}"#
        )
        try desk.client.post(
            "/v1/cases", #"{"complaint":"d","customer":{"id":2},"promise":{"what":"d","due_in":"P1D"}}"#)
        try desk.client.post("/v1/cases/3/promises", #"{"what":"Send a photo","due_in":"P2D","by":"customer"}"#)
        desk.clock.advance(by: .hours(4))
        try desk.client.post(
            "/v1/promises/4/keep", #"{"resolve":{"summary":"s","customer_accepted":true,"outcome":"upheld"}}"#)
        let page = try desk.client.get(target)
        #expect(page.status == 200, "\(page.response.text)")
        #expect(page["items"].items.compactMap { $0["id"].integer }.sorted() == ids)
        #expect(page["total"].integer == Int64(ids.count))
    }
}
