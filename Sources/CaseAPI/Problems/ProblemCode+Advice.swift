extension ProblemCode {
    /// What to do, for the page at `/problems/CODE`.
    var advice: String {
        switch self {
        case .malformedRequest:
            "The detail says where it went wrong: correct that. curl and every HTTP library send it well."
        case .malformedJSON:
            "The detail says at which line and column. Let a library write it, in UTF-8 without a byte order mark."
        case .invalidParameter: "Correct all that errors lists; nothing was looked up."
        case .unknownParameter: "Check the spelling: errors says what was likely meant, and what there is."
        case .unknownValue: "Check the spelling, or add allow_unknown=true when an empty answer is what you want."
        case .requestLineTooLong: "Shorten the query."
        case .headerTooLarge: "Send fewer or shorter header fields."
        case .bodyTooLarge: "Send less in one request."
        case .requestTimeout: "Send the whole request without pausing, on a new connection."
        case .httpVersion: "Use HTTP/1.1."
        case .expectationFailed: "Leave Expect out, or send 100-continue."
        case .notImplemented:
            "Use one of the methods in Allow, which OPTIONS answers with, and no other coding than chunked."
        case .unsupportedMediaType:
            "Send Content-Type: application/json, as curl --json does; for a PATCH application/merge-patch+json will do as well."
        case .notAcceptable: "Accept application/json, or text/csv on lists and reports; without Accept it is JSON."
        case .unauthenticated:
            "Send Authorization: Bearer ck_… with a token that is valid. An administrator makes "
                + "them: casekeeper token create NAME --role ROLE --database FILE, with the FILE that the service has open."
        case .forbidden:
            "The detail says what is missing: ask somebody with that role, or for a token that has it. A page of another origin "
                + "asks its own server instead; where there is no token yet, one is made with casekeeper token create."
        case .notFound: "Check the path and the id. /openapi.json has every path."
        case .methodNotAllowed: "Allow lists the methods that this path takes."
        case .stale: "Read it again, look at what changed, and send the new ETag in If-Match if it still makes sense."
        case .validationFailed: "Correct all fields that errors lists: pointer says where, detail what would be right."
        case .calendarMissing: "Give due_at or due_in instead."
        case .idempotencyKeyReused:
            "Make a new key for every new request; send the old one again only with the same body."
        case .timelineRequired:
            "Say what comes next with next_promise, or resolve the case in the same step with resolve."
        case .promiseSettled: "Read the promise to see what became of it, and make a new one if there is more to do."
        case .promiseBroken:
            "Use recover: it makes a new promise, and the customer is told that the old one was missed."
        case .promiseNotBroken: "Use renegotiate as long as it is not due."
        case .promisesUnsettled:
            "Keep or withdraw those in promise_ids first; settle of resolve does it in the same step."
        case .caseNotOpen: "Reopen it first, with a promise of what happens next."
        case .caseNotResolved: "Read the case to see where it stands: resolve it before closing it."
        case .duplicateExternalID: "Change the one that has it instead of making another, or send another external_id."
        case .optionNotOffered:
            "Write down what is offered as an entry of the kind option first; the detail has what was."
        case .notTheOwner: "Let its owner accept it, with Casekeeper-Actor or a token of their own, or reassign it."
        case .concessionDecided: "Read the case's log: it has the decision. What is new is a concession of its own."
        case .preconditionRequired: "Read it, and send its ETag in If-Match along with the change."
        case .rateLimited: "Send it again after the seconds in Retry-After."
        case .customerErased:
            "A new complaint of the same person is for a new customer: leave id out. After a replay there is nothing to do."
        case .adminTokenRequired:
            "Make another admin's token first; on the machine itself casekeeper token does without."
        case .busy: "Send it again after the seconds in Retry-After."
        case .readOnly:
            "An operator must look after the disk and restart the service; /readyz says why. Then send it again."
        case .shuttingDown: "Send it again after the seconds in Retry-After."
        case .notReady:
            "Where reason is disk_full or busy it goes on by itself, and where it is of the clock once that is right; otherwise "
                + "an operator must restart the service."
        case .clockJumped:
            "An operator must set the clock right, or say casekeeper clock --accept if it is right now, which is refused while it "
                + "is behind the last stamp on record: the detail says what would do. It goes on by itself; then send it again."
        case .clockBehind:
            "An operator must set the clock right, wait for it, or restore a backup from before the wrong stamp; it goes on "
                + "by itself. Then send it again."
        case .outcomeUnknown:
            "Once the service is back, send it again with the same Idempotency-Key; without one, look first whether the change "
                + "is there, by its external_id."
        case .diskFull: "An operator must make room; it goes on by itself. Then send it again."
        case .databaseDamaged: "An operator must stop the service, run casekeeper verify, and restore a backup."
        case .internal: "Report the request_id: under it the service's log has the reason."
        }
    }
}
