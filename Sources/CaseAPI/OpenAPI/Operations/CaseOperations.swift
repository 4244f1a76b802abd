import CaseStore
import Complaints
import HTTPTypes

/// `/v1/cases`.
enum CaseOperations {
    static let all: [APIOperation] = [
        create, createMany, list, get, edit, customerPage, guidance, addPromise, coolOff, escalate, relationship,
        resolve, duplicateOf, close, reopen, openStage,
    ]

    /// What can be asked or done with a case that is in an answer.
    static let links = APIOperation.Link.links(
        to: [
            "getCase", "getGuidance", "editCase", "addPromise", "resolveCase", "resolveAsDuplicate", "closeCase",
            "reopenCase", "openStage", "listLog", "writeLog",
        ],
        "id", "$response.body#/id")

    private static let promiseLinks = APIOperation.Link.links(
        to: PromiseOperations.actions, "id", "$response.body#/promises/0/id")

    private static let create = APIOperation(
        .post, "/v1/cases", "createCase", "Open a case",
        description: "With its promise to the customer, or the policy's for its severity.",
        body: APIOperation.Body(
            CaseRequest.init(_:),
            examples: [
                APIOperation.Example(
                    "least", "The customer's own words and a name are enough",
                    ["complaint": "The kettle leaks. Again!", "customer": ["name": "Ann Lee"]]),
                APIOperation.Example(
                    "promised", "With what was promised on the phone",
                    [
                        "complaint": "Nobody called me back.", "customer": ["name": "Bo Ek", "phone": "+46 8 123 45"],
                        "channel": "phone", "severity": "high", "mood": "upset", "owner": "Kim", "team": "North",
                        "category": "Kettles", "tags": ["second call"], "estimate": ["from": "P5D", "to": "P10D"],
                        "promise": [
                            "kind": "callback", "what": "Call with a date for the new kettle", "due_in": "PT4H",
                            "next_step": "Kim asks the warehouse",
                        ],
                    ]),
                APIOperation.Example(
                    "letter", "An old letter: its promise counts from the day it was received",
                    [
                        "complaint": "No answer since May.", "customer": ["name": "Cy Orr", "external_id": "C-12"],
                        "channel": "letter", "received_at": "2024-06-03T10:00:00+02:00", "external_id": "L-7431",
                    ]),
                APIOperation.Example(
                    "regime", "Under the rules of an authority, whose clocks make the promises",
                    [
                        "complaint": "The boiler is cold.", "customer": ["name": "Fay Roe"],
                        "regime": "housing-ombudsman",
                    ]),
                APIOperation.Example(
                    "contact", "Somebody calls for a customer who is known, and has moved",
                    [
                        "complaint": "Mother can't open the lid.",
                        "customer": [
                            "external_id": "C-77", "name": "Eva Ek", "phone": "+46 8 543 21", "language": "sv",
                            "needs": ["hears badly"], "vulnerable": true, "vulnerable_reason": "Lives alone since May",
                            "update": true,
                        ],
                        "contact": ["name": "Bo Ek", "phone": "+46 70 123 45 67", "relation": "son"],
                    ]),
            ]),
        answer: .init(.created("Case"), "The case, with its promise.", links: links + promiseLinks),
        problems: [.duplicateExternalID, .timelineRequired, .calendarMissing, .merged])

    private static let createMany = APIOperation(
        .post, BulkRoutes.path, "createCases", "Open many cases in one commit",
        description: "Each for itself: one that is refused leaves the others as they are.",
        body: APIOperation.Body(
            PlainRequests.cases,
            examples: [
                APIOperation.Example(
                    "two", "Two letters of a morning",
                    [
                        "items": [
                            ["complaint": "No receipt.", "customer": ["name": "Di Fox"], "external_id": "till-1"],
                            ["complaint": "No bag.", "customer": ["name": "Ed Gee"], "external_id": "till-2"],
                        ]
                    ])
            ]),
        answer: .init(.results("CaseResults"), "What became of each, in the order of the items."))

    private static let list = APIOperation(
        .get, "/v1/cases", "listCases", "List cases", query: .list(.cases, CaseFilter.init(_:)),
        answer: .init(.list("Case"), "A page of them."))

    private static let get = APIOperation(
        .get, "/v1/cases/{id}", "getCase", "Show a case with its promises", query: .single(CaseInclusion.read),
        answer: .init(.resource("Case"), "The case."))

    private static let customerPage = APIOperation(
        .get, "/v1/cases/{id}/customer-page", "getCustomerPage", "Show a case as its customer may see it",
        description: """
            What was promised to them, by when, what moved and why, for a page of theirs: nothing internal. A promise \
            whose date has moved is one here, with its moves.
            """,
        query: .single, answer: .init(.resource("CustomerPage"), "The page."))

    private static let guidance = APIOperation(
        .get, "/v1/cases/{id}/guidance", "getGuidance", "Show what to do about a case now",
        description: """
            By all the tactics, the first thing first, each with the reason and the call that does it. It blocks nothing. \
            Its ETag is not the case's: for If-Match, take that.
            """,
        query: .single, answer: .init(.resource("Guidance"), "What to do."))

    private static let edit = APIOperation(
        .patch, "/v1/cases/{id}", "editCase", "Edit a case",
        description: """
            A JSON merge patch. The complaint is never edited, and no edit moves a promise; what the clocks of a regime promised \
            that was a mistake is taken back. Of a resolved or closed case outcome, redress and final_response are put right.
            """,
        body: APIOperation.Body(
            CaseEditRequest.init(_:),
            examples: [
                APIOperation.Example(
                    "handOver", "Give it to somebody", ["owner": "Kim", "team": "North", "mood": "calm"]),
                APIOperation.Example("customer", "It was opened for somebody else", ["customer": ["id": 1]]),
                APIOperation.Example("takeAway", "Take a value away", ["hard_deadline": nil, "tags": []]),
            ]),
        answer: .init(.resource("Case"), "The case as it is now."),
        problems: [.duplicateExternalID, .customerErased, .promisesUnsettled, .caseNotResolved])

    private static let addPromise = APIOperation(
        .post, "/v1/cases/{id}/promises", "addPromise", "Make a further promise",
        body: APIOperation.Body(
            AddPromiseRequest.init(_:),
            examples: [
                APIOperation.Example(
                    "further", "A promise more",
                    ["kind": "remedy", "what": "Send a new kettle", "due_in": "P3D", "owner": "Kim"]),
                APIOperation.Example(
                    "instead", "Settles another one as kept in the same step",
                    [
                        "kind": "update", "what": "Say what the repair shop found", "due_in": "P1D", "keeps": 1,
                        "customer_notified": ["channel": "phone", "outcome": "reached"],
                    ]),
            ]),
        answer: .init(
            .created("CasePromise"), "The promise.",
            links: APIOperation.Link.links(to: PromiseOperations.actions, "id", "$response.body#/id")),
        problems: [.timelineRequired, .promiseSettled, .caseNotOpen, .calendarMissing, .concessionPending])

    private static let coolOff = APIOperation(
        .post, "/v1/cases/{id}/cool-off", "coolOff", "Go on once all are calm",
        description: "Writes down why talking does not work now, and makes the promise to speak again.",
        body: APIOperation.Body(
            CoolOffRequest.init(body:),
            examples: [
                APIOperation.Example(
                    "tomorrow", "Speak again tomorrow",
                    ["reason": "No word gets through.", "callback": ["what": "Call again", "due_in": "P1D"]])
            ]),
        answer: .init(
            .created("CasePromise"), "The promise to speak again.",
            links: APIOperation.Link.links(to: PromiseOperations.actions, "id", "$response.body#/id")),
        problems: [.caseNotOpen, .calendarMissing])

    private static let escalate = APIOperation(
        .post, "/v1/cases/{id}/escalate", "escalateCase", "Ask a supervisor to join",
        description: "The policy does it by itself after broken promises, and by severity and mood.",
        body: APIOperation.Body(
            EscalateRequest.init(_:),
            examples: [
                APIOperation.Example(
                    "asked", "The customer wants a supervisor",
                    ["supervisor": "Ann Lee", "reason": "The customer asks for one."])
            ]),
        answer: .init(.resource("Case"), "The case as it is now."), problems: [.caseNotOpen])

    private static let relationship = APIOperation(
        .post, "/v1/cases/{id}/relationship", "decideRelationship", "Decide whether to go on with the customer",
        description:
            "To end it closes the case, once every promise to the customer is settled: settle does it at once.",
        body: APIOperation.Body(
            RelationshipRequest.init(_:),
            examples: [
                APIOperation.Example("keep", "Go on", ["decision": "keep", "reason": "A bad day; a good customer."]),
                APIOperation.Example(
                    "end", "Let them go",
                    [
                        "decision": "end", "reason": "Threatened Kim for the third time.",
                        "settle": [
                            [
                                "promise_id": 1, "action": "withdraw", "reason": "Told in writing",
                                "customer_agreed": false, "cause": "impossible",
                            ]
                        ],
                    ]),
            ]),
        answer: .init(.resource("Case"), "The case as it is now."),
        problems: [.promisesUnsettled, .promiseSettled, .concessionPending])

    private static let resolve = APIOperation(
        .post, "/v1/cases/{id}/resolve", "resolveCase", "Resolve a case",
        description: """
            Every promise to the customer is settled before, or by settle in the same step; what a regime's clocks need no more \
            is taken back by itself. What was found (outcome), what they \
            get (redress) and your last word to them (final_response) stand on the case until it is opened again, and stay in \
            its log.
            """,
        body: APIOperation.Body(
            ResolveRequest.init(_:),
            examples: [
                APIOperation.Example(
                    "settling", "Settles its last promise in the same step",
                    [
                        "summary": "New kettle sent", "customer_accepted": true, "outcome": "upheld",
                        "redress": ["amount": 2_500, "currency": "EUR"], "final_response": ["channel": "email"],
                        "settle": [["promise_id": 1, "action": "keep", "evidence": "Parcel 7431"]],
                        "follow_up": ["what": "Ask whether the kettle holds", "due_in": "P14D"],
                    ])
            ]),
        answer: .init(.resource("Case"), "The case as it is now."),
        problems: [.promisesUnsettled, .promiseSettled, .caseNotOpen, .calendarMissing, .concessionPending])

    private static let duplicateOf = APIOperation(
        .post, "/v1/cases/{id}/duplicate-of", "resolveAsDuplicate", "Resolve a case as the duplicate of another one",
        description: """
            What is not settled goes on in the other case, of the same customer: due as before, by and for whom it was, and \
            known to the customer since when it was. What is overdue arrives overdue, and is not announced again; a \
            concession stays this case's, and is decided here. No follow-up is promised, and nobody is asked whether they \
            are content. If-Match is held against this case. The answer is this case, with what goes on.
            """,
        body: APIOperation.Body(
            DuplicateRequest.init(_:),
            examples: [
                APIOperation.Example(
                    "wroteTwice", "They called, and wrote",
                    ["case_id": 2, "reason": "The letter is about the same kettle as the call."])
            ]),
        answer: .init(.resource("TransferredCase"), "The case, and what goes on in the other one."),
        problems: [.caseNotOpen, .notADuplicate, .customerErased])

    private static let close = APIOperation(
        .post, "/v1/cases/{id}/close", "closeCase", "Close a resolved case",
        description: "Refused while a promise to follow up is unsettled.",
        body: APIOperation.Body(
            PlainRequests.closing, isOptional: true,
            examples: [APIOperation.Example("reasoned", "With a reason", ["reason": "Nothing heard for a month"])]),
        answer: .init(.resource("Case"), "The case as it is now."), problems: [.caseNotResolved, .promisesUnsettled])

    private static let reopen = APIOperation(
        .post, "/v1/cases/{id}/reopen", "reopenCase", "Reopen a resolved or closed case",
        description: "With the promise that is sent, or the policy's, counted from now.",
        body: APIOperation.Body(
            ReopenRequest.init(_:),
            examples: [
                APIOperation.Example(
                    "promised", "With what was promised",
                    [
                        "reason": "It leaks again",
                        "promise": ["kind": "callback", "what": "Call about a repair", "due_in": "PT4H"],
                    ]),
                APIOperation.Example("least", "With the policy's promise", ["reason": "It leaks again"]),
            ]),
        answer: .init(.resource("Case"), "The case as it is now."),
        problems: [.caseNotResolved, .timelineRequired, .calendarMissing])

    private static let openStage = APIOperation(
        .post, "/v1/cases/{id}/stage", "openStage", "Have a case come to a later stage of its regime",
        description: """
            Its clocks make the promises to the customer. A resolved or closed case is opened again with it. An earlier stage \
            undoes, by a manager, what was opened by mistake and not answered: a case that was over before it is so again.
            """,
        body: APIOperation.Body(
            StageRequest.init(_:),
            examples: [
                APIOperation.Example(
                    "review", "The customer asks for another look",
                    ["stage": "stage 2", "reason": "They do not agree with the answer"])
            ]),
        answer: .init(.resource("Case"), "The case as it is now."),
        problems: [.noRegime, .stagePassed, .promisesUnsettled, .customerErased, .timelineRequired])
}
