import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Work that is handed over")
struct HandoverTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        for name in ["Kim", "Lou"] { try desk.client.post("/v1/owners", #"{"name":"\#(name)"}"#) }
    }

    private func open(_ more: String) throws -> JSONAnswer {
        try desk.openCase(#"{\#(more)"complaint":"It leaks.","customer":{"name":"Ann"}}"#)
    }

    private func handOver(_ from: String, _ body: String, as actor: String = "Max") throws -> JSONAnswer {
        try client.post("/v1/owners/\(from)/handover", body, fields: ["Casekeeper-Actor": actor])
    }

    private func owners(_ id: Int64) throws -> [String?] {
        try client.get("/v1/cases/\(id)")["promises"].items.map { $0["owner"].text }
    }

    @Test("goes over in one commit, and is answered with what did: promises of every kind, and the open cases")
    func everything() throws {
        _ = try open(#""owner":"Kim","promise":{"what":"First","due_in":"P1D"},"#)
        _ = try open(#""owner":"KIM","promise":{"what":"Second","due_in":"PT3H"},"#)
        _ = try open(#""owner":"Sam","promise":{"what":"Third","due_in":"P3D","owner":"kim"},"#)
        _ = try client.post(
            "/v1/cases/3/log",
            #"{"kind":"lesson","cause":"x","process":"y","review":{"what":"Review","due_in":"P9D","owner":"Kim"}}"#)
        _ = try client.post("/v1/cases/3/promises", #"{"what":"Send it","due_in":"P2D","by":"customer","owner":"Kim"}"#)
        let before = try client.get("/v1/log/head")["id"].integer ?? 0
        let answer = try handOver("kim", #"{"to":"lou","reason":"On leave","cases":true}"#)
        #expect(answer.status == 200, "\(answer.response.text)")
        #expect(answer["from"].text == "Kim" && answer["to"].text == "Lou" && answer["seq"].integer == 2)
        let promises = answer["promises"].items
        #expect(promises.map { $0["what"].text }.prefix(2) == ["Second", "First"], "the earliest due first")
        #expect(Set(promises.compactMap { $0["what"].text }).isSuperset(of: ["Third", "Review", "Send it"]))
        #expect(promises.allSatisfy { $0["owner"].text == "Lou" })
        let toCustomer = promises.filter { $0["what"].text != "Send it" }
        #expect(toCustomer.allSatisfy { $0["waits_for_acceptance"].flag == true && $0["accountable"].text == "Max" })
        #expect(promises.first?["load"]["owner"].text == "Lou")
        let codes = promises.first?["warnings"].items.map { $0["code"].text }
        #expect(codes == ["waits_for_acceptance"])
        #expect(answer["case_ids"] == .array([.integer(1), .integer(2)]))
        #expect(answer["remaining"]["promises"].integer == 0 && answer["remaining"]["cases"].integer == 0)
        #expect(
            try client.get("/v1/cases/1")["owner"].text == "Lou" && client.get("/v1/cases/3")["owner"].text == "Sam")
        #expect(
            try client.get("/v1/owners/Kim")["open"].integer == 0
                && client.get("/v1/owners/Kim")["open_cases"].integer == 0)
        let events = try client.get("/v1/events?after=\(before)")["items"].items
        #expect(events.count == 1 + promises.count + 2, "an entry for each thing, and one for all")
        #expect(events[0]["type"].text == "owner.updated" && events[0]["entry"]["kind"].text == "handover")
        #expect(events[0]["entry"]["to"].text == "Lou" && events[0]["entry"]["reason"].text == "On leave")
        #expect(Set(events.map { $0["recorded_at"] }.map { "\($0)" }).count == 1, "one commit")
        let part = try client.get("/v1/cases/1/log?limit=500")["items"].items.filter { $0["handover"].integer == 2 }
        #expect(part.map { $0["kind"].text } == ["case_updated", "promise_reassigned"])
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("leaves the cases where they are, unless that is asked for")
    func promisesAlone() throws {
        _ = try open(#""owner":"Kim","#)
        let answer = try handOver("Kim", #"{"to":"Lou","reason":"x"}"#)
        #expect(answer["case_ids"] == .array([]) && answer["promises"].items.count == 1)
        #expect(try client.get("/v1/cases/1")["owner"].text == "Kim")
    }

    @Test("comes back by its entry: what went over and is still there, with the word that was given before")
    func undone() throws {
        let kim = ["Casekeeper-Actor": "Kim"]
        for _ in 1...4 { _ = try open(#""owner":"Kim","#) }
        try client.post("/v1/promises/1/reassign", #"{"owner":"Sam","reason":"x"}"#)
        try client.post("/v1/promises/1/reassign", #"{"owner":"Kim","reason":"x"}"#)
        try client.post("/v1/promises/1/accept", "{}", fields: kim)
        try client.post("/v1/promises/2/reassign", #"{"owner":"Sam","reason":"x"}"#)
        try client.post("/v1/promises/2/reassign", #"{"owner":"Kim","reason":"x"}"#)
        let before = try (1...3).map { try client.get("/v1/promises/\($0)") }
        // Lou has something of their own, which no undo takes.
        _ = try open(#""owner":"Lou","#)
        let asOf = desk.clock.tick().rfc3339
        let over = try handOver("Kim", #"{"to":"Lou","reason":"On leave","cases":true}"#)
        #expect(over["promises"].items.count == 4)
        try client.post("/v1/promises/4/reassign", #"{"owner":"Sam","reason":"x"}"#)
        let seq = over["seq"].integer ?? 0
        let back = try handOver("Lou", #"{"to":"Kim","reason":"Back","only":\#(seq)}"#)
        #expect(back.status == 200 && back["only"].integer == seq, "\(back.response.text)")
        #expect(Set(back["promises"].items.compactMap { $0["id"].integer }) == [1, 2, 3])
        #expect(back["case_ids"] == .array((1...4).map { .integer($0) }))
        for (index, then) in before.enumerated() {
            let now = try client.get("/v1/promises/\(index + 1)")
            #expect(now["owner"].text == "Kim" && now["accepted_at"] == then["accepted_at"], "\(now.response.text)")
            #expect(now["waits_for_acceptance"].flag == then["waits_for_acceptance"].flag)
        }
        #expect(try client.get("/v1/promises/1")["accountable"].text == "Kim", "by their own word, given before")
        #expect(try client.get("/v1/promises/4")["owner"].text == "Sam" && owners(5) == ["Lou"])
        #expect(try client.get("/v1/promises?owner=Kim&as_of=\(asOf)")["total"].integer == 4)
        // Once more it takes nothing, and the other way round it goes over again.
        let head = try client.get("/v1/log/head")["id"]
        let nothing = try handOver("Lou", #"{"to":"Kim","reason":"Back","only":\#(seq)}"#)
        #expect(nothing.status == 200 && nothing["promises"].items.isEmpty && nothing["seq"] == .null)
        #expect(nothing["notice"].text?.hasPrefix("Nothing has changed") == true, "\(nothing.response.text)")
        #expect(try client.get("/v1/log/head")["id"] == head, "and there is no entry of nothing")
        #expect(back["notice"] == .null && back["remaining"]["accepted"].integer == 0)
        let again = try handOver("Kim", #"{"to":"Lou","reason":"x","only":\#(back["seq"].integer ?? 0)}"#)
        #expect(again["promises"].items.count == 3, "\(again.response.text)")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test(
        "is for whoever has it, or a manager; goes to somebody else who takes it on; and back by a handover that there was"
    )
    func refusals() throws {
        _ = try open(#""owner":"Kim","#)
        let kim = ["Authorization": try desk.token(.agent, owner: "Kim").field]
        let lou = ["Authorization": try desk.token(.agent, owner: "Lou").field]
        let admin = ["Authorization": try desk.token(.admin, name: "root").field]
        func send(_ fields: [String: String], _ body: String) throws -> JSONAnswer {
            try client.post("/v1/owners/Kim/handover", body, fields: fields)
        }
        #expect(try send(lou, #"{"to":"me","reason":"x"}"#).code == "forbidden")
        #expect(try send(kim, #"{"to":"me","reason":"x"}"#).errors == ["#/to invalid_value"])
        #expect(try send(kim, #"{"to":"Lou","reason":"x","only":7}"#).errors == ["#/only invalid_value"])
        #expect(try send(kim, "{}").errors == ["#/to required", "#/reason required"])
        try client.patch("/v1/owners/Lou", #"{"active":false}"#, fields: admin)
        #expect(try send(kim, #"{"to":"Lou","reason":"x"}"#).errors == ["#/to inactive_owner"])
        #expect(
            try client.post("/v1/owners/Nobody/handover", #"{"to":"Kim","reason":"x"}"#, fields: admin).status == 404)
        let new = try send(kim, #"{"to":"Loui","reason":"x"}"#)
        #expect(
            new["warnings"][0]["code"].text == "new_name"
                && new["warnings"][0]["detail"].text?.contains("mean") == false)
        #expect(new["promises"][0]["warnings"].items.map { $0["code"].text } == ["new_name", "waits_for_acceptance"])
        #expect(
            try client.post("/v1/owners/me/handover", #"{"to":"Kim","reason":"x"}"#, fields: kim).errors == [
                "#/to invalid_value"
            ])
    }

    @Test("comes back as it was where nobody had said yes to it, with who had given it then")
    func unaccepted() throws {
        let max = ["Casekeeper-Actor": "Max"]
        _ = try open(#""owner":"Sam","#)
        try client.post("/v1/promises/1/reassign", #"{"owner":"Kim","reason":"x"}"#, fields: max)
        let before = try client.get("/v1/promises/1")
        #expect(before["waits_for_acceptance"].flag == true && before["accountable"].text == "Max")
        var instants = [desk.clock.tick().rfc3339]
        let over = try handOver("Kim", #"{"to":"Lou","reason":"x"}"#, as: "Kim")
        #expect(try client.get("/v1/promises/1")["accountable"].text == "Kim")
        instants.append(desk.clock.tick().rfc3339)
        _ = try handOver("Lou", #"{"to":"Kim","reason":"Back","only":\#(over["seq"].integer ?? 0)}"#, as: "Zoe")
        let after = try client.get("/v1/promises/1")
        for field in ["owner", "accountable", "waits_for_acceptance", "accepted_at"] {
            #expect(after[field] == before[field], "\(field)")
        }
        for (instant, owner) in zip(instants + [desk.clock.tick().rfc3339], ["Kim", "Lou", "Kim"]) {
            let queue = try client.get("/v1/queue?kind=acceptance&as_of=\(instant)")["items"].items
            #expect(queue.map { $0["waits_for"].text } == [owner], "\(queue)")
        }
        let declined = try client.post(
            "/v1/promises/1/decline", #"{"reason":"x"}"#, fields: ["Casekeeper-Actor": "Kim"])
        #expect(declined["promise"]["owner"].text == "Max", "\(declined.response.text)")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    /// In whose hands every promise is, and by whose word.
    private func hands() throws -> [[JSONValue]] {
        let answer = try client.get("/v1/promises?by=any&to=any&sort=due_at&limit=500")
        let fields = ["owner", "accountable", "waits_for_acceptance", "accepted_at", "state", "due_at"]
        return answer["items"].items.map { promise in fields.map { promise[$0] } }
    }

    @Test("comes back as it was, step by step, through as many hands as it went, with whatever had been said to it")
    func nested() throws {
        func act(_ id: Int64, _ action: String, _ body: String, as actor: String) throws {
            let answer = try client.post("/v1/promises/\(id)/\(action)", body, fields: ["Casekeeper-Actor": actor])
            #expect(answer.status == 200, "\(answer.response.text)")
        }
        for _ in 1...4 { _ = try open(#""owner":"Kim","#) }
        let own = #"{"complaint":"x","customer":{"name":"Ann"},"promise":{"what":"Mine","due_in":"P1D","owner":"Kim"}}"#
        try client.post("/v1/cases", own, fields: ["Casekeeper-Actor": "Kim"])
        try client.post("/v1/cases/1/promises", #"{"what":"Send it","due_in":"P2D","by":"customer","owner":"Kim"}"#)
        for id: Int64 in [1, 2] { try act(id, "reassign", #"{"owner":"Sam","reason":"x"}"#, as: "Max") }
        for id: Int64 in [1, 2] { try act(id, "reassign", #"{"owner":"Kim","reason":"x"}"#, as: "Zoe") }
        try act(1, "accept", "{}", as: "Kim")
        let hands = ["Kim", "Lou", "Sam", "Zoe", "Kim", "Ned"]
        var before: [(state: [[JSONValue]], seq: Int64)] = []
        #expect(try self.hands().count >= 6)
        for (from, to) in zip(hands, hands.dropFirst()) {
            let then = try self.hands()
            let over = try handOver(from, #"{"to":"\#(to)","reason":"x"}"#)
            before.append((then, try #require(over["seq"].integer)))
            desk.clock.advance(by: .seconds(1))
        }
        for (step, then) in before.enumerated().reversed() {
            let body = #"{"to":"\#(hands[step])","reason":"Back","only":\#(then.seq)}"#
            #expect(try handOver(hands[step + 1], body).status == 200)
            #expect(try self.hands() == then.state, "back in \(hands[step])'s hands")
        }
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("that was accepted is given back, and not undone: it waits for who had it, and counts for who accepted it")
    func acceptedSince() throws {
        let lou = ["Casekeeper-Actor": "Lou"]
        for _ in 1...2 { _ = try open(#""owner":"Kim","promise":{"what":"Call","due_in":"PT1H","owner":"Kim"},"#) }
        let ids = try client.get("/v1/promises?owner=Kim&kind=other")["items"].items.compactMap { $0["id"].integer }
        for id in ids { try client.post("/v1/promises/\(id)/accept", "{}", fields: ["Casekeeper-Actor": "Kim"]) }
        let over = try handOver("Kim", #"{"to":"Lou","reason":"x"}"#, as: "Kim")
        #expect(try client.post("/v1/promises/\(ids[0])/accept", "{}", fields: lou).status == 200)
        // The other one comes and goes in between: it is Lou's by another's word.
        try client.post("/v1/promises/\(ids[1])/reassign", #"{"owner":"Sam","reason":"x"}"#, fields: lou)
        try client.post(
            "/v1/promises/\(ids[1])/reassign", #"{"owner":"Lou","reason":"x"}"#, fields: ["Casekeeper-Actor": "Sam"])
        let body = #"{"to":"Kim","reason":"Not me","only":\#(over["seq"].integer ?? 0)}"#
        #expect(try handOver("Lou", body, as: "Lou").status == 200)
        for id in ids {
            let now = try client.get("/v1/promises/\(id)")
            #expect(now["owner"].text == "Kim" && now["waits_for_acceptance"].flag == true, "\(now.response.text)")
            #expect(now["accountable"].text == "Lou")
        }
        desk.clock.advance(by: .hours(2))
        let report = try client.get("/v1/reports/promises?group_by=owner")["groups"].items
        #expect(report.first { $0["key"].text == "Lou" }?["overdue"].integer == 2, "\(report)")
        #expect(report.first { $0["key"].text == "Kim" }?["overdue"].integer ?? 0 == 0)
        #expect(
            try client.post("/v1/promises/\(ids[0])/accept", "{}", fields: ["Casekeeper-Actor": "Kim"]).status == 200)
        #expect(try client.get("/v1/promises/\(ids[0])")["accountable"].text == "Kim")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("to a name that was a mistake is taken back by who made it, but for what was accepted there")
    func takenBack() throws {
        for _ in 1...3 { _ = try open(#""owner":"Kim","#) }
        func field(_ owner: String, _ role: Role = .agent) throws -> [String: String] {
            ["Authorization": try desk.token(role, owner: owner).field]
        }
        let (kim, lou, sam) = (try field("Kim"), try field("Lou"), try field("Sam"))
        let over = try client.post(
            "/v1/owners/Kim/handover", #"{"to":"Luo","reason":"x","cases":true}"#, fields: kim)
        let seq = over["seq"].integer ?? 0
        #expect(over["warnings"][0]["code"].text == "new_name" && seq > 0, "\(over.response.text)")
        let body = #"{"to":"Kim","reason":"A typo","only":\#(seq)}"#
        for other in [lou, sam] {
            #expect(try client.post("/v1/owners/Luo/handover", body, fields: other).code == "forbidden")
        }
        let all = #"{"to":"Kim","reason":"x"}"#
        #expect(try client.post("/v1/owners/Luo/handover", all, fields: kim).code == "forbidden", "only by only")
        let luo = try field("Luo")
        #expect(try client.post("/v1/promises/2/accept", "{}", fields: luo).status == 200)
        let back = try client.post("/v1/owners/Luo/handover", body, fields: kim)
        #expect(back.status == 200 && back["case_ids"].items.count == 3, "\(back.response.text)")
        #expect(back["promises"].items.compactMap { $0["id"].integer } == [1, 3])
        #expect(back["promises"].items.allSatisfy { $0["waits_for_acceptance"].flag == false })
        #expect(
            back["remaining"]["accepted"].integer == 1 && back["notice"].text?.contains("Luo has accepted 1") == true)
        #expect(try client.get("/v1/promises/2", fields: kim)["owner"].text == "Luo")
        let head = try client.get("/v1/log/head", fields: kim)["id"]
        let again = try client.post("/v1/owners/Luo/handover", body, fields: kim)
        #expect(again.status == 200 && again["seq"] == .null && again["remaining"]["accepted"].integer == 1)
        #expect(try client.get("/v1/log/head", fields: kim)["id"] == head)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("has a bound: what is past it stays, is told of, and goes with the next one")
    func bound() throws {
        let count = Limits.handover + 5
        try desk.store.write { transaction in
            for index in 1...count {
                let request = CaseRequest(
                    fields: CaseFields(owner: "Kim"), complaint: "Case \(index)",
                    customer: .new(CustomerFields(name: "C\(index)")))
                _ = try transaction.openCase(Incoming(request), by: .policy)
            }
        }
        let first = try handOver("Kim", #"{"to":"Lou","reason":"x","cases":true}"#)
        #expect(first["promises"].items.count == Limits.handover && first["case_ids"].items.isEmpty)
        #expect(first["remaining"]["promises"].integer == 5 && first["remaining"]["cases"].integer == Int64(count))
        let second = try handOver("Kim", #"{"to":"Lou","reason":"x","cases":true}"#)
        #expect(second["promises"].items.count == 5 && second["case_ids"].items.count == Limits.handover - 5)
        #expect(second["remaining"]["cases"].integer == 10)
        #expect(try handOver("Kim", #"{"to":"Lou","reason":"x","cases":true}"#)["case_ids"].items.count == 10)
        #expect(try client.get("/v1/owners/Kim")["open_cases"].integer == 0)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("from a name that was a mistake leaves that as it was: nobody is known by it, and it is told of again")
    func mistyped() throws {
        _ = try open(#""owner":"Kimm","#)
        let asOf = desk.clock.tick().rfc3339
        let answer = try handOver("Kimm", #"{"to":"Kim","reason":"A typo","cases":true}"#)
        #expect(
            answer["promises"].items.count == 1 && answer["case_ids"].items.count == 1 && answer["seq"].integer == 1)
        #expect(try client.get("/v1/owners")["items"].items.map { $0["name"].text } == ["Kim", "Lou"])
        #expect(try client.get("/v1/owners/Kimm").status == 404)
        let again = try open(#""owner":"kimm","#)
        #expect(again["warnings"][0]["code"].text == "new_name")
        #expect(try client.get("/v1/owners/Kimm")["version"].integer == 0)
        let named = try client.post("/v1/owners", #"{"name":"KIMM","team":"North"}"#)
        #expect(
            named.status == 201 && named["name"].text == "Kimm" && named["version"].integer == 1,
            "\(named.response.text)")
        #expect(try client.post("/v1/owners", #"{"name":"kimm"}"#).code == "duplicate_owner")
        #expect(try client.patch("/v1/owners/kimm", #"{"team":"South"}"#)["version"].integer == 2)
        #expect(try client.get("/v1/owners/Kimm?as_of=\(asOf)")["version"].integer == 0)
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("is found by verify where its entry says another number than went over")
    func verified() throws {
        _ = try open(#""owner":"Kim","#)
        #expect(try handOver("Kim", #"{"to":"Lou","reason":"x"}"#).status == 200)
        let key = try handOver("Kim", #"{"to":"Lou","reason":"x"}"#)
        #expect(key["promises"].items.isEmpty, "nothing is left, and that is no mistake")
        #expect(try desk.store.makeReader().verify().findings == [])
    }
}
