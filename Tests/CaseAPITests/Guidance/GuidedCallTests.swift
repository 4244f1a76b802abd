import Complaints
import Testing

@testable import CaseAPI

/// What guidance says is sent, as it says it.
@Suite("The calls of guidance")
struct GuidedCallTests {
    @Test("who does what it says to do now gets an angry caller's case from its opening to its resolution")
    func followed() throws {
        let desk = try TestDesk()
        try desk.openCase(#"{"complaint":"It leaks.","customer":{"name":"Bo"},"mood":"angry","owner":"Kim"}"#)
        var done: [String] = []
        while let item = try now(desk, 1), done.count < 30 {
            done.append(item["tactic"].text ?? "")
            let answer = try send(item["call"], to: desk)
            #expect((200...201).contains(answer.status), "\(done): \(answer.response.text)")
        }
        #expect(done == ["T8", "T10", "T21", "T6", "T6", "T7", "T14", "T14", "T14", "T2", "T2", "T19"])
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
        ("log", #"{"kind":"lesson","cause":"No stock","process":"Orders"}"#),
        ("log", #"{"kind":"mood","mood":"upset"}"#),
        ("log", #"{"kind":"question","text":"When?"}"#),
        ("log", #"{"kind":"fact","text":"In May."}"#),
        ("log", #"{"kind":"restatement","text":"In May it broke.","confirmed":true}"#),
        ("", #"{"desired_outcome":"A new one"}"#),
        ("log", #"{"kind":"option","options":["A new one","A \"repair\" \\ with a\u0001 twist"]}"#),
        ("log", #"{"kind":"agreement","option":"A new one","accepted":false}"#),
        ("log", #"{"kind":"agreement","option":"A new one","accepted":true,"remedy":{"what":"Send","due_in":"P1D"}}"#),
    ]

    @Test("each is taken, in the states of a case in time, shortly before what is due, and too late")
    func taken() throws {
        let desk = try TestDesk()
        try desk.client.patch("/v1/policies/normal", #"{"warn_ahead":"PT2H"}"#)
        let all = Array(0...Self.story.count)
        var sent: Set<String> = []
        for (later, states) in [(ElapsedTime.zero, all), (.hours(47), [0, 8]), (.days(3), [0, 8])] {
            for steps in states {
                let seen = try opened(desk, Self.story.prefix(steps), later)
                for item in try items(desk, seen) where item["call"] != .null {
                    let tactic = item["tactic"].text ?? ""
                    guard sent.insert("\(tactic) \(item["title"].text ?? "")").inserted else { continue }
                    // Each is sent to a case of its own.
                    let id = try opened(desk, Self.story.prefix(steps), later)
                    let same = try items(desk, id).first { $0["tactic"] == item["tactic"] }
                    let answer = try send(same?["call"] ?? .null, to: desk)
                    #expect((200...201).contains(answer.status), "\(tactic) \(steps): \(answer.response.text)")
                }
            }
        }
        let tactics = Set(sent.compactMap { $0.split(separator: " ").first.map(String.init) })
        #expect(tactics == Set(Tactic.allCases.map(\.rawValue)).subtracting(["T1", "T5"]), "these are always done")
        #expect(sent.count >= 24, "\(sent.sorted())")
    }

    private func opened(
        _ desk: TestDesk, _ story: some Sequence<(String, String)>, _ later: ElapsedTime
    ) throws -> Int64 {
        let id =
            try desk.openCase(
                #"{"complaint":"It leaks.","customer":{"name":"Bo"},"mood":"angry","owner":"Kim"}"#)["id"].integer ?? 0
        for (action, body) in story {
            let answer =
                action.isEmpty
                ? try desk.client.patch("/v1/cases/\(id)", body)
                : try desk.client.post("/v1/cases/\(id)/\(action)", body)
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

    /// The first thing that is to be done now.
    private func now(_ desk: TestDesk, _ id: Int64) throws -> JSONValue? {
        try items(desk, id).first { $0["state"].text == "now" }
    }

    private func send(_ call: JSONValue, to desk: TestDesk) throws -> JSONAnswer {
        var body = JSONWriter()
        body.write(call["body"])
        return JSONAnswer(
            try desk.client.send(
                call["method"].text ?? "", call["path"].text ?? "",
                fields: ["Casekeeper-Actor": call["actor"].text ?? "Kim"], body: body.bytes))
    }
}
