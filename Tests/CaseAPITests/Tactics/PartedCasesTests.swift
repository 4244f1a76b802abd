import CaseStore
import Complaints
import Testing

@testable import CaseAPI

/// What becomes of a duplicate and the case that it went on as where they turn out to be two customers', each trick by its name.
@Suite("What was promised to one customer never becomes another's")
struct PartedCasesTests {
    private let first: Story
    private let second: Story
    private let clients: [String: TestClient]
    private var desk: TestDesk { first.desk }

    init() throws {
        let desk = try TestDesk()
        first = try Story(#""owner":"Kim","#, on: desk, customer: "C-1")
        second = try Story(#""owner":"Lou","#, on: desk, customer: "C-2")
        var clients = try first.clients()
        var admin = desk.client
        admin.standing = ["Authorization": try desk.token(.admin, name: "Ada").field]
        clients["Ada"] = admin
        self.clients = clients
    }

    private func client(_ name: String) throws -> TestClient { try #require(clients[name]) }

    private func merge(_ id: Int64 = 2, into other: Int64 = 1) throws {
        #expect(
            try client("Mia").post("/v1/customers/\(id)/merge", #"{"into":\#(other),"reason":"One"}"#).status == 200)
    }

    private func part(_ id: Int64 = 2) throws -> JSONAnswer {
        JSONAnswer(try client("Mia").send("DELETE", "/v1/customers/\(id)/merge"))
    }

    private func verified(_ comment: Comment? = nil) throws {
        #expect(try desk.store.makeReader().verify().findings == [], comment)
    }

    /// The second case is found to be a duplicate of the first, with a promise of whose words nobody else is to know. Returns
    /// what that goes on as.
    private func duplicate() throws -> Int64 {
        try client("Lou").post(
            "\(second.path)/promises",
            #"{"what":"Call about the divorce","due_in":"P1D","next_step":"Ask the notary","customer_notified":{"channel":"phone","outcome":"reached"}}"#
        )
        let answer = try client("Lou").post(
            "\(second.path)/duplicate-of", #"{"case_id":\#(first.id),"reason":"The divorce again"}"#)
        #expect(answer.status == 200, "\(answer.response.text)")
        return try #require(answer["transferred"].items.compactMap { $0["id"].integer }.max())
    }

    /// Everything that goes on in the first case from the second one is taken back.
    private func takeBack() throws {
        for promise in try client("Mia").get(first.path)["promises"].items {
            guard promise["transferred_from"] != .null, promise["recorded_at"] == .null, let id = promise["id"].integer
            else { continue }
            let answer = try client("Max").post(
                "/v1/promises/\(id)/void",
                #"{"reason":"Somebody else's","customer_notified":{"channel":"phone","outcome":"reached"}}"#)
            #expect(answer.status == 200, "\(answer.response.text)")
        }
    }

    @Test("a merge is not taken back while something unsettled goes on from one of them in a case of the other")
    func unmerge() throws {
        try merge()
        let id = try duplicate()
        let refused = try part()
        #expect(refused.status == 409 && refused.code == "promises_unsettled")
        #expect(refused["promise_ids"].items.compactMap(\.integer).contains(id))
        #expect(refused["case_id"].integer == first.id)
        #expect(try client("Mia").get("/v1/customers/2")["merged_into"].integer == 1)
        try takeBack()
        #expect(try part().status == 200)
        try verified()
    }

    @Test("nor is a case's customer corrected then, which hid a promise with somebody else's case")
    func correction() throws {
        let away = try client("Lou").patch(second.path, #"{"customer":{"id":1}}"#)
        #expect(away.status == 200)
        let id = try duplicate()
        for path in [first.path, second.path] {
            let refused = try client("Lou").patch(path, #"{"customer":{"id":2}}"#)
            #expect(refused.status == 409 && refused.code == "promises_unsettled", "\(refused.response.text)")
            #expect(refused["promise_ids"].items.compactMap(\.integer).contains(id))
        }
        // What took its place is of the chain.
        let moved = try client("Lou").post(
            "/v1/promises/\(id)/renegotiate",
            #"{"due_in":"P2D","reason":"He is away","next_step":"Call","customer_notified":{"channel":"phone","outcome":"reached"}}"#
        )
        #expect(moved.status == 201, "\(moved.response.text)")
        #expect(try client("Lou").patch(second.path, #"{"customer":{"id":2}}"#).code == "promises_unsettled")
        try takeBack()
        let next = try #require(moved["id"].integer)
        let void = #"{"reason":"Somebody else's","customer_notified":{"channel":"phone","outcome":"reached"}}"#
        #expect(try client("Max").post("/v1/promises/\(next)/void", void).status == 200)
        #expect(try client("Lou").patch(second.path, #"{"customer":{"id":2}}"#).status == 200)
        try verified()
    }

    @Test(
        "once they are apart, neither page tells of the other's, and an erasure takes what is theirs from either case",
        arguments: [1, 2])
    func erasure(of customer: Int64) throws {
        try merge()
        _ = try duplicate()
        try takeBack()
        #expect(try part().status == 200)
        let page = try client("Mia").get("\(first.path)/customer-page").response.text
        #expect(!page.contains("divorce"))
        #expect(try client("Mia").get("\(second.path)/customer-page").response.text.contains("divorce"))
        let open = try client("Mia").get("/v1/promises?customer_id=\(customer)&state=open,overdue")["items"].items
        for id in open.compactMap({ $0["id"].integer }) {
            let body = #"{"resolve":{"summary":"Done","customer_accepted":true}}"#
            #expect(try client("Mia").post("/v1/promises/\(id)/keep", body).status == 200)
        }
        let erased = try client("Ada").post("/v1/customers/\(customer)/erase", #"{"reason":"Asked for it"}"#)
        #expect(erased.status == 200, "\(erased.response.text)")
        let left = try client("Mia").get("/v1/cases?q=divorce")["items"].items.compactMap { $0["id"].integer }
        #expect(left == (customer == 1 ? [second.id] : []), "whose words they are")
        let log = try client("Mia").get("\(first.path)/log?limit=500").response.text
        #expect(!log.contains("divorce") && !log.contains("notary"))
        try verified("customer \(customer) was erased")
    }

    @Test("whoever opened the duplicate takes back what the policy promised, as if it were still there")
    func opener() throws {
        let again = try client("Kim").post(
            "/v1/cases", #"{"complaint":"It leaks.","customer":{"id":1}}"#)
        let id = try #require(again["id"].integer)
        let answer = try client("Kim").post(
            "/v1/cases/\(id)/duplicate-of", #"{"case_id":\#(first.id),"reason":"Sent twice"}"#)
        let promise = try #require(answer["transferred"][0]["id"].integer)
        let void = #"{"reason":"Acknowledged already"}"#
        #expect(try client("Lou").post("/v1/promises/\(promise)/void", void).status == 403)
        #expect(try client("Kim").post("/v1/promises/\(promise)/void", void).status == 200)
        try verified()
    }

    @Test(
        "three cases that were opened apart are one matter: what is given away counts together, and a threat in one of them casts its shadow"
    )
    func oneMatter() throws {
        let kim = try client("Kim")
        #expect(
            try client("Mia").patch("/v1/policies/normal", #"{"concession_limit":1000,"concession_currency":"USD"}"#)
                .status == 200)
        func concede(_ path: String) throws -> String? {
            try kim.post("\(path)/log", #"{"kind":"concession","what":"A voucher","amount":800,"currency":"USD"}"#)[
                "state"
            ]
            .text
        }
        func open() throws -> String {
            let answer = try kim.post("/v1/cases", #"{"complaint":"It leaks.","customer":{"id":1}}"#)
            return "/v1/cases/\(try #require(answer["id"].integer))"
        }
        let (one, two) = (try open(), try open())
        #expect(try concede(one) == "granted")
        func resolve(_ path: String, as other: String) throws {
            let id = try #require(other.split(separator: "/").last.flatMap { Int64($0) })
            #expect(try kim.post("\(path)/duplicate-of", #"{"case_id":\#(id),"reason":"The same"}"#).status == 200)
        }
        try resolve(one, as: two)
        #expect(try concede(two) == "pending", "it is one matter")
        let three = try open()
        #expect(
            try kim.post("\(three)/log", #"{"kind":"threat","threat_kind":"legal","text":"My lawyer will write."}"#)
                .status
                == 201)
        let four = try open()
        try resolve(three, as: four)
        let gift = try kim.post(
            "\(four)/log", #"{"kind":"concession","what":"A stamp","amount":1,"currency":"USD"}"#)
        #expect(gift["under_threat"].text == "unassessed" && gift["state"].text == "pending")
        try verified()
    }

    @Test("that an ended case is somebody else's is for a manager to say: an agent reopened it so")
    func ended() throws {
        let settle =
            #"[{"promise_id":1,"action":"withdraw","reason":"Told","customer_agreed":false,"cause":"impossible"}]"#
        let end = #"{"decision":"end","reason":"Insults","settle":\#(settle)}"#
        let decided = try client("Mia").post("\(first.path)/relationship", end)
        #expect(decided.status < 300, "\(decided.response.text)")
        #expect(try client("Kim").post("\(first.path)/reopen", #"{"reason":"Again"}"#).status == 403)
        #expect(try client("Kim").patch(first.path, #"{"customer":{"id":2}}"#).status == 403)
        #expect(try client("Mia").patch(first.path, #"{"customer":{"id":2}}"#).status == 200)
    }

    @Test("what is known of somebody who was merged is told of who they are, and is theirs alone once they are apart")
    func completed() throws {
        let mia = try client("Mia")
        #expect(
            try mia.patch("/v1/customers/2", #"{"phone":"0221 123456","language":"pl","needs":["hard of hearing"]}"#)
                .status == 200)
        try merge()
        let shown = try mia.get(second.path)["customer"]
        #expect(shown["id"].integer == 1 && shown["phone"].text == "0221 123456" && shown["language"].text == "pl")
        #expect(shown["needs"].items.map(\.text) == ["hard of hearing"])
        #expect(try mia.get("/v1/customers/1")["phone"].text == "0221 123456")
        #expect(try mia.patch("/v1/customers/1", #"{"name":"Ann Lee"}"#).status == 200)
        #expect(try part().status == 200)
        #expect(try mia.get("/v1/customers/1")["phone"] == .null, "an edit wrote nothing else down")
        #expect(try mia.get(first.path)["customer"]["needs"].items.isEmpty)
        try verified()
    }

    @Test("a case that is opened for somebody who was merged is theirs again once they are apart")
    func namedAsMerged() throws {
        let mia = try client("Mia")
        try merge()
        let customers = [#"{"id":2}"#, #"{"external_id":"C-2"}"#]
        let cases = try customers.map { customer in
            let answer = try mia.post("/v1/cases", #"{"complaint":"Again.","customer":\#(customer)}"#)
            #expect(answer["customer"]["id"].integer == 1, "who they are")
            return try #require(answer["id"].integer)
        }
        #expect(try part().status == 200)
        for id in cases { #expect(try mia.get("/v1/cases/\(id)")["customer"]["id"].integer == 2) }
        try verified()
    }

    @Test("a manager's own miss is not handed on to be voided")
    func ownMiss() throws {
        let (mia, max) = (try client("Mia"), try client("Max"))
        let made = try max.post("\(first.path)/promises", #"{"what":"Call","due_in":"PT1H","owner":"Max"}"#)
        let id = try #require(made["id"].integer)
        desk.clock.advance(by: .hours(2))
        #expect(
            try mia.post("/v1/promises/\(id)/reassign", #"{"owner":"Lou","reason":"He is ill"}"#).status == 200)
        #expect(try client("Lou").post("/v1/promises/\(id)/accept", "{}").status == 200)
        #expect(try max.post("/v1/promises/\(id)/void", #"{"reason":"A mistake"}"#).status == 403)
        try verified()
    }

    @Test("only so many customers can be one, as whoever reads one of them reads all")
    func bounded() throws {
        let mia = try client("Mia")
        for number in 3...Limits.merged + 1 {
            try mia.post("/v1/cases", #"{"complaint":"x","customer":{"name":"N","external_id":"C-\#(number)"}}"#)
        }
        for number in 2...Limits.merged { try merge(Int64(number), into: Int64(number - 1)) }
        let refused = try mia.post(
            "/v1/customers/\(Limits.merged + 1)/merge", #"{"into":\#(Limits.merged),"reason":"One"}"#)
        #expect(refused.status == 422, "\(refused.response.text)")
        #expect(try mia.get("/v1/cases?limit=500")["items"].items.count == Limits.merged + 1)
    }
}
