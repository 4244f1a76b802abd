import CaseStore
import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("A typo never looks like an empty answer")
struct KnownNamesTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    init() throws {
        desk = try TestDesk()
        for name in ["Kim", "Jürgen"] { try client.post("/v1/owners", #"{"name":"\#(name)"}"#) }
        try desk.openCase(
            #"{"complaint":"It is a vpi, and red.","customer":{"name":"Ann"},"owner":"Kim","team":"North","category":"Kettles","tags":["VIP","red, green"]}"#
        )
        try desk.openCase(#"{"complaint":"x","customer":{"name":"Bo"},"tags":["large print","Straße"]}"#)
    }

    /// What is wrong with a filter; nil where it is taken.
    private func advice(_ target: String) throws -> String? {
        let answer = try client.get(target)
        guard answer.status != 200 else { return nil }
        #expect(answer.status == 400 && answer.code == "unknown_value", "\(answer.response.text)")
        return answer["errors"][0]["detail"].text
    }

    @Test("of a tag that no case ever had, with the one that was meant", arguments: ["cases", "promises"])
    func tags(path: String) throws {
        func advice(_ query: String) throws -> String? { try self.advice("/v1/\(path)?\(query)") }
        #expect(
            try advice("tag=vpi")
                == #"No case has, or had, the tag "vpi". Did you mean VIP? allow_unknown=true accepts it."#)
        #expect(try advice("tag=red") != nil, "a word of it is none")
        #expect(try advice("tag=print") != nil && advice("tag=strase")?.contains("Did you mean Straße?") == true)
        #expect(try advice("tag=vip,vpi")?.contains(#"tag "vpi""#) == true)
        for known in ["tag=vip", "tag=LARGE++Print", "tag=strasse", "tag=red,+green", "tag=vip,large+print"] {
            #expect(try advice(known) == nil, "\(known)")
        }
        #expect(try advice("tag=vpi&allow_unknown=true") == nil)
        #expect(try client.get("/v1/\(path)?tag=vip,").errors == ["tag invalid_parameter"])
        // A comma may be one of a tag's own.
        let key = path == "cases" ? "id" : "case_id"
        func ids(_ query: String) throws -> Set<Int64> {
            Set(try client.get("/v1/\(path)?\(query)")["items"].items.compactMap { $0[key].integer })
        }
        #expect(try ids("tag=red,+green") == [1] && ids("tag=VIP,large+print") == [1, 2])
    }

    @Test("of a tag tells that it was there once, whenever that is asked")
    func formerTags() throws {
        let before = desk.clock.tick().rfc3339
        try client.patch("/v1/cases/1", #"{"tags":["late"]}"#)
        let after = desk.clock.tick().rfc3339
        #expect(try client.get("/v1/cases?tag=vip")["total"].integer == 0)
        #expect(try client.get("/v1/cases?tag=vip&as_of=\(before)")["total"].integer == 1)
        #expect(try client.get("/v1/cases?tag=late&as_of=\(before)")["total"].integer == 0)
        #expect(try client.get("/v1/cases?tag=late&as_of=\(after)")["total"].integer == 1)
        #expect(try advice("/v1/cases?tag=latte&as_of=\(before)") != nil)
        _ = try client.post("/v1/promises/1/keep", #"{"resolve":{"summary":"x","customer_accepted":true}}"#)
        #expect(try client.post("/v1/customers/1/erase", #"{"reason":"x"}"#).status == 200)
        #expect(try advice("/v1/cases?tag=late") != nil && advice("/v1/cases?tag=vip") != nil)
    }

    @Test(
        "of a name, with the one that was meant",
        arguments: [
            ("/v1/promises?owner=Kmi", "Kim"), ("/v1/cases?owner=jurgen", "Jürgen"),
            ("/v1/queue?owner=jurgen", "Jürgen"),
            ("/v1/promises?accountable=Kimm", "Kim"), ("/v1/cases?team=Noth", "North"),
            ("/v1/promises?category=kettle", "Kettles"), ("/v1/events?actor=locl", "local"),
            ("/v1/cases?owner=Someone+Else", nil),
        ])
    func names(target: String, meant: String?) throws {
        let advice = try #require(try advice(target))
        if let meant {
            #expect(advice.contains("Did you mean \(meant)?"), "\(advice)")
        } else {
            #expect(!advice.contains("Did you mean"))
        }
        #expect(try self.advice("\(target)&allow_unknown=true") == nil)
    }

    @Test(
        "of a name that was a mistake, once all is taken back that was given to it; and of nobody who has anything still"
    )
    func takenBack() throws {
        func give(_ owner: String) throws {
            try client.post("/v1/promises/1/reassign", #"{"owner":"\#(owner)","reason":"x"}"#)
            try client.patch("/v1/cases/1", #"{"owner":"\#(owner)"}"#)
        }
        try give("jurgen")
        #expect(try advice("/v1/promises?owner=jurgen") == nil && advice("/v1/cases?owner=jurgen") == nil)
        let then = desk.clock.tick().rfc3339
        try give("Jürgen")
        for path in ["promises", "cases", "queue"] {
            let advice = try #require(try advice("/v1/\(path)?owner=jurgen"))
            #expect(advice.contains("Did you mean Jürgen?"), "\(advice)")
            #expect(try self.advice("/v1/\(path)?owner=jurgen&as_of=\(then)") == nil)
        }
        #expect(try client.get("/v1/promises?owner=jurgen&as_of=\(then)")["total"].integer == 1)
        // What is settled, in whatever way, is theirs still.
        for (index, end) in ["keep", "withdraw", "void"].enumerated() {
            let name = ["Ada", "Bea", "Cy"][index]
            let made = try desk.openCase(
                #"{"complaint":"x","customer":{"name":"Ed"},"promise":{"what":"Call","due_in":"PT1H","owner":"\#(name)"}}"#
            )
            let id = made["promises"].items.first { $0["what"].text == "Call" }?["id"].integer ?? 0
            let next = #""resolve":{"summary":"x","customer_accepted":true}"#
            let bodies = [
                "keep": "{\(next)}",
                "withdraw": #"{"reason":"x","customer_agreed":false,"cause":"impossible",\#(next)}"#,
                "void": #"{"reason":"x","customer_notified":{"channel":"phone","outcome":"reached"},\#(next)}"#,
            ]
            let settled = try client.post("/v1/promises/\(id)/\(end)", bodies[end] ?? "")
            #expect(settled.status == 200, "\(settled.response.text)")
            #expect(try advice("/v1/promises?owner=\(name)&state=overdue") == nil, "\(name)")
        }
    }
}
