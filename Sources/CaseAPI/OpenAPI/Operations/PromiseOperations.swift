import CaseStore
import Complaints
import HTTPTypes

/// `/v1/promises`.
enum PromiseOperations {
    static let all: [APIOperation] = [
        list, get, keep, renegotiate, recover, withdraw, void, reassign, accept, decline,
    ]

    /// What can be asked or done with a promise that is in an answer.
    static let actions = [
        "getPromise", "keepPromise", "renegotiatePromise", "recoverPromise", "withdrawPromise", "voidPromise",
        "reassignPromise", "acceptPromise", "declinePromise",
    ]

    private static let list = APIOperation(
        .get, "/v1/promises", "listPromises", "List promises",
        description: """
            state=overdue is what a manager looks at: oldest due first, exact at as_of, each with whom to call. Without \
            by and to, what the desk promised to customers.
            """,
        query: .list(.promises, PromiseFilter.init(_:)), answer: .init(.list("CasePromise"), "A page of them."))

    private static let get = APIOperation(
        .get, "/v1/promises/{id}", "getPromise", "Show a promise", query: .single,
        answer: .init(.resource("CasePromise"), "The promise."))

    private static let settlingProblems: [ProblemKind] = [
        .promiseSettled, .timelineRequired, .promisesUnsettled, .caseNotOpen, .calendarMissing, .concessionPending,
    ]

    private static let keep = APIOperation(
        .post, "/v1/promises/{id}/keep", "keepPromise", "Keep a promise",
        description: "Says that it was done, and what comes next for the customer.",
        body: APIOperation.Body(
            SettleAndContinue<KeepRequest>.init(_:), isOptional: true,
            examples: [
                APIOperation.Example(
                    "next", "And promises what comes next",
                    ["next_promise": ["kind": "remedy", "what": "Send a new kettle", "due_in": "P3D"]]),
                APIOperation.Example(
                    "end", "And resolves the case",
                    [
                        "evidence": "Parcel 7431",
                        "resolve": ["summary": "New kettle", "customer_accepted": true],
                    ]),
            ]),
        answer: .init(.resource("SettledPromise"), "The promise, its case, and the promise that goes on after it."),
        problems: settlingProblems)

    private static let renewalExamples = [
        APIOperation.Example(
            "later", "It takes longer, and the customer knows",
            [
                "due_in": "P5D", "reason": "None in stock", "next_step": "Kim calls when it is sent",
                "customer_notified": ["channel": "phone", "outcome": "reached"],
            ])
    ]

    private static let renegotiate = renewal(
        "renegotiate", "Move a promise that is not yet due", old: "stays in the chain", problem: .promiseBroken)

    private static let recover = renewal(
        "recover", "Make good for a promise that is past due", old: "stays broken", problem: .promiseNotBroken)

    private static func renewal(_ action: String, _ summary: String, old: String, problem: ProblemKind) -> APIOperation
    {
        APIOperation(
            .post, "/v1/promises/{id}/\(action)", "\(action)Promise", summary,
            description: "Makes a new promise that supersedes it; the old one \(old).",
            body: APIOperation.Body(RenegotiateRequest.init(_:), examples: renewalExamples),
            answer: .init(
                .created("CasePromise"), "The new promise.",
                links: APIOperation.Link.links(to: actions, "id", "$response.body#/id")),
            problems: [.promiseSettled, problem, .calendarMissing])
    }

    private static let withdraw = APIOperation(
        .post, "/v1/promises/{id}/withdraw", "withdrawPromise", "Give a promise up",
        description: """
            With the customer's release at or before due it is withdrawn, otherwise broken. What takes its place goes on in \
            its chain, unless the customer agreed to something of another kind.
            """,
        body: APIOperation.Body(
            SettleAndContinue<WithdrawRequest>.init(_:),
            examples: [
                APIOperation.Example(
                    "released", "The customer does not want it any more",
                    [
                        "reason": "Repaired it herself", "customer_agreed": true,
                        "customer_notified": ["channel": "phone", "outcome": "reached"],
                        "resolve": ["summary": "No longer needed", "customer_accepted": true],
                    ]),
                APIOperation.Example(
                    "notReleased", "It can't be done",
                    [
                        "reason": "No longer made", "customer_agreed": false, "cause": "impossible",
                        "next_promise": [
                            "kind": "decision", "what": "Offer the money back", "due_in": "P1D",
                            "next_step": "Kim asks for it",
                            "customer_notified": ["channel": "email", "outcome": "message_left"],
                        ],
                    ]),
            ]),
        answer: .init(.resource("SettledPromise"), "The promise, its case, and the promise that goes on after it."),
        problems: settlingProblems)

    private static let void = APIOperation(
        .post, "/v1/promises/{id}/void", "voidPromise", "Take back a promise that was entered by mistake",
        description: """
            By its maker within \(Promise.makerMayVoidFor.iso8601) and before it is due, later by a manager who is neither \
            its owner nor its maker. It is counted apart, and never hidden: a customer who had been told of it hears that it \
            is none.
            """,
        body: APIOperation.Body(
            SettleAndContinue<VoidRequest>.init(_:),
            examples: [
                APIOperation.Example(
                    "mistake", "It was meant for another case",
                    [
                        "reason": "Meant for another case",
                        "customer_notified": ["channel": "phone", "outcome": "reached"],
                        "next_promise": [
                            "kind": "callback", "what": "Call back", "due_in": "PT4H", "next_step": "Kim looks for it",
                        ],
                    ])
            ]),
        answer: .init(.resource("SettledPromise"), "The promise, its case, and the promise that goes on after it."),
        problems: settlingProblems)

    private static let reassign = APIOperation(
        .post, "/v1/promises/{id}/reassign", "reassignPromise", "Give a promise to somebody else",
        description: """
            Its state and dates stay. Until they accept it, or keep it, it counts for whoever gives it to them.
            """,
        body: APIOperation.Body(
            ReassignRequest.init(_:),
            examples: [APIOperation.Example("handOver", "To Kim", ["owner": "Kim", "reason": "Ann is away"])]),
        answer: .init(.resource("SettledPromise"), "The promise and its case."), problems: [.promiseSettled])

    private static let accept = APIOperation(
        .post, "/v1/promises/{id}/accept", "acceptPromise", "Take on a promise that somebody else gave you",
        description: "For its owner, by the name of Casekeeper-Actor or of the token. Again, it changes nothing.",
        body: APIOperation.Body(
            PlainRequests.acceptance, isOptional: true,
            examples: [APIOperation.Example("accepted", "Nothing else is to be said", [:])]),
        answer: .init(.resource("SettledPromise"), "The promise and its case."),
        problems: [.promiseSettled, .notTheOwner])

    private static let decline = APIOperation(
        .post, "/v1/promises/{id}/decline", "declinePromise", "Give a promise back to who gave it to you",
        description: """
            For its owner, by the name of Casekeeper-Actor or of the token, who has not accepted it. What the policy or an \
            import gave is nobody's then, and in the queue until somebody takes it.
            """,
        body: APIOperation.Body(
            DeclineRequest.init(_:),
            examples: [APIOperation.Example("declined", "It can't be done", ["reason": "I am away that day"])]),
        answer: .init(.resource("SettledPromise"), "The promise and its case."),
        problems: [.promiseSettled, .notTheOwner, .alreadyAccepted])
}
