import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// What guidance and the queue say is sent, as they say it.
@Suite("The calls of guidance and of the queue")
struct GuidedCallTests {
    @Test("who does what it says to do now gets an angry caller's case from its opening to its resolution")
    func followed() throws {
        let desk = try TestDesk()
        try desk.openCase(#"{"complaint":"It leaks.","customer":{"name":"Bo"},"mood":"angry","owner":"Kim"}"#)
        var done: [String] = []
        while let item = try items(desk, 1).first(where: { $0["state"].text == "now" }), done.count < 30 {
            done.append(item["tactic"].text ?? "")
            let call = item["call"]
            let answer = try send(call, call["example"], to: desk)
            #expect((200...201).contains(answer.status), "\(done): \(answer.response.text)")
        }
        #expect(
            done == [
                "T8", "T10", "T5", "T6", "T6", "T7", "T1", "T21", "T14", "T14", "T14", "T2", "T2", "T19",
            ])
        let file = try desk.client.get("/v1/cases/1?include=guidance")
        #expect(file["status"].text == "resolved")
        #expect(file["ever_broken"].flag == false)
        #expect(file["promise_counts"]["kept"].integer == 2)
        #expect(file["guidance"]["items"].items.contains { $0["state"].text == "now" } == false)
    }

    /// What happens in a case, one after the other; each with what is sent to it.
    private static let story: [(String, String)] = [
        ("log", #"{"kind":"threat","threat_kind":"legal"}"#),
        ("log", #"{"kind":"concession","what":"All of it","amount":9000000,"currency":"USD"}"#),
        ("log", #"{"kind":"support","text":"I stay with it."}"#),
        ("log", #"{"kind":"mood","mood":"angry","why":"Says it again"}"#),
        ("log", #"{"kind":"mood","mood":"abusive","why":"Called me names"}"#),
        ("escalate", #"{"supervisor":"Sue","reason":"Called me names"}"#),
        ("log", #"{"kind":"supervisor_joined"}"#),
        ("cool-off", #"{"reason":"No use","callback":{"what":"Call","due_in":"P2D","owner":"Lee"}}"#),
        ("log", #"{"kind":"lesson","cause":"No stock","process":"Orders","no_review_reason":"x"}"#),
        ("log", #"{"kind":"mood","mood":"upset"}"#),
        ("log", #"{"kind":"question","text":"When?"}"#),
        ("log", #"{"kind":"fact","text":"In May."}"#),
        ("log", #"{"kind":"restatement","text":"In May it broke.","confirmed":true}"#),
        ("", #"{"desired_outcome":"A new one","estimate":{"from":"P1D","to":"P3D"}}"#),
        ("log", #"{"kind":"option","options":["A new one","A \"repair\" \\ with a\u0001 twist"]}"#),
        ("log", #"{"kind":"agreement","option":"A new one","accepted":false}"#),
        ("log", #"{"kind":"agreement","option":"A new one","accepted":true,"remedy":{"what":"Send","due_in":"P1D"}}"#),
        ("log", #"{"kind":"statement","text":"And the lid is cracked."}"#),
        ("log", #"{"kind":"threat","threat_kind":"safety"}"#),
    ]

    /// Ways out that are agreed on, or not.
    private static let solutions: [(String, String)] = [
        ("log", #"{"kind":"mood","mood":"calm"}"#), ("", #"{"desired_outcome":"A new one"}"#),
        ("log", #"{"kind":"option","options":["A new one"]}"#),
        ("log", #"{"kind":"agreement","option":"A new one","accepted":false}"#),
        ("log", #"{"kind":"agreement","option":"A new one","accepted":true,"remedy":{"what":"Send","due_in":"P5D"}}"#),
        ("keep", "{}"),
        (
            "keep",
            #"{"resolve":{"summary":"x","customer_accepted":true,"follow_up":{"what":"Ask","due_in":"P9D"}}}"#
        ),
    ]

    /// What a manager refuses, and a threat that is real.
    private static let limits: [(String, String)] = [
        ("log", #"{"kind":"mood","mood":"calm"}"#),
        ("log", #"{"kind":"concession","what":"All of it","amount":9000000,"currency":"USD"}"#),
        ("log", #"{"kind":"concession_decision","of":5,"approved":false,"reason":"Too much"}"#),
        ("log", #"{"kind":"threat","threat_kind":"safety"}"#),
        ("log", #"{"kind":"threat_assessment","of":7,"verdict":"credible","reason":"He is here"}"#),
        ("escalate", #"{"supervisor":"Sue","reason":"He is here"}"#),
    ]

    /// A customer who was abusive still after a pause and with a supervisor.
    private static let farewell: [(String, String)] = [
        ("log", #"{"kind":"mood","mood":"abusive"}"#), ("log", #"{"kind":"supervisor_joined","supervisor":"Sue"}"#),
        ("cool-off", #"{"reason":"No use","callback":{"what":"Call","due_in":"PT1H"}}"#), ("keep last", "{}"),
        ("log", #"{"kind":"mood","mood":"abusive"}"#),
    ]

    /// A promise that was kept in name only, as the customer says: FIRST is the id of the case's first one.
    private static let disputed: [(String, String)] = [
        ("log", #"{"kind":"mood","mood":"calm"}"#), ("keep", #"{"next_promise":{"what":"Call again","due_in":"P9D"}}"#),
        ("log", #"{"kind":"dispute","promise_id":FIRST,"reason":"Nobody called","said_by":"customer"}"#),
    ]

    /// States of a case in which guidance is asked: what has happened, and how much later it is.
    private static let states: [(story: [(String, String)], later: ElapsedTime)] =
        [story, solutions, limits, farewell, disputed].flatMap { story in
            (0...story.count).map { (Array(story.prefix($0)), .zero) }
        } + [.hours(47), .days(3)].flatMap { later in [0, 8].map { (Array(story.prefix($0)), later) } }

    @Test("each is taken as its example and filled in by the schema, and unfilled is refused with exactly its pointers")
    func taken() throws {
        let desk = try TestDesk()
        try desk.client.patch("/v1/policies/normal", #"{"warn_ahead":"PT2H"}"#)
        var sent: Set<String> = []
        for (story, later) in Self.states {
            func call(_ tactic: String) throws -> JSONValue {
                let id = try opened(desk, story, later)
                return try items(desk, id).first { $0["tactic"].text == tactic }?["call"] ?? .null
            }
            let seen = try opened(desk, story, later)
            for item in try items(desk, seen) where item["call"] != .null {
                let tactic = item["tactic"].text ?? ""
                guard sent.insert("\(tactic) \(item["title"].text ?? "")").inserted else { continue }
                try expectTaken(desk, "\(tactic) after \(story)") { try call(tactic) }
            }
        }
        let tactics = Set(sent.compactMap { $0.split(separator: " ").first.map(String.init) })
        #expect(tactics == Set(Tactic.allCases.map(\.rawValue)))
        #expect(sent.count >= 32, "\(sent.sorted())")
    }

    @Test("those of the queue are of the same shape, and each body is taken as it is, and filled in otherwise")
    func queue() throws {
        let desk = try TestDesk()
        /// A case that is in the queue for a reason; the item of that kind.
        func item(_ kind: QueueKind) throws -> JSONValue {
            let opened = try desk.client.post(
                "/v1/cases",
                #"{"complaint":"x","customer":{"name":"Bo"},"owner":"Kim","promise":{"what":"Call","due_in":"PT1H"}}"#)
            var id = opened["id"].integer ?? 0
            switch kind {
            case .threat: try desk.client.post("/v1/cases/\(id)/log", #"{"kind":"threat","threat_kind":"legal"}"#)
            case .danger:
                try desk.client.post("/v1/cases/\(id)/log", #"{"kind":"threat","threat_kind":"safety"}"#)
                try desk.client.post(
                    "/v1/cases/\(id)/log", #"{"kind":"threat_assessment","of":3,"verdict":"credible","reason":"x"}"#)
            case .notAccepted:
                let promise = opened["promises"][0]["id"].integer ?? 0
                try desk.client.post(
                    "/v1/promises/\(promise)/keep", #"{"resolve":{"summary":"x","customer_accepted":false}}"#)
            case .escalation:
                try desk.client.post("/v1/cases/\(id)/escalate", #"{"supervisor":"Sue","reason":"Asked for one"}"#)
            case .overdue: desk.clock.advance(by: .hours(2))
            case .ladder:
                let isAhead = id.isMultiple(of: 2)
                let step = isAhead ? "-PT30M owner" : "PT0S manager"
                try desk.client.patch("/v1/policies/normal", #"{"ladder":["\#(step)"]}"#)
                let another = try desk.client.post(
                    "/v1/cases",
                    #"{"complaint":"x","customer":{"name":"Bo"},"owner":"Kim","promise":{"what":"Call","due_in":"PT1H"}}"#
                )
                id = another["id"].integer ?? 0
                desk.clock.advance(by: .minutes(isAhead ? 45 : 75))
                let isBroughtUp = try eventually {
                    try desk.client.post("/v1/cases/\(id)/log", #"{"kind":"note","text":"x"}"#)
                    let items = try desk.client.get("/v1/queue?kind=ladder&limit=500")["items"].items
                    return items.contains { $0["case"]["id"].integer == id }
                }
                #expect(isBroughtUp)
            case .deadline:
                let edit = #"{"hard_deadline":"\#(desk.instant(in: .days(3)))"}"#
                try desk.client.patch("/v1/cases/\(id)", edit)
            case .concession:
                try desk.client.post(
                    "/v1/cases/\(id)/log", #"{"kind":"concession","what":"x","amount":1,"currency":"EUR"}"#)
            case .dispute:
                let promise = opened["promises"][0]["id"].integer ?? 0
                try desk.client.post(
                    "/v1/promises/\(promise)/keep", #"{"next_promise":{"what":"Call","due_in":"P1D"}}"#)
                try desk.client.post(
                    "/v1/cases/\(id)/log", #"{"kind":"dispute","promise_id":\#(promise),"reason":"x"}"#)
            case .return:
                let promise = opened["promises"][0]["id"].integer ?? 0
                try desk.client.post(
                    "/v1/cases/\(id)/relationship",
                    #"{"decision":"end","reason":"x","settle":[{"promise_id":\#(promise),"action":"keep"}]}"#)
                let customer = opened["customer"]["id"].integer ?? 0
                id = try desk.openCase(#"{"complaint":"Again","customer":{"id":\#(customer)}}"#)["id"].integer ?? 0
            case .acceptance:
                try desk.client.post("/v1/cases/\(id)/promises", #"{"what":"x","due_in":"P1D","owner":"Zoe"}"#)
            }
            // A list is never for an instant past a batch that is being committed: after this it is from after.
            try desk.client.post("/v1/cases/\(id)/log", #"{"kind":"note","text":"x"}"#)
            let items = try desk.client.get("/v1/queue?kind=\(kind.rawValue)&limit=500")["items"].items
            return try #require(items.last { $0["case"]["id"].integer == id }, "\(kind)")
        }
        for kind in QueueKind.allCases {
            try expectTaken(desk, kind.rawValue, isWhole: true) { try item(kind)["call"] }
        }
    }

    /// - Parameters:
    ///   - isWhole: whether the body is to be taken as it is.
    ///   - call: the same call of a case of its own, each time.
    private func expectTaken(
        _ desk: TestDesk, _ what: String, isWhole: Bool = false, _ call: () throws -> JSONValue
    ) throws {
        let comment = Comment(rawValue: what)
        let unfilled = try call()
        let fill = unfilled["fill"].items.compactMap(\.text)
        if isWhole {
            #expect(unfilled["body"] == unfilled["example"], comment)
            for pointer in fill {
                let names = pointer.split(separator: "/").dropFirst()
                #expect(names.reduce(unfilled["body"]) { $0[String($1)] } != .null, "\(pointer) of \(what)")
            }
            let answer = try send(unfilled, unfilled["body"], to: desk)
            #expect((200...201).contains(answer.status), "\(what): \(answer.response.text)")
        } else {
            expectNothingUndone(unfilled, comment)
        }
        if !fill.isEmpty, !isWhole {
            let answer = try send(unfilled, unfilled["body"], to: desk)
            #expect(answer.status == 422, comment)
            #expect(answer["errors"].items.compactMap { $0["pointer"].text } == fill, comment)
        }
        let example = try call()
        let answer = try send(example, example["example"], to: desk)
        #expect((200...201).contains(answer.status), "\(what): \(answer.response.text)")
        for round in 0..<(fill.isEmpty ? 1 : 4) {
            let call = try call()
            let (method, path) = (call["method"].text ?? "", call["path"].text ?? "")
            let filler = SchemaFiller(round: round, now: desk.clock.now)
            let body = try #require(filler.fill(try node(call["body"]), at: fill, of: method, path), comment)
            #expect(filler.violations(of: body, method, path) == [], comment)
            let answer = try send(call, bytes: body.bytes, to: desk)
            // Whoever ends a relationship says what becomes of what was promised; the call can't know that it is ended.
            if body["decision"]?.text == "end", answer.code == "promises_unsettled" { continue }
            // Nor can a schema know what was offered in the case.
            if fill.contains("#/option"), answer.code == "option_not_offered" { continue }
            #expect((200...201).contains(answer.status), "\(what): \(answer.response.text) of \(body)")
        }
    }

    /// The body says nothing that nobody did, and has only what the example has.
    private func expectNothingUndone(_ call: JSONValue, _ comment: Comment) {
        let (body, example) = (call["body"], call["example"])
        let emptied = call["fill"].items.compactMap(\.text)
        func check(_ value: JSONValue, _ whole: JSONValue, _ pointer: String) {
            if case .object(let members) = value {
                for member in members {
                    let isSaid = ["text", "why", "evidence", "summary", "explanation"].contains(member.name.string)
                    #expect(!isSaid || member.value == "", "\(pointer) of \(body)")
                    check(member.value, whole[member.name.string], "\(pointer)/\(member.name.string)")
                }
            } else if emptied.contains(pointer) {
                #expect(value == "" && whole != "" && whole != .null, comment)
            } else {
                #expect(value == whole, comment)
            }
        }
        check(body, example, "#")
        for pointer in emptied {
            var found = example
            for name in pointer.split(separator: "/").dropFirst() { found = found[String(name)] }
            #expect(found != .null, "\(pointer) of \(example)")
        }
        for never in ["outcome", "approved", "accepted", "confirmed", "customer_accepted", "mood", "verdict"] {
            #expect(!body.allNames.contains(never), comment)
        }
        #expect(call["role"] != .null && body.names.count <= example.names.count, comment)
    }

    private func opened(
        _ desk: TestDesk, _ story: [(String, String)], _ later: ElapsedTime
    ) throws -> Int64 {
        let opened = try desk.client.post(
            "/v1/cases", #"{"complaint":"It leaks.","customer":{"name":"Bo"},"mood":"angry","owner":"Kim"}"#,
            fields: ["Casekeeper-Actor": "Kim"])
        let id = opened["id"].integer ?? 0
        let first = String(opened["promises"][0]["id"].integer ?? 0)
        for (action, body) in story.map({ ($0, $1.replacing("FIRST", with: first)) }) {
            var path = "/v1/cases/\(id)"
            let words = action.split(separator: " ")
            if words.first == "keep" {
                let unsettled = try desk.client.get(path)["promises"].items.filter { $0["settled_by"] == .null }
                let promise = words.last == "last" ? unsettled.last : unsettled.first
                path = "/v1/promises/\(promise?["id"].integer ?? 0)"
            }
            let answer =
                words.isEmpty ? try desk.client.patch(path, body) : try desk.client.post("\(path)/\(words[0])", body)
            try #require((200...201).contains(answer.status), "\(answer.response.text)")
        }
        guard later > .zero else { return id }
        desk.clock.advance(by: later)
        // An answer is never for an instant past a batch that is being committed: after this none is from before.
        try desk.client.post("/v1/cases/\(id)/log", #"{"kind":"note","text":"x"}"#)
        return id
    }

    private func items(_ desk: TestDesk, _ id: Int64) throws -> [JSONValue] {
        try desk.client.get("/v1/cases/\(id)/guidance")["items"].items
    }

    private func node(_ value: JSONValue) throws -> JSONNode {
        var json = JSONWriter()
        json.write(value)
        return try JSONNode(json.bytes)
    }

    private func send(_ call: JSONValue, _ body: JSONValue, to desk: TestDesk) throws -> JSONAnswer {
        var json = JSONWriter()
        json.write(body)
        return try send(call, bytes: json.bytes, to: desk)
    }

    private func send(_ call: JSONValue, bytes: [UInt8], to desk: TestDesk) throws -> JSONAnswer {
        JSONAnswer(
            try desk.client.send(
                call["method"].text ?? "", call["path"].text ?? "",
                fields: ["Casekeeper-Actor": call["actor"].text ?? (call["role"].text == "manager" ? "Mia" : "Kim")],
                body: bytes))
    }
}

extension JSONValue {
    /// The names of all members, at any depth.
    fileprivate var allNames: Set<String> {
        switch self {
        case .object(let members): members.reduce(into: []) { $0.formUnion($1.value.allNames.union([$1.name.string])) }
        case .array(let items): items.reduce(into: []) { $0.formUnion($1.allNames) }
        default: []
        }
    }
}
