import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// The people at both ends of the line.
@Suite("Stories: the people at both ends")
struct PeopleStoryTests {
    @Test("after three hot calls in a row the next one is for somebody else, and the day is talked over")
    func thirdHotCall() throws {
        let desk = try TestDesk()
        for name in ["Mr. One", "Mr. Two"] { _ = try FollowedCase("Again!", from: name, mood: .angry, on: desk) }
        let story = try FollowedCase("Nobody helps me!", from: "Mr. Three", mood: .angry, on: desk)
        #expect(try story.item("T20")["why"].text?.contains("it is not personal") == true)
        try story.also("T20", ["owner": "Lee"])
        #expect(try story["owner"].text == "Lee")
        #expect(try story.state("T20") == "not_needed", "Lee had none")
        try story.also("T18", ["with": "Sue"])
        story.agent = "Lee"
        try story.does("T8", ["text": "I see that you have been waiting."])
        StoryCover.thirdHotCall.expect(story)
    }

    @Test("who has more to say is listened to again, and gets an apology although they are calm by now")
    func thereIsMoreToIt() throws {
        let story = try FollowedCase("It leaks.", from: "Cleo", mood: .upset)
        try story.does("T8", ["text": "A wet kitchen is no fun."])
        try story.isSeen(.calm, why: "Could tell it all")
        #expect(try story.state("T8") == "not_needed")
        try story.also("T9", ["text": "I am sorry for the wet kitchen."])
        try story.does("T5", ["text": "It is written down."])
        try story.does("T6", ["text": "Where does it leak?"])
        try story.does("T6", ["text": "At the lid."])
        try story.does("T7", ["text": "It leaks at the lid.", "confirmed": true])
        #expect(try story.state("T7") == "done")
        try story.happens(.statement, ["text": "And the last one did, too."])
        #expect(try story.now() == ["T7"])
        let why = try story.item("T7")["why"].text
        #expect(why?.contains("has said more since") == true)
        try story.does("T7", ["text": "This one and the one before leak at the lid.", "confirmed": true])
        #expect(try story.state("T7") == "done")
        StoryCover.thereIsMoreToIt.expect(story)
    }

    @Test("a talk that goes nowhere rests until a time that is promised, and nobody calls before")
    func talkThatGoesNowhere() throws {
        let story = try FollowedCase(
            "I will not listen to you!", from: "Dan", mood: .angry, ["channel": "phone"])
        #expect(try story.state("T13") == "next", "a supervisor may be offered at any time")
        try story.does("T8", ["text": "I can see that you have had enough."])
        try story.does("T10", ["mood": "angry"])
        #expect(try story.now() == ["T11"], "acknowledged, and as angry as before")
        try story.does(
            "T11",
            [
                "reason": "No word gets through today.", "callback/what": "Call again",
                "callback/due_at": story.at(.hours(60)),
            ])
        #expect(try story.now() == [])
        // What was promised at first falls due meanwhile, and sends nobody to him.
        try story.waits(.hours(40))
        #expect(try story.now() == [])
        #expect(try story.state("T3") == "held")
        try story.waits(.hours(7))
        #expect(try story.now() == ["T2"], "the callback alone")
        #expect(try story.item("T2")["promise_ids"][0].integer == 2)
        try story.does("T2", ["evidence": "Told them"])
        #expect(try story.now() == ["T10"])
        try story.does("T10", ["mood": "calm"])
        #expect(try story.now() == ["T2"], "and now what was promised at first")
        #expect(try story.item("T2")["promise_ids"][0].integer == 1)
        StoryCover.talkThatGoesNowhere.expect(story)
    }

    @Test("a customer who was let go comes back, and a manager decides before they are told how long it takes")
    func backAgain() throws {
        let desk = try TestDesk()
        let before = try FollowedCase("***!", from: "Eve", mood: .abusive, on: desk)
        let (promise, customer) = (try before["promises"][0]["id"].integer, try before["customer"]["id"].integer)
        try before.posts(
            "/v1/cases/\(before.id)/relationship",
            [
                "decision": "end", "reason": "Attacks us in person.",
                "settle": [["promise_id": .number(Double(promise ?? 0)), "action": "keep"]],
            ], as: "Mia")
        let story = try FollowedCase(
            "The new one broke, too. I am sorry for last time.", from: ["id": .number(Double(customer ?? 0))], on: desk)
        #expect(try story.now() == ["T5", "T17"])
        try story.does("T17", ["decision": "keep", "reason": "She apologised, and it broke."], as: "Mia")
        #expect(try story.state("T17") == "done")
        try story.does("T5", ["text": "It is written down."])
        try story.happens(.fact, ["text": "It broke at the same place."])
        try story.does("T7", ["text": "It broke at the same place again.", "confirmed": true])
        try story.does("T1", ["estimate/from": "P1D", "estimate/to": "P2D"])
        #expect(try story["estimate"]["to"].text == "P2D")
        StoryCover.backAgain.expect(story)
    }
}
