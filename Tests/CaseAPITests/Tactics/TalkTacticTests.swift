import Complaints
import TestSupport
import Testing

@testable import CaseAPI

@Suite("Tactics: the talk")
struct TalkTacticTests {
    @Test("T6: questions and facts are written down, each with who said it")
    func t6() throws {
        let story = try Story()
        #expect(try story.write("question", #""text":"Since when?""#, as: "Kim")["said_by"].text == "Kim")
        #expect(try story.write("fact", #""text":"Since May""#)["said_by"].text == "customer")
        #expect(try story.write("fact", #""text":"The lid","said_by":"repair shop""#)["said_by"].text == "repair shop")
        #expect(try story.write("fact").errors == ["#/text required"])
        #expect(try story.log().suffix(3) == ["question", "fact", "fact"])
    }

    @Test("T7: the complaint is said back until the customer agrees that it is right")
    func t7() throws {
        let story = try Story()
        #expect(try story.write("restatement", #""text":"It drips""#).errors == ["#/confirmed required"])
        #expect(try story.write("restatement", #""text":"It drips","confirmed":false"#)["confirmed"].flag == false)
        #expect(try story.write("restatement", #""text":"It leaks","confirmed":true"#)["confirmed"].flag == true)
    }

    @Test("T8: that feelings were seen, and support was shown, is written down")
    func t8() throws {
        let story = try Story(#""mood":"upset","#)
        #expect(try story.write("acknowledgement", #""text":"That is annoying.""#).status == 201)
        #expect(try story.write("support", #""text":"I stay with it.""#).status == 201)
        #expect(try story.log().suffix(2) == ["acknowledgement", "support"])
    }

    @Test("T9: an apology is written down, however often it comes")
    func t9() throws {
        let story = try Story()
        for _ in 1...3 { #expect(try story.write("apology", #""text":"I am sorry.""#).status == 201) }
        #expect(try story.log().count { $0 == "apology" } == 3)
    }

    @Test("T10: the mood is observed over time, and the case shows the latest and where it goes")
    func t10() throws {
        let story = try Story(#""mood":"upset","#)
        #expect(try story.now()["mood_trend"] == .null, "seen once")
        #expect(try story.write("mood", #""mood":"angry","why":"Nobody called""#)["why"].text == "Nobody called")
        #expect(try story.now()["mood"].text == "angry" && story.now()["mood_trend"].text == "rising")
        try story.write("mood", #""mood":"angry""#)
        #expect(try story.now()["mood_trend"].text == "steady")
        try story.client.patch(story.path, #"{"mood":"calm"}"#)
        #expect(try story.now()["mood_trend"].text == "falling")
        #expect(try story.log().filter { $0 == "mood" }.count == 4, "every observation is an entry")
        #expect(try story.write("mood", #""mood":"furious""#).errors == ["#/mood invalid_value"])
    }

    @Test(
        "T10: the mood that a new case is taken for was not observed, so the first that was has no trend",
        arguments: ["log", "edit"], ["calm", "abusive"])
    func t10AtFirst(_ way: String, _ first: String) throws {
        let story = try Story()
        try story.observe(first, by: way)
        for trend in try story.trends() { #expect(trend == .null, "seen once, or not at all") }
        if way == "log" || first != "calm" {
            try story.observe("upset", by: way)
            for trend in try story.trends() { #expect(trend.text == (first == "calm" ? "rising" : "falling")) }
        }
    }

    @Test("T11: one call puts the talk off, and promises when it goes on", arguments: ["cool-off", "log"])
    func t11(_ route: String) throws {
        let story = try Story()
        let body = #""reason":"He shouts","callback":{"what":"Call again","due_in":"P1D"}"#
        let answer = try story.client.post(
            "\(story.path)/\(route)", route == "log" ? #"{"kind":"cool_off",\#(body)}"# : "{\(body)}")
        #expect(answer.status == 201)
        let promise = route == "log" ? answer["promise"] : answer.json
        #expect(promise["kind"].text == "callback" && promise["warnings"].items.count == 1)
        #expect(try story.log() == ["case_opened", "promise_made", "cool_off", "promise_made"])
        #expect(try story.client.get("\(story.path)/log/3")["promise_id"] == promise["id"])
        let without = try story.client.post("\(story.path)/cool-off", #"{"reason":"He shouts"}"#)
        #expect(without.errors == ["#/callback required"])
    }

    @Test("T12: any agent may refuse to go on now, and somebody gets back to the customer by a time")
    func t12() throws {
        let story = try Story(#""owner":"Kim","severity":"high","#)
        let agent = try story.desk.token(.agent, name: "Lou").field
        var lou = story.client
        lou.standing = ["Authorization": agent]
        let path = "\(story.path)/log"
        let refusal = try lou.post(path, #"{"kind":"refusal","reason":"He threatened me"}"#)
        #expect(refusal.status == 201 && refusal["promise"]["kind"].text == "callback")
        #expect(refusal["promise"]["made_by"].text == "policy" && refusal["promise"]["owner"].text == "Kim")
        let callback = #""callback":{"what":"Sue calls","due_in":"PT2H","owner":"Sue"}"#
        let second = try lou.post(path, #"{"kind":"refusal","reason":"Again",\#(callback)}"#)
        #expect(second["promise"]["owner"].text == "Sue" && second["promise"]["made_by"].text == "Lou")
        #expect(try lou.post(path, #"{"kind":"refusal"}"#).errors == ["#/reason required"])
    }

    @Test("T13: a supervisor is asked to join, and joins")
    func t13() throws {
        let story = try Story()
        let asked = try story.client.post("\(story.path)/escalate", #"{"supervisor":"Sue","reason":"He asks for one"}"#)
        #expect(asked["escalated"].flag == true && asked["supervisor"].text == "Sue")
        try story.client.post("\(story.path)/escalate", #"{"supervisor":"Sam","reason":"Sue is away"}"#)
        #expect(try story.now()["supervisor"].text == "Sam")
        #expect(try story.write("supervisor_joined")["supervisor"].text == "Sam")
        #expect(try story.now()["escalated"].flag == false)
    }

    @Test("T13: by itself when a second promise of a case is broken, and again after the next one, once for each")
    func t13Broken() throws {
        let desk = try TestDesk()
        let story = try Story(on: desk)
        try story.client.patch("/v1/policies/normal", #"{"supervisor":"Sue"}"#)
        let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
        let renewal = #"{"due_in":"P1D","reason":"No stock","next_step":"We call",\#(told)}"#
        desk.clock.advance(by: .days(3))
        try story.client.post("/v1/promises/1/recover", renewal)
        #expect(try story.now()["escalated"].flag == false, "one is not enough")
        desk.clock.advance(by: .days(2))
        // What falls due is said by the service itself; on a clock that stands still, with the changes of others.
        let other = try Story(on: desk, customer: "C-2")
        #expect(
            try eventually {
                try other.write("note", #""text":"Nothing new""#)
                return try story.now()["escalated"].flag == true
            })
        #expect(try story.now()["supervisor"].text == "Sue")
        let entry = try #require(
            try story.client.get("\(story.path)/log")["items"].items.first { $0["kind"].text == "escalated" })
        #expect(entry["automatic"].flag == true && entry["actor"].text == "policy")
        let third = try #require(try story.client.post("/v1/promises/2/recover", renewal)["id"].integer)
        try story.write("supervisor_joined")
        try story.write("note", #""text":"Sue has it""#)
        #expect(try story.now()["escalated"].flag == false, "the same ones do not call again")
        desk.clock.advance(by: .days(2))
        try story.client.post("/v1/promises/\(third)/recover", renewal)
        #expect(try story.now()["escalated"].flag == true, "a third one does")
        #expect(try story.log().count { $0 == "escalated" } == 2)
    }

    @Test("T13: by itself when the mood comes to what the policy of the severity says")
    func t13Mood() throws {
        let abusive = try Story(#""mood":"abusive","#)
        #expect(try abusive.now()["escalated"].flag == true, "from the first word on")
        let desk = abusive.desk
        let angry = try Story(#""mood":"angry","#, on: desk, customer: "C-2")
        #expect(try angry.now()["escalated"].flag == false)
        let critical = try Story(#""severity":"critical","#, on: desk, customer: "C-3")
        try critical.write("mood", #""mood":"angry""#)
        #expect(try critical.now()["escalated"].flag == true)
        try critical.write("supervisor_joined", #""supervisor":"Sue""#)
        try critical.write("mood", #""mood":"abusive""#)
        #expect(try critical.now()["escalated"].flag == false, "Sue is there")
        try desk.client.patch("/v1/policies/low", #"{"escalate_mood":null}"#)
        let low = try Story(#""severity":"low","mood":"abusive","#, on: desk, customer: "C-4")
        #expect(try low.now()["escalated"].flag == false)
    }
}

extension Story {
    /// Says how the customer is, in one of the two ways to.
    fileprivate func observe(_ mood: String, by way: String) throws {
        if way == "log" {
            try write("mood", #""mood":"\#(mood)""#)
        } else {
            try client.patch(path, #"{"mood":"\#(mood)"}"#)
        }
    }

    /// Where the mood goes, by the case and by what is to be done about it.
    fileprivate func trends() throws -> [JSONValue] {
        [try now()["mood_trend"], try client.get("\(path)/guidance")["mood_trend"]]
    }
}
