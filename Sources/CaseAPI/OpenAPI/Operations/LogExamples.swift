/// An entry of each kind that a client writes, for a desk where case 1 has a threat in entry 3, a concession that waits in
/// entry 4, an option in entry 5 and a referral in entry 9.
enum LogExamples {
    static let all: [APIOperation.Example] = talk + agreements + limits + learning + elsewhere

    private static let talk: [APIOperation.Example] = [
        APIOperation.Example("note", "For the desk itself", ["kind": "note", "text": "Bought in March."]),
        APIOperation.Example(
            "statement", "What the customer said since",
            ["kind": "statement", "text": "I was promised a call on Monday."]),
        APIOperation.Example(
            "question", "What was asked", ["kind": "question", "text": "When did it first leak?", "said_by": "Kim"]),
        APIOperation.Example(
            "fact", "What came out", ["kind": "fact", "text": "It leaks at the lid.", "said_by": "repair shop"]),
        APIOperation.Example(
            "mood", "How the customer is", ["kind": "mood", "mood": "angry", "why": "Nobody called"]),
        APIOperation.Example(
            "acknowledgement", "That their feelings were seen",
            ["kind": "acknowledgement", "text": "I can see why that makes you angry."]),
        APIOperation.Example(
            "support", "That you stand by them", ["kind": "support", "text": "I will stay with it until it works."]),
        APIOperation.Example("apology", "Once", ["kind": "apology", "text": "I am sorry that nobody called."]),
        APIOperation.Example(
            "restatement", "Said back, until they agree",
            ["kind": "restatement", "text": "The new kettle leaks too, and nobody called.", "confirmed": true]),
        APIOperation.Example(
            "told", "The customer knows what was promised",
            ["kind": "customer_notified", "channel": "email", "outcome": "message_left", "promise_id": 1]),
    ]

    private static let agreements: [APIOperation.Example] = [
        APIOperation.Example(
            "option", "What you offer", ["kind": "option", "options": ["A new kettle", "The money back"]]),
        APIOperation.Example(
            "agreement", "What they chose, and what is promised with it",
            [
                "kind": "agreement", "option": "A new kettle", "accepted": true,
                "remedy": ["what": "Send a new kettle", "due_in": "P3D", "owner": "Kim", "concession": 4],
            ]),
        APIOperation.Example(
            "disagreement", "What they did not want",
            ["kind": "agreement", "option": "A new kettle", "accepted": false]),
        APIOperation.Example(
            "concession", "What you give away",
            ["kind": "concession", "what": "A voucher", "amount": 2_500, "currency": "EUR"]),
        APIOperation.Example(
            "decision", "A manager on a concession that waits",
            ["kind": "concession_decision", "of": 4, "approved": true, "reason": "It was our fault."]),
    ]

    private static let limits: [APIOperation.Example] = [
        APIOperation.Example(
            "threat", "What they threaten with",
            [
                "kind": "threat", "threat_kind": "legal", "value_at_stake": 150_000, "currency": "EUR",
                "text": "You will hear from my lawyer.",
            ]),
        APIOperation.Example(
            "assessment", "What came of looking into it",
            [
                "kind": "threat_assessment", "of": 3, "verdict": "unfounded",
                "reason": "The warranty is over.",
            ]),
        APIOperation.Example(
            "dispute", "It was not kept",
            ["kind": "dispute", "promise_id": 1, "reason": "Nobody called.", "said_by": "customer"]),
        APIOperation.Example(
            "notKept", "A manager agrees",
            [
                "kind": "dispute_decision", "of": 8, "upheld": true, "reason": "There is no call on record.",
                "next_promise": [
                    "kind": "callback", "what": "Call", "due_in": "PT4H", "next_step": "Kim calls",
                    "customer_notified": ["channel": "phone", "outcome": "reached"],
                ],
            ]),
        APIOperation.Example(
            "coolOff", "Go on once all are calm",
            [
                "kind": "cool_off", "reason": "No word gets through.",
                "callback": ["what": "Call again", "due_in": "P1D"],
            ]),
        APIOperation.Example(
            "refusal", "No further like that", ["kind": "refusal", "reason": "Insulted me three times."]),
        APIOperation.Example(
            "joined", "The supervisor is there", ["kind": "supervisor_joined", "supervisor": "Ann Lee"]),
    ]

    private static let learning: [APIOperation.Example] = [
        APIOperation.Example("debrief", "Talked it over", ["kind": "debrief", "with": "Ann Lee"]),
        APIOperation.Example(
            "lesson", "What it came from", ["kind": "lesson", "cause": "No stock", "text": "Look before you promise."]),
        APIOperation.Example(
            "review", "A process at fault, and its review",
            [
                "kind": "lesson", "cause": "No call back", "process": "Handover at night",
                "review": ["what": "Look into the handover", "due_in": "P30D", "owner": "Kim"],
            ]),
        APIOperation.Example(
            "unreviewed", "A process at fault that is not reviewed",
            [
                "kind": "lesson", "cause": "No call back", "process": "Handover at night",
                "no_review_reason": "It was reviewed last week.",
            ]),
        APIOperation.Example(
            "thanks", "What went well", ["kind": "thanks", "thanked": "Kim", "text": "You were so patient with me."]),
    ]

    private static let elsewhere: [APIOperation.Example] = [
        APIOperation.Example(
            "referral", "They turned to the ombudsman",
            ["kind": "referral", "to": "Consumer ombudsman", "reference": "2026/1734"]),
        APIOperation.Example(
            "award", "What the ombudsman decided",
            [
                "kind": "referral_decision", "of": 9, "decision": "partly_upheld", "award": 4_000, "currency": "EUR",
                "text": "Half of the price, for the wait.",
            ]),
        APIOperation.Example(
            "forwarded", "Passed on to whom it concerned", ["kind": "forwarded", "to": "Makers of the kettle"]),
    ]
}
