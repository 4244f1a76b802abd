import Complaints
import TestSupport
import Testing

@testable import CaseAPI

/// The scenes that the tactics come from.
@Suite("Stories: the scenes that the tactics come from")
struct SceneStoryTests {
    @Test("a guest who loses at the tables all night is spoken to calmly each time")
    func guestAtTheTables() throws {
        let story = try FollowedCase(
            "These tables are rigged!", from: "A guest", mood: .angry, ["channel": "in_person"])
        for round in 1...3 {
            // Whatever he said the time before, he is first of all angry.
            #expect(try story.now() == ["T8"])
            #expect(try story.state("T6") == "held", "nobody asks him what happened while he shouts")
            #expect(try story.state("T14") == "held")
            try story.does("T8", ["text": "To lose all night is hard. I can see that it makes you angry."])
            #expect(try story.now() == ["T10"])
            if round == 1 { try story.also("T9", ["text": "I am sorry that the evening is going like that."]) }
            #expect(try story.state("T9") == "done", "once is enough")
            try story.does("T10", ["mood": "upset"])
            for tactic in ["T12", "T17"] { #expect(try story.state(tactic) == "not_needed", "he attacks nobody") }
            guard round < 3 else { break }
            try story.waits(.hours(2))
            try story.isSeen(.angry, why: "Lost again")
        }
        try story.does("T5", ["text": "I have written down what you say, word for word."])
        try story.does("T6", ["text": "Which table was it?"])
        try story.does("T6", ["text": "The one at the door, since nine."])
        try story.does("T7", ["text": "You lost at the table at the door, and think it is rigged.", "confirmed": true])
        try story.does("T1", ["estimate/from": "P1D", "estimate/to": "P2D"])
        try story.does("T21", ["channel": "in_person", "outcome": "reached"])
        try story.does("T14", ["desired_outcome": "That somebody looks at the table"])
        try story.does("T14", ["options": ["The floor manager checks it", "A taxi home"]])
        try story.does(
            "T14",
            [
                "option": "The floor manager checks it", "accepted": true, "remedy/what": "Check the table with him",
                "remedy/due_at": story.at(.hours(20)),
            ])
        try story.does("T2", ["evidence": "Told them"])
        try story.does(
            "T2",
            [
                "evidence": "They have it", "resolve/summary": "Checked with him: the table is fine.",
                "resolve/customer_accepted": true,
            ])
        // Once it is over: what could be done differently, and somebody to talk to.
        #expect(try story.now() == ["T19"])
        try story.does("T19", ["cause": "Losses", "text": "Walk over before they come to us."])
        try story.also("T18", ["with": "Sue"])
        #expect(try story.now() == [] && story.tactics(.next) == [])
        StoryCover.guestAtTheTables.expect(story)
    }

    @Test("a customer calls the salesperson instead of support, shouts first and explains later")
    func salesperson() throws {
        let story = try FollowedCase(
            "What did you sell me? Nothing works!", from: "Mr. Orr", mood: .angry, ["channel": "phone"], agent: "Sam")
        #expect(try story.now() == ["T8"])
        try story.does("T8", ["text": "You paid for it, and it does not work: no wonder you are angry."])
        #expect(try story.now() == ["T10"], "let him shout")
        try story.does("T10", ["mood": "upset"])
        try story.does("T5", ["text": "I am writing this down, so that you need not tell it again."])
        // He explains without being asked.
        try story.happens(.fact, ["text": "It can't find the network since the update."])
        #expect(try story.state("T6") == "done")
        try story.does("T7", ["text": "Since the update it finds no network.", "confirmed": false])
        #expect(try story.now() == ["T7"], "until he agrees")
        try story.does(
            "T7", ["text": "Since the update it finds no network at home; elsewhere it does.", "confirmed": true])
        try story.does("T1", ["estimate/from": "P1D", "estimate/to": "P3D"])
        // Sam is no technician, and promises for one who is.
        try story.posts(
            "/v1/cases/\(story.id)/promises",
            [
                "kind": "callback", "what": "A technician calls", "due_at": story.at(.hours(30)), "owner": "Kim",
                "next_step": "Kim tries it with your network",
            ])
        #expect(try story.now() == ["T21", "T4"])
        try story.does("T4")
        #expect(try story.item("T4")["state"].text == "done")
        try story.does("T21", ["channel": "phone", "outcome": "reached"])
        #expect(try story.now() == ["T14"])
        try story.does("T14", ["desired_outcome": "It works tonight"])
        // He hears from Sam first, as was promised, and then from Kim.
        #expect(try story.item("T2")["promise_ids"][0].integer == 1)
        #expect(try story.item("T1")["promise_ids"][0].integer == 1)
        StoryCover.salesperson.expect(story)
    }

    @Test("one who would sue over a product for 19 dollars is taken seriously, and not given in to")
    func nineteenDollars() throws {
        let story = try FollowedCase("19 dollars, and it broke on the first day!", from: "Ms. Roe", mood: .upset)
        try story.happens(
            .threat,
            [
                "threat_kind": "legal", "value_at_stake": 1900, "currency": "USD",
                "text": "You will hear from my lawyer!",
            ])
        // Whoever has her on the phone and whoever looks into it have something to do each.
        #expect(try story.now() == ["T8", "T16"])
        // What is given beside the threat waits for a manager, however little it is.
        try story.happens(.concession, ["what": "The price", "amount": 1900, "currency": "USD"])
        #expect(try story.state("T15") == "next")
        try story.does("T8", ["text": "Broken on the first day: that is annoying."])
        try story.does("T16", ["verdict": "unfounded", "reason": "Nobody sues for that; the warranty covers it."])
        #expect(try story.now() == ["T5", "T15"])
        try story.does("T15", ["approved": false, "reason": "The warranty gives her a new one."], as: "Mia")
        try story.does("T15", ["channel": "phone", "outcome": "reached", "text": "No money back, but a new one."])
        try story.does("T5", ["text": "It is all written down."])
        try story.does("T6", ["text": "What broke?"])
        try story.does("T6", ["text": "The handle."])
        try story.does("T7", ["text": "The handle broke on the first day.", "confirmed": true])
        try story.does("T1", ["estimate/from": "P2D", "estimate/to": "P4D"])
        try story.does("T14", ["desired_outcome": "One that holds"])
        try story.does("T14", ["options": ["A new one"]])
        try story.does("T14", ["accepted": true, "remedy/due_at": story.at(.days(2))])
        #expect(try story["promises"][1]["concession"] == .null, "what was refused is not promised")
        try story.does("T2", ["evidence": "Told them"])
        try story.does(
            "T2", ["evidence": "They have it", "resolve/summary": "A new one sent", "resolve/customer_accepted": true])
        try story.does("T19", ["cause": "Handles", "text": "Send a new one before they ask."])
        StoryCover.nineteenDollars.expect(story)
    }

    @Test("one who screams vulgarities into the phone may swear, and is let go only when it gets personal for good")
    func vulgarities() throws {
        let story = try FollowedCase("*** your *** company!", from: "Mr. Zed", mood: .angry, ["channel": "phone"])
        // To swear is no abuse: it is to be vented.
        #expect(try story.now() == ["T8"])
        #expect(try story.state("T12") == "not_needed")
        try story.does("T8", ["text": "I hear how angry you are."])
        try story.does("T10", ["mood": "abusive"])
        // Now it is Kim who is meant.
        #expect(try story.now() == ["T12", "T13"])
        #expect(try story.state("T17") == "held", "first comes what could save it")
        try story.does("T12", ["reason": "Called me names after I asked him not to."])
        #expect(try story.now() == ["T13"], "nobody has to call him back before the time")
        #expect(try Set(story.tactics(.held)).isSuperset(of: ["T6", "T7", "T10", "T14", "T21"]))
        try story.does("T13", ["supervisor": "Sue"])
        try story.does("T13")
        #expect(try story.now() == [])
        // Sue calls when it was said, and he is no better.
        try story.waitsForPromise()
        #expect(try story.now() == ["T2"])
        try story.does("T2", ["evidence": "Called him"], as: "Sue")
        #expect(try story.now() == ["T10"], "see how he is now")
        try story.does("T10", ["mood": "abusive"], as: "Sue")
        #expect(try story.now() == ["T12", "T17"])
        try story.does(
            "T17", ["reason": "Attacks us in person, twice, after a pause and with a supervisor."], as: "Mia")
        #expect(try story["status"].text == "closed")
        #expect(try story["relationship"].text == "end")
        try story.does("T19", ["cause": "Abuse", "text": "Offer the supervisor earlier."])
        try story.also("T18", ["with": "Sue"])
        StoryCover.vulgarities.expect(story)
    }
}
