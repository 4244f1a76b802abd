import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Whoever gives a promise to somebody")
struct GivingTests {
    private static let complaint = #""complaint":"It leaks.","customer":{"name":"Ann"}"#

    private func open(_ desk: TestDesk, _ more: String = "") throws -> JSONAnswer {
        try desk.openCase("{\(more)\(Self.complaint)}")
    }

    /// The codes of the warnings of a part of an answer.
    private func codes(_ value: JSONValue) -> [String] { value["warnings"].items.compactMap { $0["code"].text } }

    @Test("is told that nobody has had that name, and who was likely meant, once")
    func newName() throws {
        let desk = try TestDesk()
        let first = try open(desk, #""owner":"Kimberly","#)
        #expect(codes(first.json) == ["new_name"] && codes(first["promises"][0]).contains("new_name"))
        #expect(!first["warnings"][0]["detail"].text!.contains("mean"), "nobody is near")
        #expect(codes(try open(desk, #""owner":"KIMBERLY","#).json) == [])
        let mistyped = try desk.client.post("/v1/promises/1/reassign", #"{"owner":"Kimberley","reason":"Shift"}"#)
        #expect(mistyped.status == 200)
        let promise = mistyped["promise"]
        #expect(codes(promise) == ["new_name", "waits_for_acceptance"], "\(mistyped.response.text)")
        #expect(promise["warnings"][0]["detail"].text?.contains("Did you mean Kimberly?") == true)
        #expect(promise["load"]["owner"].text == "Kimberley" && promise["load"]["due_that_day"].integer == 1)
        #expect(promise["waits_for_acceptance"].flag == true)
        let next = try desk.client.post("/v1/promises/2/reassign", #"{"owner":"kimberley","reason":"Shift"}"#)
        #expect(codes(next["promise"]) == ["waits_for_acceptance"])
        let stored = try desk.client.get("/v1/cases/1")
        #expect(stored["warnings"] == .null && stored["promises"][0]["warnings"] == .null, "for whoever gave it alone")
    }

    @Test("is told so wherever a name is given: of a promise, a token, a supervisor, whom somebody talked with")
    func everywhere() throws {
        let desk = try TestDesk()
        try desk.client.post("/v1/owners", #"{"name":"Kim"}"#)
        _ = try open(desk, #""owner":"Kim","#)
        let answers: [(String, String, JSONValue)] = try [
            ("/v1/cases/1/promises", #"{"what":"x","due_in":"P1D","owner":"Kima"}"#),
            ("/v1/cases/1/escalate", #"{"supervisor":"Kimb","reason":"x"}"#),
            ("/v1/cases/1/log", #"{"kind":"debrief","with":"Kimc"}"#),
            ("/v1/cases/1/log", #"{"kind":"supervisor_joined","supervisor":"Kimd"}"#),
            ("/v1/cases", #"{"supervisor":"Kime",\#(Self.complaint)}"#),
        ].map { target, body in
            let answer = try desk.client.post(target, body, fields: ["Casekeeper-Actor": "Max"])
            #expect((200...201).contains(answer.status), "\(target) \(body): \(answer.response.text)")
            return (target, body, answer.json)
        }
        for (target, body, json) in answers {
            #expect(codes(json).contains("new_name"), "\(target) \(body) \(json["warnings"])")
            let new = json["warnings"].items.first { $0["code"].text == "new_name" }
            #expect(new?["detail"].text?.contains("Did you mean Kim?") == true, "\(body)")
        }
        // Whoever has acted is somebody.
        let known = try desk.client.post("/v1/cases/1/log", #"{"kind":"debrief","with":"max"}"#)
        #expect(known.status == 201 && known["warnings"] == .null)
        var admin = desk.client
        admin.standing = ["Authorization": try desk.token(.admin).field]
        #expect(
            codes(try admin.post("/v1/tokens", #"{"name":"x","role":"agent","owner":"Kimf"}"#).json) == ["new_name"])
        #expect(codes(try admin.post("/v1/tokens", #"{"name":"y","role":"agent","owner":"Kim"}"#).json) == [])
    }

    @Test("whoever owns nothing any more, and was never named, is new again")
    func forgotten() throws {
        let desk = try TestDesk()
        _ = try open(desk, #""owner":"Lou","#)
        let done = #"{"resolve":{"summary":"x","customer_accepted":true}}"#
        #expect(try desk.client.post("/v1/promises/1/keep", done).status == 200)
        #expect(codes(try open(desk, #""owner":"Lou","#).json) == ["new_name"])
        #expect(codes(try open(desk, #""owner":"Lou","#).json) == [])
        try desk.client.patch("/v1/cases/2", #"{"owner":"Sam"}"#)
        try desk.client.patch("/v1/cases/3", #"{"owner":"Sam"}"#)
        #expect(codes(try open(desk, #""owner":"Lou","#).json) == [], "the promises are still theirs")
    }

    @Test("of a case is told which promises stay with whom, and what came with it")
    func staying() throws {
        let desk = try TestDesk()
        for name in ["Kim", "Lou", "Sam"] { try desk.client.post("/v1/owners", #"{"name":"\#(name)"}"#) }
        _ = try open(desk)
        let first = try desk.client.patch("/v1/cases/1", #"{"owner":"Kim"}"#)
        #expect(codes(first.json) == [] && first["promises"][0]["load"]["owner"].text == "Kim")
        #expect(codes(first["promises"][0]) == ["waits_for_acceptance"])
        for owner in ["Kim", "Lou", "Kim", "Sam"] {
            try desk.client.post("/v1/cases/1/promises", #"{"what":"x","due_in":"P1D","owner":"\#(owner)"}"#)
        }
        let moved = try desk.client.patch("/v1/cases/1", #"{"owner":"sam"}"#)
        let stay = moved["warnings"].items
        #expect(stay.map { $0["code"].text } == ["promises_stay", "promises_stay"], "\(moved.response.text)")
        #expect(stay.map { $0["owner"].text } == ["Kim", "Lou"])
        #expect(
            stay.map { $0["promise_ids"] } == [.array([.integer(1), .integer(2), .integer(4)]), .array([.integer(3)])])
        #expect(moved["promises"].items.allSatisfy { $0["load"] == .null })
        #expect(try desk.client.patch("/v1/cases/1", #"{"subject":"x"}"#)["warnings"] == .null)
        #expect(try desk.client.patch("/v1/cases/1", #"{"owner":"SAM"}"#)["warnings"] == .null, "theirs already")
    }

    /// Every way to give something to somebody, by whoever does it, on a case with promise 1 of Kim's.
    private static let ways: [(String, String, String)] = [
        ("POST", "/v1/cases", #"{"owner":"~",\#(complaint)}"#),
        ("POST", "/v1/cases", #"{\#(complaint),"promise":{"what":"x","due_in":"P1D","owner":"~"}}"#),
        ("PATCH", "/v1/cases/1", #"{"owner":"~"}"#),
        ("POST", "/v1/promises/1/reassign", #"{"owner":"~","reason":"x"}"#),
        ("POST", "/v1/cases/1/promises", #"{"what":"x","due_in":"P1D","owner":"~"}"#),
        ("POST", "/v1/promises/1/keep", #"{"next_promise":{"what":"x","due_in":"P1D","owner":"~"}}"#),
        (
            "POST", "/v1/promises/1/withdraw",
            #"{"reason":"x","customer_agreed":true,"customer_notified":{"channel":"phone","outcome":"reached"},"next_promise":{"kind":"answer","what":"x","due_in":"PT1H","owner":"~"}}"#
        ),
        ("POST", "/v1/promises/1/void", #"{"reason":"x","next_promise":{"what":"x","due_in":"PT1H","owner":"~"}}"#),
        (
            "POST", "/v1/promises/1/keep",
            #"{"resolve":{"summary":"x","customer_accepted":true,"follow_up":{"what":"x","due_in":"P1D","owner":"~"}}}"#
        ),
        ("POST", "/v1/cases/1/cool-off", #"{"reason":"x","callback":{"what":"x","due_in":"P1D","owner":"~"}}"#),
        (
            "POST", "/v1/cases/1/log",
            #"{"kind":"cool_off","reason":"x","callback":{"what":"x","due_in":"P1D","owner":"~"}}"#
        ),
        (
            "POST", "/v1/cases/1/log",
            #"{"kind":"refusal","reason":"x","callback":{"what":"x","due_in":"P1D","owner":"~"}}"#
        ),
        (
            "POST", "/v1/cases/1/log",
            #"{"kind":"agreement","option":"A","accepted":true,"remedy":{"what":"x","due_in":"P1D","owner":"~"}}"#
        ),
        (
            "POST", "/v1/cases/1/log",
            #"{"kind":"lesson","cause":"x","process":"y","review":{"what":"x","due_in":"P1D","owner":"~"}}"#
        ),
        (
            "POST", "/v1/cases/1/resolve",
            #"{"summary":"x","customer_accepted":true,"settle":[{"promise_id":1,"action":"keep"}],"follow_up":{"what":"x","due_in":"P1D","owner":"~"}}"#
        ),
    ]

    private func ready(_ rules: OwnerRules = OwnerRules()) throws -> TestDesk {
        let desk = try TestDesk(owners: rules)
        for name in ["Kim", "Away"] { try desk.client.post("/v1/owners", #"{"name":"\#(name)"}"#) }
        try desk.client.patch("/v1/owners/Away", #"{"active":false}"#)
        _ = try open(
            desk,
            #""owner":"Kim","promise":{"what":"Call","due_in":"P2D","customer_notified":{"channel":"phone","outcome":"attempted"}},"#
        )
        try desk.client.post("/v1/cases/1/log", #"{"kind":"option","options":["A"]}"#)
        return desk
    }

    @Test("gives nothing to who is not known, where the desk wants it so", arguments: ways.indices)
    func unknown(way: Int) throws {
        let (method, target, body) = Self.ways[way]
        let desk = try ready(OwnerRules(mustBeKnown: true))
        let head = try desk.client.get("/v1/log/head")["id"]
        func send(_ name: String) throws -> JSONAnswer {
            JSONAnswer(try desk.client.send(method, target, body: Array(body.replacing("~", with: name).utf8)))
        }
        let refused = try send("Kimm")
        #expect(refused.status == 422 && refused.errors.count == 1, "\(refused.response.text)")
        #expect(refused.errors.first?.hasSuffix("owner unknown_owner") == true, "\(refused.errors)")
        #expect(refused.response.text.contains("Did you mean Kim?"))
        #expect(try desk.client.get("/v1/log/head")["id"] == head, "nothing has changed")
        #expect(try (200...201).contains(send("kim").status), "\(body)")
    }

    @Test(
        "gives nothing to a name that is nobody's, nor to what looks like one, nor with what nobody sees",
        arguments: ways.indices)
    func nobodys(way: Int) throws {
        let (method, target, body) = Self.ways[way]
        let desk = try ready()
        let head = try desk.client.get("/v1/log/head")["id"]
        for name in NobodysName.all + ["рolicy", "Ki\u{200B}m"] where name != Speaker.word {
            let refused = JSONAnswer(
                try desk.client.send(method, target, body: Array(body.replacing("~", with: name).utf8)))
            #expect(refused.status == 422 && refused.errors.count == 1, "\(refused.response.text)")
            #expect(refused.errors.first?.hasSuffix("owner invalid_value") == true, "\(refused.errors)")
        }
        #expect(try desk.client.get("/v1/log/head")["id"] == head, "nothing has changed")
    }

    @Test("gives nothing to who takes on nothing new", arguments: ways.indices)
    func inactive(way: Int) throws {
        let (method, target, body) = Self.ways[way]
        let desk = try ready()
        let refused = JSONAnswer(
            try desk.client.send(method, target, body: Array(body.replacing("~", with: "AWAY").utf8)))
        #expect(
            refused.status == 422 && refused.errors.first?.hasSuffix("owner inactive_owner") == true,
            "\(refused.errors)")
        try desk.client.patch("/v1/owners/Away", #"{"active":true}"#)
        let taken = JSONAnswer(
            try desk.client.send(method, target, body: Array(body.replacing("~", with: "AWAY").utf8)))
        #expect((200...201).contains(taken.status), "\(taken.response.text)")
    }

    @Test("by not saying whose it is leaves it to nobody, where the case's owner takes on nothing new")
    func leftAlone() throws {
        let desk = try ready()
        try desk.client.post("/v1/promises/1/reassign", #"{"owner":"Lou","reason":"x"}"#)
        try desk.client.patch("/v1/owners/Kim", #"{"active":false}"#)
        let further = try desk.client.post("/v1/cases/1/promises", #"{"what":"x","due_in":"P1D"}"#)
        #expect(further["owner"] == .null && codes(further.json).contains("unowned"))
        let refusal = try desk.client.post("/v1/cases/1/log", #"{"kind":"refusal","reason":"x"}"#)
        #expect(refusal["promise"]["owner"] == .null, "the policy's, too")
        let same = try desk.client.patch("/v1/cases/1", #"{"owner":"KIM"}"#)
        #expect(same.status == 200, "what is theirs stays theirs")
        #expect(try desk.client.get("/v1/owners/kim")["open_cases"].integer == 1)
    }

    @Test("and takes on nothing any more has it back no more: it is nobody's, in the queue")
    func declined() throws {
        let desk = try TestDesk()
        for name in ["Kim", "Lou"] { try desk.client.post("/v1/owners", #"{"name":"\#(name)"}"#) }
        _ = try open(desk)
        let (kim, lou) = (["Casekeeper-Actor": "Kim"], ["Casekeeper-Actor": "Lou"])
        try desk.client.post("/v1/promises/1/reassign", #"{"owner":"Lou","reason":"x"}"#, fields: kim)
        try desk.client.patch("/v1/owners/Kim", #"{"active":false}"#)
        let declined = try desk.client.post("/v1/promises/1/decline", #"{"reason":"x"}"#, fields: lou)
        #expect(declined["promise"]["owner"] == .null && declined["promise"]["waits_for_acceptance"].flag == true)
        #expect(try desk.client.get("/v1/queue?kind=acceptance")["total"].integer == 1)
        let refused = try desk.client.post("/v1/promises/1/accept", "{}", fields: kim)
        #expect(refused.status == 422 && refused.errors == ["# inactive_owner"], "\(refused.response.text)")
        #expect(try desk.client.post("/v1/promises/1/accept", "{}", fields: lou)["promise"]["owner"].text == "Lou")
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("posts a case of nobody's with a token of their own while they take on nothing new")
    func away() throws {
        let desk = try TestDesk()
        try desk.client.post("/v1/owners", #"{"name":"Kim"}"#)
        let kim = ["Authorization": try desk.token(.manager, owner: "Kim").field]
        #expect(try desk.client.patch("/v1/owners/me", #"{"active":false}"#, fields: kim).status == 200)
        let made = try desk.client.post("/v1/cases", "{\(Self.complaint)}", fields: kim)
        #expect(made.status == 201 && made["owner"] == .null, "\(made.response.text)")
    }

    @Test("is told of what its owner carries on the day where they are, else on the desk's")
    func load() throws {
        let zone = try #require(ZoneDatabase.system.zone(named: "Pacific/Auckland"))
        let desk = try TestDesk(owners: OwnerRules(timeZone: zone))
        try desk.client.post("/v1/owners", #"{"name":"Kim","time_zone":"America/New_York"}"#)
        try desk.client.post("/v1/owners", #"{"name":"Lou"}"#)
        try desk.client.patch("/v1/policies/normal", #"{"load_cap":1}"#)
        // Sunday 9:00 in UTC: 22:00 in Auckland, 4:00 in New York.
        func load(_ owner: String, _ due: String) throws -> JSONValue {
            let made = try open(desk, #""owner":"\#(owner)","promise":{"what":"x","due_in":"\#(due)"},"#)
            return made["promises"][0]
        }
        let first = try load("Lou", "PT1H")
        #expect(first["load"]["day"].text == "2026-03-01" && first["load"]["time_zone"].text == "Pacific/Auckland")
        let next = try load("Lou", "PT3H")
        #expect(next["load"]["day"].text == "2026-03-02" && next["load"]["due_that_day"].integer == 1)
        #expect(!codes(next).contains("over_cap"), "another day in Auckland")
        #expect(codes(try load("Lou", "PT20H")).contains("over_cap"), "the same day there")
        _ = try load("Kim", "PT1H")
        let late = try load("Kim", "PT19H")
        #expect(late["load"]["day"].text == "2026-03-01" && late["load"]["due_that_day"].integer == 2)
        #expect(codes(late).contains("over_cap"))
        #expect(try load("Kim", "PT21H")["load"]["day"].text == "2026-03-02")
    }
}
