import CaseStore
import Complaints
import GRDB
import TestSupport
import Testing

@testable import CaseAPI

/// Every column that can have text or bytes, of every table that the schema has: filled over HTTP with the words of one
/// customer, who is then erased.
@Suite("Of a customer who is erased")
struct ErasedColumnsTests {
    /// What every word of theirs ends with, and no other's. The full-text index keeps of each word what the one before it
    /// does not begin with.
    private static let ending = "wxqz"

    private static func word(_ text: String) -> String { "\(text)\(ending)" }

    /// A JSON text with the ending in the place of `~`.
    private static func json(_ text: String) -> String { text.replacing("~", with: ending) }

    /// Everything there is to say about a case, by a customer whose every word is marked.
    private func fill(_ desk: TestDesk) throws {
        var key = 0
        func post(_ path: String, _ body: String, _ status: Int = 201) throws -> JSONAnswer {
            key += 1
            let answer = try desk.client.post(path, Self.json(body), fields: ["Idempotency-Key": "k\(key)"])
            #expect(answer.status == status, "\(path) \(body): \(answer.response.text)")
            return answer
        }
        let opened = try post(
            "/v1/cases",
            #"""
            {"complaint":"complaint~","subject":"subject~","external_id":"case~","category":"category~","tags":["tag~"],
            "desired_outcome":"wish~","mood":"angry","customer":{"name":"name~","email":"mail~@example.com",
            "phone":"tel~ 1234567","external_id":"key~","language":"de-x-~","needs":["need~"],"vulnerable":true,"vulnerable_reason":"care~"},"contact":{"name":"caller~",
            "phone":"tel3~","email":"mail3~@example.com","relation":"son~"},"promise":{"what":"what~","due_in":"P1D","next_step":"next~"}}
            """#)
        let path = "/v1/cases/\(try #require(opened["id"].integer))"
        let customer = try #require(opened["customer"]["id"].integer)
        let edits = [
            #"""
            {"name":"name2~","email":"mail2~@example.com","phone":"tel2~ 7654321","external_id":"key2~","language":"sv-x-~",
            "needs":["need2~"],"vulnerable":false,"vulnerable_reason":"care2~"}
            """#
        ]
        for edit in edits {
            #expect(try desk.client.patch("/v1/customers/\(customer)", Self.json(edit)).status == 200)
        }
        let edit = #"""
            {"subject":"subject2~","external_id":"case2~","category":"category2~","tags":["tag2~"],"desired_outcome":"wish2~",
            "contact":{"name":"caller2~","phone":"tel4~","email":"mail4~@example.com","relation":"heir~"}}
            """#
        #expect(try desk.client.patch(path, Self.json(edit)).status == 200)
        try mergeAnother(into: customer, desk)
        func log(_ kind: String, _ fields: String) throws -> JSONAnswer {
            try post("\(path)/log", #"{"kind":"\#(kind)",\#(fields)}"#)
        }
        _ = try post("\(path)/share", "{}")
        let unshared = try desk.client.send(
            "DELETE", "\(path)/share", body: Array(Self.json(#"{"reason":"why~"}"#).utf8))
        #expect(unshared.status == 200)
        _ = try post("\(path)/share", "{}")
        for kind in ["statement", "question", "fact"] { _ = try log(kind, #""text":"text~","said_by":"who~""#) }
        for kind in ["acknowledgement", "support", "apology", "note"] { _ = try log(kind, #""text":"text~""#) }
        _ = try log("restatement", #""text":"text~","confirmed":true"#)
        _ = try log("option", #""options":["one~","two~"]"#)
        _ = try log("agreement", #""option":"one~","accepted":true,"remedy":{"what":"remedy~","due_in":"P2D"}"#)
        let threat = try log("threat", #""threat_kind":"legal","text":"text~""#)
        _ = try log("threat_assessment", #""of":\#(threat["seq"].integer ?? 0),"verdict":"unfounded","reason":"why~""#)
        let gift = try log("concession", #""what":"gift~","amount":900000,"currency":"USD""#)
        _ = try log("concession_decision", #""of":\#(gift["seq"].integer ?? 0),"approved":true,"reason":"why~""#)
        let referral = try log("referral", #""to":"whom~","reference":"number~","text":"text~""#)
        _ = try log(
            "referral_decision",
            #""of":\#(referral["seq"].integer ?? 0),"decision":"upheld","award":1,"currency":"USD","text":"text~""#)
        _ = try log("forwarded", #""to":"whom~","text":"text~""#)
        _ = try log("mood", #""mood":"upset","why":"why~""#)
        _ = try log("supervisor_joined", #""supervisor":"Sue""#)
        _ = try log("cool_off", #""reason":"why~","callback":{"what":"call~","due_in":"P2D"}"#)
        _ = try log("refusal", #""reason":"why~","callback":{"what":"call~","due_in":"P2D"}"#)
        _ = try log("customer_notified", #""channel":"phone","outcome":"reached","text":"text~""#)
        _ = try log("debrief", #""with":"Mia""#)
        _ = try log(
            "lesson",
            #""cause":"cause~","process":"process~","text":"text~","review":{"what":"review~","due_in":"P3D","owner":"Sue"}"#
        )
        _ = try log("lesson", #""cause":"cause~","process":"process~","no_review_reason":"why~""#)
        _ = try log("thanks", #""text":"text~","thanked":"Sue""#)
        _ = try post("\(path)/escalate", #"{"reason":"why~","supervisor":"Sue"}"#, 200)
        _ = try post("\(path)/relationship", #"{"decision":"keep","reason":"why~"}"#, 200)
        func promise(_ due: String = "P2D") throws -> Int64 {
            try #require(try post("\(path)/promises", #"{"what":"more~","due_in":"\#(due)"}"#)["id"].integer)
        }
        let move = #"""
            "due_in":"P4D","reason":"late~","explanation":"told~","next_step":"next~",
            "customer_notified":{"channel":"phone","outcome":"reached"}
            """#
        let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
        let moved = try promise()
        _ = try post("/v1/promises/\(moved)/renegotiate", "{\(move)}")
        _ = try post("/v1/promises/\(try promise())/void", #"{"reason":"typo~",\#(told)}"#, 200)
        _ = try post(
            "/v1/promises/\(try promise())/withdraw",
            #"{"reason":"gone~","explanation":"told~","customer_agreed":true,\#(told)}"#, 200)
        _ = try post("/v1/promises/\(try promise())/reassign", #"{"owner":"Lou","reason":"shift~"}"#, 200)
        let given = try promise()
        _ = try post("/v1/promises/\(given)/reassign", #"{"owner":"Lou","reason":"shift~"}"#, 200)
        let declined = try desk.client.post(
            "/v1/promises/\(given)/decline", Self.json(#"{"reason":"away~"}"#), fields: ["Casekeeper-Actor": "Lou"])
        #expect(declined.status == 200)
        let late = try promise("PT1S")
        desk.clock.advance(by: .seconds(5))
        _ = try post("/v1/promises/\(late)/recover", "{\(move)}")
        let again = try post("/v1/cases", #"{"complaint":"complaint~","customer":{"id":\#(customer)}}"#)
        _ = try post(
            "/v1/cases/\(again["id"].integer ?? 0)/duplicate-of",
            #"{"case_id":\#(opened["id"].integer ?? 0),"reason":"same~"}"#, 200)
        let kept = try promise()
        _ = try post("/v1/promises/\(kept)/keep", #"{"evidence":"proof~"}"#, 200)
        let dispute = try log("dispute", #""promise_id":\#(kept),"reason":"why~","said_by":"who~""#)
        _ = try log("dispute_decision", #""of":\#(dispute["seq"].integer ?? 0),"upheld":true,"reason":"why~""#)
        _ = try post(
            "\(path)/resolve",
            #"""
            {"summary":"sum~","outcome_text":"out~","evidence":"seen~","customer_accepted":true,
            "settle":\#(try settled(path, desk))}
            """#,
            200
        )
        _ = try post("\(path)/reopen", #"{"reason":"again~"}"#, 200)
        #expect(try desk.client.patch(path, #"{"regime":"Two steps"}"#).status == 200)
        _ = try post("\(path)/stage", #"{"stage":"second","reason":"stage~"}"#, 200)
        _ = try post("\(path)/stage", #"{"stage":"first","reason":"undone~"}"#, 200)
        _ = try post("\(path)/stage", #"{"stage":"second","reason":"stage~"}"#, 200)
        _ = try post(
            "\(path)/resolve",
            #"""
            {"summary":"sum~","customer_accepted":true,"outcome":"upheld","redress":{"amount":1,"currency":"USD"},
            "final_response":{"channel":"letter"},"settle":\#(try settled(path, desk))}
            """#, 200
        )
        _ = try post("\(path)/close", #"{"reason":"end~"}"#, 200)
    }

    /// Has a receiver say what it knows of them, as it is told of their cases.
    private func answer(_ webhook: Webhook, _ desk: TestDesk) throws {
        try desk.store.write { transaction in
            var webhook = webhook
            webhook.fields.active = true
            let step = try transaction.record.webhookEvents(
                for: webhook, after: webhook.afterEvent, looking: 500, taking: 500)
            var journal = WebhookJournal()
            journal.taken = [WebhookJournal.Taken(webhookID: webhook.id, cursor: step.cursor, events: step.taken)]
            try transaction.note(journal)
            journal = WebhookJournal()
            let now = desk.clock.now
            for due in try transaction.record.dueDeliveries(of: webhook, at: now + .days(1), limit: 500) {
                let attempt = DeliveryAttempt(
                    number: 1, at: now, duration: .seconds(1),
                    outcome: .answered(status: 200, retryAfter: nil, beginning: Array(Self.word("thanks").utf8)))
                let (delivery, off) = due.delivery.tried(attempt, at: now, chance: 0)
                journal.tried.append(WebhookJournal.Tried(delivery: delivery, attempt: attempt, off: off))
            }
            try transaction.note(journal)
        }
    }

    /// Another customer, who is found to be them, and not, and to be them after all.
    private func mergeAnother(into customer: Int64, _ desk: TestDesk) throws {
        let opened = try desk.openCase(
            Self.json(#"{"complaint":"other~","customer":{"name":"other~","phone":"other~"}}"#))
        let (other, promise) = (opened["customer"]["id"].integer ?? 0, opened["promises"][0]["id"].integer ?? 0)
        let void = Self.json(#"{"reason":"typo~","resolve":{"summary":"none~"}}"#)
        #expect(try desk.client.post("/v1/promises/\(promise)/void", void).status == 200)
        for method in ["POST", "DELETE", "POST"] {
            let body = Self.json(#"{"into":\#(customer),"reason":"same~"}"#)
            let answer = try desk.client.send(
                method, "/v1/customers/\(other)/merge", body: Array(body.utf8))
            #expect(answer.status == 200, "\(answer.text)")
        }
    }

    /// How everything that is unsettled in a case is kept.
    private func settled(_ path: String, _ desk: TestDesk) throws -> String {
        let unsettled = try desk.client.get(path)["promises"].items.filter {
            ["open", "overdue"].contains($0["state"].text ?? "")
        }
        let items = unsettled.map {
            #"{"promise_id":\#($0["id"].integer ?? 0),"action":"keep","evidence":"proof~"}"#
        }
        return "[\(items.joined(separator: ","))]"
    }

    /// The columns that have the ending somewhere, of all that can have text or bytes: `table.column`.
    private func columns(_ desk: TestDesk) throws -> (all: Set<String>, marked: Set<String>) {
        try DatabaseQueue(path: desk.store.path).read { db in
            let columns = try Row.fetchAll(
                db,
                sql: """
                    SELECT t.name AS "table", c.name AS "column" FROM pragma_table_list t, pragma_table_xinfo(t.name) c
                    WHERE t.schema = 'main' AND t.type IN ('table', 'shadow') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                        AND upper(c.type) <> 'INTEGER'
                    """)
            var (all, marked): (Set<String>, Set<String>) = ([], [])
            for row in columns {
                let (table, column): (String, String) = (row["table"], row["column"])
                all.insert("\(table).\(column)")
                let isMarked = try Bool.fetchOne(
                    db,
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM "\(table)"
                            WHERE instr(CAST("\(column)" AS BLOB), CAST('\(Self.ending)' AS BLOB)))
                        """)
                if isMarked == true { marked.insert("\(table).\(column)") }
            }
            return (all, marked)
        }
    }

    /// What nothing fills yet, or not in so small a database.
    private static let unfilled: Set = [
        "customer.phone_key", "promise.due_explained", "case_text_idx.term", "customer_text_idx.term",
    ]

    @Test("no column has a word left, but for those that are listed with their reasons")
    func everyColumn() throws {
        let table = try DocumentedTable("docs/database.md", under: "## What an erasure leaves")
        let listed = Set(table.rows.flatMap { DocumentedTable.words($0[0]) })
        #expect(table.rows.allSatisfy { $0.count == 2 && !$0[1].isEmpty }, "each with a reason")
        let desk = try TestDesk()
        try desk.putTwoSteps()
        let url = try WebhookURL("https://hooks.example/")
        let webhook = try desk.store.write { transaction in
            let request = WebhookRequest(url: url, fields: WebhookFields(active: false))
            return try transaction.createWebhook(Incoming(request), secret: WebhookSecret(), by: .local)
        }
        try fill(desk)
        try answer(webhook, desk)
        try desk.store.write { try $0.catchUpSearch() }
        let before = try columns(desk)
        #expect(before.all.subtracting(before.marked).subtracting(listed) == Self.unfilled, "filled, or listed")
        #expect(listed.subtracting(before.all) == [], "listed, and not there")
        let erased = try desk.client.post(
            "/v1/customers/1/erase", #"{"reason":"Asked for it"}"#, fields: ["Idempotency-Key": "erase"])
        #expect(erased.status == 200, "\(erased.response.text)")
        while try desk.store.write({ try $0.purgeSearch() }) {}
        #expect(try columns(desk).marked.subtracting(listed) == [], "something is left")
        let numbers = try DatabaseQueue(path: desk.store.path).read { db in
            try String.fetchAll(db, sql: "SELECT phone_key FROM customer WHERE phone_key IS NOT NULL")
        }
        #expect(numbers == [], "which has digits alone")
        let kept = try DatabaseQueue(path: desk.store.path).read { db in
            try Set(String.fetchAll(db, sql: "SELECT field FROM field_change WHERE instr(before, '\(Self.ending)')"))
        }
        #expect(kept == ["external_id"], "of what was edited, too")
        let (words, keys) = try DatabaseQueue(path: desk.store.path).write { db in
            try db.execute(sql: "CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, case_text, row)")
            return (
                try Set(String.fetchAll(db, sql: "SELECT term FROM temp.word WHERE instr(term, '\(Self.ending)')")),
                try Set(
                    String.fetchAll(
                        db,
                        sql: """
                            SELECT external_id FROM complaint_case WHERE external_id IS NOT NULL
                            UNION SELECT folded FROM name
                            UNION SELECT before FROM field_change WHERE field = 'external_id' AND before IS NOT NULL
                            """))
            )
        }
        // Keys are there as such, too.
        let plain = Set(words.map { $0.hasPrefix("№") ? String($0.dropFirst()) : $0 })
        #expect(!words.isEmpty && plain.isSubset(of: keys), "of the index of search, too")
        let findings = try desk.store.makeReader().verify().findings
        #expect(findings == [])
    }

    @Test("every name under which the log keeps a word of theirs is tried, in entries of every kind")
    func everyFact() throws {
        let desk = try TestDesk()
        try desk.putTwoSteps()
        try fill(desk)
        let texts = try desk.store.makeReader().read { transaction in
            let page = PageRequest(limit: 500)
            return try transaction.log(page).items.flatMap { entry in entry.texts.map { (entry.kind, $0) } }
        }
        // Why somebody was erased stays.
        for kind in LogKind.allCases where ![.erased, .customerErased].contains(kind) {
            for fact in kind.form.facts where fact.privacy.leavesLog && !fact.name.hasSuffix("_before") {
                // A flag has no words that could be marked.
                let isFlag = fact.name == "vulnerable"
                let isMarked = texts.contains {
                    $0.0 == kind && $0.1.name == fact.name && (isFlag || "\($0.1.value)".contains(Self.ending))
                }
                #expect(isMarked, "\(kind.rawValue) \(fact.name)")
            }
        }
    }
}
