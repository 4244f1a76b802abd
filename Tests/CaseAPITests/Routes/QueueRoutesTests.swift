import Complaints
import Foundation
import TestSupport
import Testing

@testable import CaseAPI

@Suite("The queue over HTTP")
struct QueueRoutesTests {
    private let desk: TestDesk

    /// A desk where something waits for each reason.
    init() throws {
        desk = try TestDesk()
        // Bo and the desk have parted, and Bo is back.
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Bo"}}"#)
        try desk.client.post(
            "/v1/cases/1/relationship",
            #"{"decision":"end","reason":"Threw things","settle":[{"promise_id":1,"action":"keep"}]}"#)
        try desk.openCase(#"{"complaint":"Me again","customer":{"id":1},"owner":"Lee"}"#)
        // Ann is angry, and Kim has promised much.
        try desk.client.post(
            "/v1/cases",
            #"""
            {"complaint":"It leaks.","customer":{"name":"Ann","phone":"+1 555"},"owner":"Kim","team":"North",
            "promise":{"what":"Call back","due_in":"PT1H"}}
            """#,
            fields: ["Casekeeper-Actor": "Kim"])
        for (path, body) in [
            ("escalate", #"{"supervisor":"Sue","reason":"Ann asks for one."}"#),
            ("log", #"{"kind":"threat","threat_kind":"publicity"}"#),
            ("log", #"{"kind":"concession","what":"A voucher","amount":1,"currency":"EUR"}"#),
            ("promises", #"{"what":"Send a kettle","due_in":"P3D","owner":"Zoe"}"#),
        ] {
            desk.clock.advance(by: .minutes(1))
            #expect(try desk.client.post("/v1/cases/3/\(path)", body).status < 300)
        }
        desk.clock.advance(by: .hours(2))
    }

    private static let kinds = ["threat", "escalation", "overdue", "concession", "return", "acceptance"]

    private func kinds(_ query: String = "") throws -> [String?] {
        let page = try desk.client.get("/v1/queue\(query)")
        #expect(page.status == 200)
        #expect(page["total"].integer == Int64(page["items"].items.count))
        return page["items"].items.map { $0["kind"].text }
    }

    @Test("as CSV it comes whole, where those of a later kind have waited for longer")
    func whole() throws {
        let item = #"{"complaint":"x","customer":{"name":"Bo"},"promise":{"what":"Call","due_in":"PT1H"}}"#
        let items = Array(repeating: item, count: 250).joined(separator: ",")
        let opened = try desk.client.post("/v1/cases/bulk", "{\"items\":[\(items)]}")["items"].items
        desk.clock.advance(by: .hours(2))
        for case let id? in opened.prefix(120).map({ $0["id"].integer }) {
            let answer = try desk.client.post("/v1/cases/\(id)/log", #"{"kind":"threat","threat_kind":"legal"}"#)
            #expect(answer.status == 201)
        }
        let total = try desk.client.get("/v1/queue?limit=1")["total"].integer
        let csv = try desk.client.send("GET", "/v1/queue?format=csv")
        #expect(total.map { $0 > 370 } == true)
        #expect(csv.text.split(separator: "\r\n").count == total.map { Int($0) + 1 })
    }

    @Test("one item a reason, in its order, each with why, whom it waits for, and whom to call")
    func items() throws {
        let page = try desk.client.get("/v1/queue")
        let items = page["items"].items.filter { ![2, 1].contains($0["case"]["id"].integer) }
        #expect(items.map { $0["kind"].text } == ["threat", "escalation", "overdue", "concession", "acceptance"])
        #expect(items.map { $0["waits_for"].text } == ["Sue", "Sue", "Kim", "Sue", "Zoe"])
        #expect(items.map { $0["seq"] == .null } == [false, false, true, false, true])
        #expect(items.map { $0["promise_id"].integer } == [nil, nil, 3, nil, 4])
        #expect(items[1]["why"].text == "Sue is asked to join: Ann asks for one.")
        #expect(items[2]["since"] == (try desk.client.get("/v1/promises/3"))["due_at"])
        for item in items {
            #expect(item["case"]["customer"]["phone"].text == "+1 555")
            #expect(item["why"].text?.isEmpty == false)
        }
        let back = try #require(page["items"].items.first { $0["kind"].text == "return" })
        #expect(back["case"]["id"].integer == 2)
    }

    @Test("the call of an item settles it")
    func calls() throws {
        #expect(try kinds() == Self.kinds)
        let rest: [String: JSONValue] = [
            "threat": ["verdict": "unfounded", "reason": "Asked"], "escalation": [:],
            "overdue": [
                "due_at": .string(ExactText(desk.instant(in: .days(1)))), "reason": "x", "next_step": "y",
                "customer_notified": ["channel": "phone", "outcome": "reached"],
            ],
            "concession": ["approved": true, "reason": "Fair"], "return": ["decision": "keep", "reason": "Once more"],
            "acceptance": [:],
        ]
        var left = Self.kinds
        for item in try desk.client.get("/v1/queue")["items"].items {
            let kind = try #require(item["kind"].text)
            let call = item["call"]
            var body = call["body"]
            for member in rest[kind]?.members ?? [] { body = body.setting(member.name.string, member.value) }
            var json = JSONWriter()
            json.write(body)
            let answer = try desk.client.send(
                try #require(call["method"].text), try #require(call["path"].text),
                fields: ["Casekeeper-Actor": call["actor"].text ?? "Mia"], body: json.bytes)
            #expect(answer.status < 300, "\(kind): \(answer.text)")
            left.removeAll { $0 == kind }
            // A new date for Kim's promise, made by Mia, is for Kim to accept.
            let others = try desk.client.get("/v1/queue")["items"].items.filter { $0["promise_id"].integer != 5 }
            #expect(others.map { $0["kind"].text } == left)
        }
    }

    @Test("its examples can be taken on the day on which it is asked for, also when it is remembered")
    func examples() throws {
        let desk = try TestDesk(loops: 1)
        try desk.openCase(
            #"{"complaint":"x","customer":{"name":"Bo"},"promise":{"what":"Call","due_in":"PT1H"},"owner":"Kim"}"#)
        desk.clock.advance(by: .hours(2))
        try desk.client.post("/v1/cases/1/log", #"{"kind":"note","text":"x"}"#)
        var dues: [String?] = []
        for round in 0..<12 {
            let page = try desk.client.get("/v1/queue?kind=overdue")
            let example = page["items"][0]["call"]["example"]
            let due = try Instant(rfc3339: try #require(example["due_at"].text))
            #expect(due > desk.clock.now, "round \(round)")
            dues.append(example["due_at"].text)
            guard round % 4 == 3 else { continue }
            desk.clock.advance(by: .days(2))
            // A batch that is being committed holds what is read back at its stamp.
            let now = desk.clock.now
            #expect(
                try eventually {
                    let asOf = try desk.client.get("/v1/queue?limit=1")["as_of"].text
                    return try Instant(rfc3339: try #require(asOf)) >= now
                })
        }
        #expect(Set(dues).count == 3, "one a day, whether it is remembered or not")
    }

    @Test("filters: kinds, the owner of a case or promise, the team")
    func filters() throws {
        #expect(try kinds("?kind=overdue,threat") == ["threat", "overdue"])
        #expect(try kinds("?owner=KIM") == ["threat", "escalation", "overdue", "concession"])
        #expect(try kinds("?owner=zoe") == ["acceptance"])
        #expect(try kinds("?owner=Lee") == ["return"])
        #expect(try kinds("?team=north") == ["threat", "escalation", "overdue", "concession", "acceptance"])
        #expect(try kinds("?team=North&owner=Kim&kind=acceptance,overdue") == ["overdue"])
        #expect(try desk.client.get("/v1/queue?owner=Nobody").errors == ["owner unknown_value"])
        #expect(try desk.client.get("/v1/queue?kind=late").errors == ["kind invalid_value"])
        #expect(try kinds("?as_of=2026-03-01T08:30:00Z") == [], "nothing waited before the first case")
    }

    @Test("what a threat and a concession wait for goes on when the case is resolved")
    func resolved() throws {
        let answer = try desk.client.post(
            "/v1/cases/3/resolve",
            #"""
            {"summary":"Done","customer_accepted":true,
            "settle":[{"promise_id":3,"action":"keep"},{"promise_id":4,"action":"keep"}]}
            """#)
        #expect(answer.status == 200, "\(answer.response.text)")
        let left = try kinds()
        #expect(left.contains("threat") && left.contains("concession") && left.contains("return"))
        #expect(!left.contains("overdue") && !left.contains("acceptance"))
    }

    @Test("all pages by their links while rows change, and all of it as CSV")
    func pages() throws {
        var met: [String?] = []
        var target: String? = "/v1/queue?limit=1"
        while let page = target {
            let answer = try desk.client.get(page)
            #expect(answer["items"].items.count == 1)
            met += answer["items"].items.map { $0["kind"].text }
            target = answer.fields["link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
            if met.count == 1 {
                try desk.client.post("/v1/cases/3/log", #"{"kind":"threat","threat_kind":"legal"}"#)
                try desk.client.post("/v1/cases/3/log", #"{"kind":"supervisor_joined"}"#)
            }
        }
        #expect(
            met == ["threat", "escalation", "overdue", "concession", "return", "acceptance"],
            "what waited when it was begun, whatever has come and gone since")
        let csv = try desk.client.send("GET", "/v1/queue?format=csv").text.components(separatedBy: "\r\n")
        #expect(
            csv[0].hasPrefix(
                "kind,since,why,waits_for,hard_deadline,days_left,business_days_left,case_id,seq,promise_id,method,path,role,"
            ))
        #expect(
            csv[1...].dropLast().map { String($0.prefix { $0 != "," }) }
                == ["threat", "threat", "overdue", "concession", "return", "acceptance"])
    }
}
