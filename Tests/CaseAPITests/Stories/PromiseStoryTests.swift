import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// What was promised, given and written.
@Suite("Stories: promises, limits and letters")
struct PromiseStoryTests {
    @Test("a parcel that is late is told of before it is, and when it is late after all, what went wrong")
    func lateParcel() throws {
        let story = try FollowedCase(
            "Where is my parcel?", from: "Ada",
            ["promise": ["what": "Send the parcel", "due_in": "PT40H", "next_step": "We pack it"], "channel": "email"])
        #expect(try story.state("T3") == "not_needed")
        try story.waits(.hours(31))
        // A quarter of the time is left: it is sent now, or she hears that it will be late.
        #expect(try story.now() == ["T2"])
        try story.also(
            "T3",
            [
                "due_at": story.at(.hours(30)), "reason": "None in stock", "next_step": "It comes from the north",
                "customer_notified/channel": "email", "customer_notified/outcome": "message_left",
            ])
        #expect(try story.state("T3") == "done")
        #expect(try story["promises"][1]["slips"].integer == 1)
        try story.waits(.hours(31))
        #expect(try story.now() == ["T3"])
        try story.also("T9", ["text": "I am sorry: we missed the date."])
        try story.does(
            "T3",
            [
                "due_at": story.at(.hours(20)), "reason": "The van broke down", "next_step": "A courier takes it",
                "customer_notified/channel": "phone", "customer_notified/outcome": "reached",
            ])
        #expect(try story["ever_broken"].flag == true)
        try story.waitsForPromise()
        try story.does(
            "T2",
            [
                "evidence": "Told them",
                "next_promise/what": "Ask whether it came", "next_promise/due_at": story.at(.days(1)),
                "next_promise/next_step": "The courier brings it",
            ])
        let last = try story["promises"][3]["id"].integer ?? 0
        try story.posts(
            "/v1/cases/\(story.id)/resolve",
            [
                "summary": "It came", "customer_accepted": true,
                "settle": [["promise_id": .number(Double(last)), "action": "keep"]],
            ])
        #expect(try story.now() == ["T19"])
        try story.does("T19", ["cause": "Stock", "text": "Look before you promise."])
        StoryCover.lateParcel.expect(story)
    }

    @Test("a refund above the limit waits for a manager, and after a no comes a compromise")
    func refundAboveTheLimit() throws {
        let story = try FollowedCase("I want all of it back!", from: "Ben", mood: .upset)
        try story.does("T8", ["text": "That is a lot of money for something that does not work."])
        try story.does("T5", ["text": "I have written down what you want."])
        try story.does("T6", ["text": "What happened?"])
        try story.does("T6", ["text": "It stopped after a month."])
        try story.does("T7", ["text": "It stopped after a month.", "confirmed": true])
        try story.does("T1", ["estimate/from": "P2D", "estimate/to": "P5D"])
        try story.does("T21", ["channel": "phone", "outcome": "reached"])
        try story.does("T14", ["desired_outcome": "All of my money back"])
        try story.does("T14", ["options": ["All of the money back"]])
        try story.happens(.concession, ["what": "All of it", "amount": 50_000, "currency": "USD"])
        // Nobody says yes to him before the manager has.
        #expect(try story.state("T14") == "held")
        #expect(try story.now() == ["T2", "T15"])
        try story.does("T15", ["approved": false, "reason": "He used it for a month."], as: "Mia")
        #expect(try story.now() == ["T15"])
        try story.does(
            "T15", ["channel": "phone", "outcome": "reached", "text": "Not all of it; let us see what we can do."])
        try story.happens(.agreement, ["option": "All of the money back", "accepted": false])
        #expect(try story.item("T14")["title"].text == "Offer a compromise")
        try story.does("T14", ["options": ["Half of it back", "A new one"]])
        try story.does(
            "T14",
            [
                "option": "Half of it back", "accepted": true, "remedy/what": "Half of it back",
                "remedy/due_at": story.at(.hours(40)),
            ])
        #expect(try story["promises"][1]["what"].text == "Half of it back")
        try story.does("T2", ["evidence": "Told them"])
        try story.does(
            "T2",
            ["evidence": "They have it", "resolve/summary": "Half of it paid back", "resolve/customer_accepted": true])
        #expect(try story["status"].text == "resolved")
        StoryCover.refundAboveTheLimit.expect(story)
    }

    @Test("an old letter is answered: it is written down, how long it takes, and afterwards whether all is well")
    func oldLetter() throws {
        let desk = try TestDesk()
        try desk.client.patch("/v1/policies/normal", #"{"follow_up_in":"P3D"}"#)
        let story = try FollowedCase(
            "Dear sirs, the clock that I bought of you stands still.", from: "Mrs. Fox",
            ["channel": "letter", "received_at": .string((desk.clock.now + .hours(-20)).rfc3339)], on: desk)
        #expect(try story.now() == ["T5"])
        try story.does("T5", ["text": "Your letter is here, and kept as you wrote it."])
        try story.does("T6", ["text": "When did it stop?"])
        try story.does("T6", ["text": "At midnight."])
        try story.does("T7", ["text": "Your clock stopped at midnight.", "confirmed": true])
        #expect(try story.item("T1")["title"].text == "Say roughly how long it will take")
        try story.does("T1", ["estimate/from": "P5D", "estimate/to": "P14D"])
        try story.does("T21", ["channel": "letter", "outcome": "message_left"])
        try story.does("T14", ["desired_outcome": "That it goes"])
        #expect(try story.state("T1") == "done")
        // What was promised of her letter is that she hears what happens next.
        try story.waitsForPromise()
        try story.does(
            "T2",
            [
                "evidence": "Told them",
                "next_promise/what": "Write what the clockmaker says", "next_promise/due_at": story.at(.days(2)),
                "next_promise/next_step": "The clockmaker looks at it",
            ])
        #expect(try story.state("T1") == "done")
        try story.does("T14", ["options": ["A repair"]])
        try story.does("T14", ["accepted": true, "remedy/due_at": story.at(.days(5))])
        try story.does("T2", ["evidence": "Told them"])
        try story.does(
            "T2", ["evidence": "They have it", "resolve/summary": "It goes", "resolve/customer_accepted": true])
        // And then whether it still goes.
        #expect(try story.now() == ["T21"])
        try story.does("T21", ["channel": "letter", "outcome": "message_left"])
        try story.waits(.hours(60))
        try story.does("T21", ["evidence": "Her letter of today"])
        #expect(try story.now() == [] && story.tactics(.next) == [])
        StoryCover.oldLetter.expect(story)
    }

    @Test("a threat to somebody's safety goes before everything else, until a supervisor is there")
    func threatToSafety() throws {
        let story = try FollowedCase("I know where you park.", from: "Mr. Ink", mood: .angry)
        try story.happens(.threat, ["threat_kind": "legal", "text": "I will sue."])
        #expect(try story.now() == ["T8", "T16"])
        let safety = try story.happens(.threat, ["threat_kind": "safety", "text": "You will not get home tonight."])
        #expect(try story.now() == ["T16", "T13"], "nothing else is to be done, and nobody says who is to join")
        #expect(try story.item("T16")["entries"].items == [safety["seq"]], "it goes before the older one")
        try story.does("T16", ["verdict": "credible", "reason": "He named the place."])
        // It is real: a supervisor is needed. The older threat waits.
        #expect(try story.item("T16")["title"].text?.contains("supervisor") == true)
        try story.does("T16", ["supervisor": "Sue"])
        try story.does("T16")
        #expect(try story.now() == ["T8", "T16"], "and now the rest")
        try story.does("T16", ["verdict": "unfounded", "reason": "There is nothing to sue for."])
        try story.does("T8", ["text": "You are angry, and we will look at what happened."])
        StoryCover.threatToSafety.expect(story)
    }
}
