import Complaints
import HTTPTypes

// The state of the record is against it.
extension ProblemKind {
    static let ofTheRecord: [ProblemKind] = [
        .stale, .preconditionRequired, .validationFailed, .calendarMissing, .idempotencyKeyReused, .timelineRequired,
        .promiseSettled, .promiseBroken, .promiseNotBroken, .promisesUnsettled, .caseNotOpen, .caseNotResolved,
        .duplicateExternalID, .optionNotOffered, .notTheOwner, .alreadyAccepted, .concessionPending, .concessionDecided,
        .disputeDecided, .notADuplicate, .noRegime, .stagePassed, .tooManyLinks, .customerErased, .merged,
        .adminTokenRequired,
        .duplicateOwner, .regimeShipped, .webhookOff, .otherRecord,
    ]

    static let stale = ProblemKind(
        "stale", .preconditionFailed, "Changed since you read it",
        meaning: "It has changed since the state that If-Match names, so nothing was done.",
        cause:
            "Somebody else changed it in the meantime, or something fell due: both would have been overwritten unseen.",
        advice: "Read it again, look at what changed, and send the new ETag in If-Match if it still makes sense.",
        example: ProblemExample(
            #"It has changed since: its ETag is "3-1-0" now. Read it again before you change it."#, .patch,
            "/v1/cases/1",
            fields: [("If-Match", #""2-1-0""#)], body: #"{"owner": "Kim"}"#))

    static let preconditionRequired = ProblemKind(
        "precondition_required", .preconditionRequired, "Say which state you have seen",
        meaning: "This service takes changes of what exists only with If-Match, and none came.",
        cause: "Without it nobody could tell whether the change overwrites another one unseen.",
        advice: "Read it, and send its ETag in If-Match along with the change.",
        example: ProblemExample(
            "Send If-Match with the ETag of what you have read, or * for whatever it is.", .patch, "/v1/cases/1",
            body: #"{"owner": "Kim"}"#))

    static let validationFailed = ProblemKind(
        "validation_failed", .unprocessableContent, "Fields are wrong",
        meaning: "Fields of the body are missing, misspelt, or have values that they can't have.",
        cause: "A field that is passed over would be lost without a word.",
        advice: "Correct all fields that errors lists: pointer says where, detail what would be right.",
        example: ProblemExample(
            "2 fields are wrong: errors lists what would be right. Nothing has changed.", .post, "/v1/cases",
            body: #"{"complaint": " ", "customer": {}}"#
        ) {
            $0.add(.pointer("#/complaint"), .tooShort, "must have something in it that can be seen.")
            $0.add(.pointer("#/customer/name"), .required, "must be given.")
        })

    static let calendarMissing = ProblemKind(
        "calendar_missing", .unprocessableContent, "No calendar",
        meaning: "A due date in business time was asked for, and there is no calendar to count it on.",
        cause: "Business time is computed once, when the promise is made, so it can't be made up later.",
        advice: "PUT /v1/calendars/default makes one for all teams; or give due_at or due_in instead.",
        example: ProblemExample(
            DeskCalendar.missing(.after(BusinessSpan(days: 1))).detail, .post,
            "/v1/cases/1/promises", body: #"{"what": "Call back", "due_in_business": "P1D"}"#
        ) { $0.add(.pointer("#/due_in_business"), .calendarMissing, $0.detail) })

    static let idempotencyKeyReused = ProblemKind(
        "idempotency_key_reused", .unprocessableContent, "The key is used already",
        meaning: "The Idempotency-Key came with another request within the last 24 hours.",
        cause: "A key stands for one request: answering another one with its answer would hide that it was not done.",
        advice: "Make a new key for every new request; send the old one again only with the same body.",
        example: ProblemExample(
            "This Idempotency-Key came with another request before. Make a new key for this one; nothing has changed.",
            .post, "/v1/cases",
            fields: [("Idempotency-Key", "letter-7431")],
            body: #"{"complaint": "Another one.", "customer": {"name": "Ann Lee"}}"#))

    static let timelineRequired = ProblemKind(
        .timelineRequired, "The customer would be left without a promise",
        meaning: "The change would leave an open case without an unsettled promise to its customer.",
        cause: "Whoever complained is to know what happens next and when, for as long as the case is open.",
        advice: "Say what comes next with next_promise, or resolve the case in the same step with resolve.",
        example: ProblemExample(
            "Case 1 would be left without a promise to the customer: give next_promise, or resolve it.",
            .post,
            "/v1/promises/1/keep", body: "{}"
        ) { $0.members = [.init(.caseID, .integer(1))] })

    static let promiseSettled = ProblemKind(
        .promiseSettled, "Settled already",
        meaning: "The promise is kept, superseded, withdrawn or void already; settled_by and settled_at say more.",
        cause: "What became of a promise is settled once, so that nobody can better it afterwards.",
        advice: "Read the promise to see what became of it, and make a new one if there is more to do.",
        example: ProblemExample(
            "Promise 1 was settled by local at \(ProblemExample.due.rfc3339) (kept).", .post, "/v1/promises/1/keep",
            body: "{}"
        ) {
            $0.members = [
                .init(.promiseIDs, .integers([1])), .init(.settledBy, .text("local")),
                .init(.settledAt, .text(ProblemExample.due.rfc3339)), .init(.state, .text("kept")),
            ]
        })

    static let promiseBroken = ProblemKind(
        .promiseBroken, "Past due",
        meaning: "The promise is past due, so that its date can't be moved any more.",
        cause: "Moving a date after it was missed would hide that it was missed.",
        advice: "Use recover: it makes a new promise, and the customer is told that the old one was missed.",
        example: ProblemExample(
            "Promise 1 was due at \(ProblemExample.due.rfc3339): it is broken. Use recover.", .post,
            "/v1/promises/1/renegotiate", body: ProblemExample.renewal
        ) { $0.members = [.init(.promiseIDs, .integers([1]))] })

    static let promiseNotBroken = ProblemKind(
        .promiseNotBroken, "Not past due",
        meaning: "The promise is not past due, so that there is nothing to make good for.",
        cause: "To recover says that the date was missed, and it was not.",
        advice: "Use renegotiate as long as it is not due.",
        example: ProblemExample(
            "Promise 1 is due at \(ProblemExample.due.rfc3339) and not broken. Use renegotiate.", .post,
            "/v1/promises/1/recover", body: ProblemExample.renewal
        ) { $0.members = [.init(.promiseIDs, .integers([1]))] })

    static let promisesUnsettled = ProblemKind(
        .promisesUnsettled, "Promises are unsettled",
        meaning: "Promises are not settled: promise_ids has them.",
        cause: "A case that ends takes no promise with it: each is kept, withdrawn or goes on.",
        advice: "Keep or withdraw those in promise_ids first; settle of resolve does it in the same step.",
        example: ProblemExample(
            "Case 1 has unsettled promises to the customer: 1. Keep, withdraw or settle them in the same step with "
                + "settle.", .post, "/v1/cases/1/resolve",
            body: #"{"summary": "New kettle", "customer_accepted": true}"#
        ) {
            $0.members = [
                .init(.promiseIDs, .integers([1])), .init(.caseID, .integer(1)),
            ]
        })

    static let caseNotOpen = ProblemKind(
        .caseNotOpen, "The case is not open",
        meaning: "The case is resolved or closed, and this is done in open cases only.",
        cause: "A promise in a case that nobody works on would be forgotten.",
        advice: "Reopen it first, with a promise of what happens next.",
        example: ProblemExample(
            "Case 1 is resolved: reopen it first.", .post, "/v1/cases/1/promises",
            body: #"{"what": "Call back", "due_in": "P1D"}"#
        ) { $0.members = [.init(.caseID, .integer(1))] })

    static let caseNotResolved = ProblemKind(
        .caseNotResolved, "Not in this status",
        meaning: "Only a resolved case is closed, and only one that is not open is reopened.",
        cause: "Closing says that the resolution held, and reopening that it did not.",
        advice: "Read the case to see where it stands: resolve it before closing it.",
        example: ProblemExample(
            "Case 1 is open: only a resolved case is closed.", .post, "/v1/cases/1/close"
        ) { $0.members = [.init(.caseID, .integer(1))] })

    static let duplicateExternalID = ProblemKind(
        .duplicateExternalID, "That external_id is taken",
        meaning: "Another case or customer has this external_id; case_id, where given, is the case.",
        cause: "The key is how the other system finds its case or customer again: one, and always the same.",
        advice: "Change the one that has it instead of making another, or send another external_id.",
        example: ProblemExample(
            "Case 1 has external_id L-7431 already.", .post, "/v1/cases",
            body: #"{"complaint": "It leaks.", "customer": {"name": "Ann Lee"}, "external_id": "L-7431"}"#
        ) { $0.members = [.init(.caseID, .integer(1))] })

    static let optionNotOffered = ProblemKind(
        .optionNotOffered, "That was not offered",
        meaning: "The agreement names an option that was not offered in this case.",
        cause: "What is agreed to has to be what was offered, word for word, so that both know it.",
        advice: "Write down what is offered as an entry of the kind option first; the detail has what was.",
        example: ProblemExample(
            "Only what was offered in case 1 can be agreed to: none was.", .post, "/v1/cases/1/log",
            body: #"{"kind": "agreement", "option": "A new kettle", "accepted": false}"#
        ) { $0.members = [.init(.caseID, .integer(1))] })

    static let notTheOwner = ProblemKind(
        .notTheOwner, "Somebody else has to accept it",
        meaning: "The promise is somebody else's to accept or to decline, or nobody's.",
        cause: "Only who has to keep a promise can say that they take it on, or that they don't.",
        advice: "Let its owner accept it, with Casekeeper-Actor or a token of their own, or reassign it.",
        example: ProblemExample(
            "Promise 1 is nobody's: reassign it to whoever is to keep it.", .post, "/v1/promises/1/accept",
            body: "{}"
        ) { $0.members = [.init(.promiseIDs, .integers([1]))] })

    static let alreadyAccepted = ProblemKind(
        .alreadyAccepted, "Accepted already",
        meaning: "The promise is theirs by their own word, so that they can't decline it any more.",
        cause: "They accepted it, made or took it themselves, or have it back from whom they gave it to.",
        advice:
            "Give the customer another date in time, or reassign it: until somebody accepts it, it counts for them.",
        example: ProblemExample(
            "Promise 1 is Ann Lee's by their own word: reassign it, or give the customer another date.", .post,
            "/v1/promises/1/decline", fields: [("Casekeeper-Actor", "Ann Lee")],
            body: #"{"reason": "I am away that day"}"#
        ) { $0.members = [.init(.promiseIDs, .integers([1]))] })

    static let concessionPending = ProblemKind(
        .concessionPending, "The concession is not granted",
        meaning: "The promise makes a concession good that waits for a manager, or that a manager refused.",
        cause: "Whatever is kept is given away: it would be too late to decide on it.",
        advice:
            "Have a manager decide on the concession first, in the case's log; a refused one may be decided again, and "
            + "renegotiate takes another one.",
        example: ProblemExample(
            "Concession 3, which promise 2 would make good, waits for a manager's concession_decision.", .post,
            "/v1/promises/2/keep", body: "{}"
        ) { $0.members = [.init(.promiseIDs, .integers([2])), .init(.caseID, .integer(1))] })

    static let concessionDecided = ProblemKind(
        .concessionDecided, "Decided already",
        meaning: "The concession waits for no decision.",
        cause: "It was within the policy's limit, or a manager has approved it already.",
        advice: "Read the case's log: it has the decision. What is new is a concession of its own.",
        example: ProblemExample(
            "Concession 3 of case 1 waits for no decision.", .post, "/v1/cases/1/log",
            body: #"{"kind": "concession_decision", "of": 3, "approved": true, "reason": "It was our fault"}"#
        ) { $0.members = [.init(.caseID, .integer(1))] })

    static let disputeDecided = ProblemKind(
        .disputeDecided, "Dispute decided already",
        meaning: "The dispute waits for no decision.",
        cause: "A manager has decided it already, or another one about the same keep.",
        advice: "Read the case's log: it has the decision. A promise that was found to be kept can be disputed anew.",
        example: ProblemExample(
            "Dispute 5 of case 1 waits for no decision.", .post, "/v1/cases/1/log",
            body: #"{"kind": "dispute_decision", "of": 5, "upheld": true, "reason": "There is no call on record"}"#
        ) { $0.members = [.init(.caseID, .integer(1))] })

    static let notADuplicate = ProblemKind(
        .notADuplicate, "No duplicate of that case",
        meaning:
            "The case that was named can't be the one that this is a duplicate of: it is this case itself, another "
            + "customer's, not open, or was a duplicate of this one.",
        cause: "What was promised goes on in the other case, to whom it was promised, where somebody works on it.",
        advice: "Name another open case of the same customer, or reopen the one that is meant.",
        example: ProblemExample(
            "Case 2 is closed: reopen it first, or name the one it went on as.", .post, "/v1/cases/1/duplicate-of",
            body: #"{"case_id": 2, "reason": "The same kettle"}"#
        ) { $0.members = [.init(.caseID, .integer(2))] })

    static let noRegime = ProblemKind(
        .noRegime, "The case is under no regime",
        meaning: "The case has no stages, as it is under no regime.",
        cause: "Stages are those of a procedure that an authority sets: without it there is nothing to come to.",
        advice: "PATCH the case with its regime first, or reopen it where it only goes on.",
        example: ProblemExample(
            "Case 1 is under no regime: PATCH /v1/cases/1 with regime puts it under one.", .post, "/v1/cases/1/stage",
            body: #"{"stage": "stage 2", "reason": "They do not agree"}"#
        ) { $0.members = [.init(.caseID, .integer(1))] })

    static let stagePassed = ProblemKind(
        .stagePassed, "The case is past that stage",
        meaning: "The case is at that stage of its regime already, or at a later one.",
        cause: "A stage begins once, so that its clocks run once.",
        advice: "Read the case to see where it stands; reopen it where it goes on at the same stage.",
        example: ProblemExample(
            "Case 1 is at stage 2 of housing-ombudsman already. It is the last one.", .post, "/v1/cases/1/stage",
            body: #"{"stage": "stage 2", "reason": "They do not agree"}"#
        ) { $0.members = [.init(.caseID, .integer(1))] })

    static let tooManyLinks = ProblemKind(
        .tooManyLinks, "As many links as there can be",
        meaning: "As many links to the customer's page of the case are good as there can be.",
        cause: "Each link is a way in for whoever has it, so there are not more of them than anybody can account for.",
        advice:
            "Send the customer one that was made before; or take all back with DELETE /v1/cases/{id}/share, and make another.",
        example: ProblemExample(
            "\(Limits.shares) links to case 1 are good: take them back with DELETE, or wait until one has ended.",
            .post,
            "/v1/cases/1/share"
        ) { $0.members = [.init(.caseID, .integer(1))] })

    static let customerErased = ProblemKind(
        .customerErased, "The customer is erased",
        meaning:
            "The customer was erased, with all that was written in their cases; or the answer to be repeated spoke of them.",
        cause:
            "What was erased at somebody's wish is not to come back, and there is nobody left to promise anything to.",
        advice:
            "A new complaint of the same person is for a new customer: leave id out. After a replay there is nothing to do.",
        example: ProblemExample(
            "Customer 1 was erased at \(ProblemExample.due.rfc3339): nothing of theirs is changed any more. A new complaint is for a "
                + "new customer.", .patch, "/v1/customers/1", body: #"{"name": "Ann Lee"}"#))

    static let merged = ProblemKind(
        .merged, "The customer was merged into another one",
        meaning: "The customer turned out to be another one on record, and is seen in that one since.",
        cause: "What would be changed of them alone would be seen by nobody.",
        advice: "Change the customer that customer_id names; or take the merge back, if they are two.",
        example: ProblemExample(
            "Customer 1 was merged into customer 2 at \(ProblemExample.due.rfc3339): change that one, or take the merge back.",
            .patch, "/v1/customers/1", body: #"{"name": "Ann Lee"}"#
        ) { $0.members = [.init(.customerID, .integer(2))] })

    static let adminTokenRequired = ProblemKind(
        .adminTokenRequired, "Nobody could make tokens any more",
        meaning: "There would be tokens, and none of an admin that is valid.",
        cause: "Once there is a token everybody needs one, and only an admin makes them.",
        advice: "Make another admin's token first; on the machine itself casekeeper token does without.",
        example: ProblemExample(
            "Token 1 is the last valid one of an admin: make another one first, or revoke it on the machine itself "
                + "with casekeeper token revoke 1.", .post, "/v1/tokens/1/revoke"))

    static let duplicateOwner = ProblemKind(
        .duplicateOwner, "Named already",
        meaning: "Somebody was named so before; names compare without case.",
        cause: "Two people of one name could not be told apart: each promise names its owner.",
        advice: "PATCH the one there is, or give the other one a name of their own.",
        example: ProblemExample(
            "Kim is named already: PATCH /v1/owners/Kim edits them.", .post, "/v1/owners", body: #"{"name": "kim"}"#))

    static let otherRecord = ProblemKind(
        "other_record", .conflict, "Another record",
        meaning: "What was said is of another record than the one that this service has.",
        cause:
            "A service gives way to another one only where both go on with the same record, or a slip in a URL would stop it.",
        advice: "Look at the URL. Of one record both have the same record in GET /v1/log/head.",
        example: ProblemExample(
            "This service has another record than the one whose log begins with 00.", .post, "/v1/log/epoch",
            body: #"{"epoch": 2, "record": "00"}"#))

    static let regimeShipped = ProblemKind(
        .regimeShipped, "Not yours to change",
        meaning: "The regime comes with the service, and is as its authority has it.",
        cause:
            "Whoever reads its name must know what holds; and the next version of the service may have it otherwise.",
        advice: "GET it, and PUT what it says under another name, with your changes.",
        example: ProblemExample(
            RuleViolation.shippedRegime("lgsco").detail, .put, "/v1/regimes/lgsco",
            body: #"""
                {"title": "Ours", "authority": "Us", "source": "Our rules", "calendar": "england-and-wales", \#
                "stages": [{"name": "only", "clocks": []}]}
                """#))

    static let webhookOff = ProblemKind(
        .webhookOff, "Webhook is off",
        meaning: "The delivery waits for its turn, which comes once its webhook is on.",
        cause: "A webhook that is off posts nothing by itself, and what waits keeps its order.",
        advice:
            "PATCH the webhook with active true: all that waits is posted then. What is done already can be posted once more.",
        example: ProblemExample(
            RuleViolation.webhookOff(1, delivery: 2).detail, .post, "/v1/webhooks/1/deliveries/2/redeliver"))
}
