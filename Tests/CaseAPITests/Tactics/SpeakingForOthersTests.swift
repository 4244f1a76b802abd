import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("Nobody speaks for another, or decides about themselves")
struct SpeakingForOthersTests {
    private let story: Story
    private let clients: [String: TestClient]

    /// A desk with an agent and two managers, each with a token of their own.
    init() throws {
        let story = try Story(#""owner":"Kim","mood":"angry","#)
        self.story = story
        clients = try story.clients()
    }

    private func write(_ kind: String, _ fields: String, as name: String) throws -> JSONAnswer {
        let client = try #require(clients[name])
        return try client.post(
            "\(story.path)/log", #"{"kind":"\#(kind)"\#(fields.isEmpty ? "" : ",")\#(fields)}"#)
    }

    private func post(_ path: String, _ body: String, as name: String) throws -> JSONAnswer {
        try #require(clients[name]).post(path, body)
    }

    @Test("a threat is assessed in one's own name")
    func assessing() throws {
        let seq = try #require(try write("threat", #""threat_kind":"legal""#, as: "Kim")["seq"].integer)
        let verdict = #""of":\#(seq),"verdict":"unfounded","reason":"No contract""#
        let forged = try write("threat_assessment", verdict + #","by":"Lou""#, as: "Kim")
        #expect(forged.status == 403 && forged.code == "forbidden")
        let invalid = try write("threat_assessment", #""of":9999,"verdict":"x","by":"Lou""#, as: "Kim")
        #expect(invalid.status == 403, "the person comes before the fields")
        let own = try write("threat_assessment", verdict + #","by":"LOU""#, as: "Lou")
        #expect(own.status == 201 && own["by_oneself"] == nil)
        let same = try write("threat_assessment", verdict, as: "Kim")
        #expect(same["by"].text == "Kim" && same["by_oneself"].flag == true, "who wrote it down is told apart")
    }

    @Test("a concession is decided in one's own name, and by another manager than who made it")
    func deciding() throws {
        let gift = #""what":"Money","amount":999999,"currency":"USD""#
        let seq = try #require(try write("concession", gift, as: "Mia")["seq"].integer)
        let yes = #""of":\#(seq),"approved":true,"reason":"It was our fault""#
        #expect(try write("concession_decision", yes, as: "Mia").status == 403)
        #expect(try write("concession_decision", yes + #","by":"Max""#, as: "Mia").status == 403)
        #expect(try write("concession_decision", yes, as: "Kim").status == 403, "an agent's role is not enough")
        let decided = try write("concession_decision", yes, as: "Max")
        #expect(decided.status == 201 && decided["by"].text == "Max" && decided["by_oneself"] == nil)
    }

    @Test("nor is one that was made under another name with one's own token")
    func otherNameBefore() throws {
        var mia = try #require(clients["Mia"])
        mia.standing["Casekeeper-Actor"] = "Somebody Else"
        let seq = try #require(
            try mia.post(
                "\(story.path)/log", #"{"kind":"concession","what":"Money","amount":999999,"currency":"USD"}"#)["seq"]
                .integer)
        let yes = #""of":\#(seq),"approved":true,"reason":"Fine""#
        #expect(try write("concession_decision", yes, as: "Mia").status == 403)
        #expect(try write("concession_decision", yes, as: "Max").status == 201)
    }

    @Test("what a manager waits for beside an unfounded threat is not to be had by an agent's other verdict")
    func otherVerdict() throws {
        let seq = try #require(try write("threat", #""threat_kind":"legal""#, as: "Kim")["seq"].integer)
        func assess(_ verdict: String, as name: String) throws -> Int {
            try write("threat_assessment", #""of":\#(seq),"verdict":"\#(verdict)","reason":"x""#, as: name).status
        }
        #expect(try assess("unfounded", as: "Max") == 201)
        for verdict in ["unknown", "credible"] { #expect(try assess(verdict, as: "Lou") == 403) }
        #expect(try assess("unfounded", as: "Lou") == 201)
        let gift = try write("concession", #""what":"Money","amount":1,"currency":"USD""#, as: "Kim")
        #expect(gift["state"].text == "pending" && gift["under_threat"].text == "unfounded")
        #expect(try assess("unknown", as: "Max") == 201)
    }

    @Test("no policy asks somebody to supervise what they handle: nobody is named, or whom the case has")
    func policysSupervisor() throws {
        let policy = #"{"supervisor":"KIM","escalate_mood":"abusive"}"#
        try #expect(#require(clients["Max"]).patch("/v1/policies/normal", policy).status == 200)
        #expect(try write("mood", #""mood":"abusive""#, as: "Kim").status == 201)
        let file = try #require(clients["Kim"]).get(story.path)
        #expect(file["escalated"].flag == true && file["supervisor"] == .null, "\(file.response.text)")
    }

    @Test("a concession of one's own is not approved under another name with one's own token")
    func otherName() throws {
        let gift = #""what":"Money","amount":999999,"currency":"USD""#
        let seq = try #require(try write("concession", gift, as: "Mia")["seq"].integer)
        var mia = try #require(clients["Mia"])
        mia.standing["Casekeeper-Actor"] = "Somebody Else"
        let decided = try mia.post(
            "\(story.path)/log", #"{"kind":"concession_decision","of":\#(seq),"approved":true,"reason":"Fine"}"#)
        #expect(decided.status == 403)
    }

    @Test("that a supervisor joined is for them to say, or for a manager; and nobody supervises themselves")
    func joining() throws {
        let own = try post("\(story.path)/escalate", #"{"supervisor":"kim","reason":"I can do it"}"#, as: "Kim")
        #expect(own.errors == ["#/supervisor invalid_value"])
        #expect(try post("\(story.path)/escalate", #"{"supervisor":"Lou","reason":"Heat"}"#, as: "Kim").status == 200)
        #expect(try write("supervisor_joined", "", as: "Kim").status == 403)
        #expect(try write("supervisor_joined", #""supervisor":"Kim""#, as: "Max").status == 403, "the owner")
        #expect(try write("supervisor_joined", #""supervisor":"Max""#, as: "Lou").status == 403, "in another's name")
        #expect(try write("supervisor_joined", "", as: "Lou")["supervisor"].text == "Lou")
        #expect(try write("supervisor_joined", #""supervisor":"Mia""#, as: "Mia").status == 201)
        try #expect(#require(clients["Max"]).patch(story.path, #"{"owner":"Max"}"#).status == 200)
        #expect(try write("supervisor_joined", "", as: "Max").status == 403, "a manager's own case, too")
    }

    @Test("nobody talks a hard case over with themselves, and a name is a name")
    func debriefing() throws {
        #expect(try write("debrief", #""with":"kim""#, as: "Kim").status == 403)
        #expect(try write("debrief", #""with":"Lou""#, as: "Kim").status == 201)
        let sentence = String(repeating: "He was so rude to me. ", count: 4)
        #expect(try write("debrief", #""with":"\#(sentence)""#, as: "Kim").errors == ["#/with too_long"])
        #expect(try write("debrief", #""with":"Lou\nHe was rude""#, as: "Kim").errors == ["#/with invalid_value"])
        #expect(
            try post("\(story.path)/escalate", #"{"supervisor":"\#(sentence)","reason":"x"}"#, as: "Kim").errors == [
                "#/supervisor too_long"
            ])
        try #expect(
            #require(clients["Kim"]).patch(story.path, #"{"supervisor":"\#(sentence)"}"#).errors == [
                "#/supervisor too_long"
            ])
    }

    @Test("a promise is accepted by its owner alone, with a token of their own or as Casekeeper-Actor")
    func accepting() throws {
        let made = try post(
            "\(story.path)/promises", #"{"what":"Call","due_in":"P1D","owner":"Lou"}"#, as: "Kim")
        let path = "/v1/promises/\(try #require(made["id"].integer))"
        #expect(try post("\(path)/accept", "{}", as: "Max").code == "not_the_owner")
        #expect(try post("\(path)/accept", "{}", as: "Lou")["promise"]["accountable"].text == "Lou")
    }

    @Test("a relationship is ended by a manager who does not handle the case")
    func ending() throws {
        try #expect(#require(clients["Max"]).patch(story.path, #"{"owner":"Mia"}"#).status == 200)
        let end = #"{"decision":"end","reason":"Threats","settle":[{"promise_id":1,"action":"keep"}]}"#
        let own = try post("\(story.path)/relationship", end, as: "Mia")
        #expect(own.status == 403 && own.code == "forbidden")
        #expect(
            try post("\(story.path)/relationship", #"{"decision":"keep","reason":"Fine"}"#, as: "Mia").status == 200)
        #expect(try post("\(story.path)/relationship", end, as: "Max")["status"].text == "closed")
    }

    @Test("in a desk of one it is done by oneself, and marked", arguments: [true, false])
    func deskOfOne(_ hasToken: Bool) throws {
        var story = try Story(#""owner":"Sole","mood":"abusive","#)
        if hasToken {
            _ = try story.desk.token(.agent, name: "Help")
            let (id, field) = try story.desk.token(.manager, name: "Gone")
            var client = story.desk.client
            client.standing = ["Authorization": try story.desk.token(.admin, name: "Sole").field]
            #expect(try client.post("/v1/tokens/\(id)/revoke", "{}").status == 200)
            _ = field
            story = try Story(#""owner":"Sole","mood":"abusive","#, with: client, on: story.desk)
        }
        let me = hasToken ? "" : "Sole"
        let gift = try story.write("concession", #""what":"Money","amount":999999,"currency":"USD""#, as: me)
        let yes = #""of":\#(gift["seq"].integer ?? 0),"approved":true,"reason":"Fine""#
        #expect(try story.write("concession_decision", yes, as: me)["by_oneself"].flag == true)
        #expect(try story.write("supervisor_joined", #""supervisor":"Sole""#, as: me)["by_oneself"].flag == true)
        #expect(try story.write("debrief", #""with":"Sole""#, as: me)["by_oneself"].flag == true)
        let id = try #require(try story.now()["promises"][0]["id"].integer)
        let settle = #"[{"promise_id":\#(id),"action":"keep"}]"#
        let ended = try story.client.post(
            "\(story.path)/relationship", #"{"decision":"end","reason":"Threats","settle":\#(settle)}"#,
            fields: ["Casekeeper-Actor": me])
        #expect(ended["status"].text == "closed")
        let entry = try story.client.get("\(story.path)/log?limit=500")["items"].items.first {
            $0["kind"].text == "relationship"
        }
        #expect(entry?["by_oneself"].flag == true)
        #expect(try story.desk.store.makeReader().verify().findings == [])
    }
}
