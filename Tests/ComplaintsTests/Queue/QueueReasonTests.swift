import Complaints
import Testing

@Suite("Why something is in the queue")
struct QueueReasonTests {
    @Test(
        "is said in a sentence",
        arguments: [
            (.threat(.legal, stake: nil), "A threat (legal) waits for somebody to look into it."),
            (
                .threat(.safety, stake: Money(amount: 500, currency: .usDollar)),
                "A threat (safety, 5.00 USD at stake) waits for somebody to look into it."
            ),
            (
                .escalation(supervisor: "Sue", reason: "The customer is abusive."),
                "Sue is asked to join: The customer is abusive."
            ),
            (.escalation(supervisor: nil, reason: nil), "A supervisor is asked to join."),
            (
                .overdue(what: "Call back", by: .desk, to: .customer, isCaseOpen: true),
                "A promise to the customer is overdue: Call back"
            ),
            (
                .overdue(what: "Look into it", by: .desk, to: .us, isCaseOpen: true),
                "A promise to ourselves is overdue: Look into it"
            ),
            (
                .overdue(what: "A photo", by: .customer, to: .us, isCaseOpen: true),
                "What the customer promised is overdue: A photo"
            ),
            (
                .ladder(hearer: .manager, what: "Call back", to: .customer, isOverdue: true),
                "A manager is to see to a promise that is overdue: Call back"
            ),
            (
                .ladder(hearer: .owner, what: "Call back", to: .us, isOverdue: false),
                "Its owner is to see to a promise before it is due: Call back"
            ),
            (
                .updateDue(since: Desk.due), "The customer has heard nothing since 2026-03-02T11:00:00Z."
            ),
            (
                .danger(by: "Sue", reason: "He knows where we live."),
                "A threat to somebody's safety is credible, and a supervisor is to join. Sue: He knows where we live."
            ),
            (
                .danger(by: nil, reason: nil),
                "A threat to somebody's safety is credible, and a supervisor is to join."
            ),
            (
                .notAccepted(summary: "No refund"),
                "The case was resolved, and the customer is not content with it: No refund"
            ),
            (
                .concession(Money(amount: 9, currency: .usDollar), isAboveLimit: true, beside: nil),
                "A concession of 0.09 USD waits for a manager: it is above the limit."
            ),
            (
                .concession(Money(amount: 9, currency: .usDollar), isAboveLimit: true, beside: .unassessed),
                "A concession of 0.09 USD waits for a manager: "
                    + "it is above the limit and stands beside a threat that nobody had looked into."
            ),
            (
                .concession(Money(amount: 9, currency: .usDollar), isAboveLimit: false, beside: .unfounded),
                "A concession of 0.09 USD waits for a manager: "
                    + "it comes after a threat that was found to be unfounded."
            ),
            (
                .dispute(reason: "Nobody called", saidBy: "customer"),
                "customer says that a promise was not kept, and it waits for a manager: Nobody called"
            ),
            (.return(of: nil), "The relationship with the customer was ended, and they are back with a new case."),
            (
                .return(of: 7),
                "The relationship with customer 7 was ended, and this may be them: the phone or e-mail is the same."
            ),
            (
                .acceptance(what: "Call back", owner: "Kim"),
                "Kim has yet to accept a promise: Call back"
            ),
            (
                .acceptance(what: "Call back", owner: nil),
                "A promise was declined, and nobody has to keep it: Call back"
            ),
        ] as [(QueueReason, String)])
    func why(reason: QueueReason, sentence: String) {
        #expect(reason.why == sentence)
    }

    @Test("has a kind, and what is no promise is a matter of the same name")
    func kinds() {
        let money = Money(amount: 1, currency: .usDollar)
        let reasons: [QueueReason] = [
            .danger(by: nil, reason: nil), .threat(.other, stake: nil), .escalation(supervisor: nil, reason: nil),
            .ladder(hearer: .supervisor, what: "x", to: .customer, isOverdue: true),
            .overdue(what: "x", by: .desk, to: .customer, isCaseOpen: true),
            .updateDue(since: .earliest), .deadline(DeadlineLeft(.earliest, at: .earliest, businessDays: nil)),
            .notAccepted(summary: nil),
            .concession(money, isAboveLimit: true, beside: nil), .dispute(reason: nil, saidBy: nil), .return(of: nil),
            .acceptance(what: "x", owner: nil),
        ]
        #expect(reasons.map(\.kind) == QueueKind.allCases)
        for kind in QueueKind.allCases {
            #expect(kind.matter?.rawValue == (Matter.Kind(rawValue: kind.rawValue) == nil ? nil : kind.rawValue))
        }
    }
}
