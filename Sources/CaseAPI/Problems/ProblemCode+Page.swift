extension ProblemCode {
    /// The title of the problem, always the same (RFC 9457 section 3.1.3).
    var title: String { page.title }

    /// What it means and what to do, for the page at `/problems/CODE`.
    var advice: String { page.advice }

    private var page: (title: String, advice: String) {
        switch self {
        case .malformedRequest:
            ("Not an HTTP request", "The bytes are no HTTP/1.1 request. The detail says where it went wrong.")
        case .malformedJSON:
            ("Not JSON", "The body is not JSON by RFC 8259. The detail says where it went wrong; send UTF-8.")
        case .invalidParameter:
            ("A parameter is not valid", "Correct the parameters that errors lists; nothing was looked up.")
        case .unknownParameter:
            ("Unknown parameter", "Check the spelling: a parameter that is not known is refused, not ignored.")
        case .unknownValue:
            (
                "Never seen",
                "No case or promise ever had that owner, team or category. Check the spelling, or add "
                    + "allow_unknown=true when an empty answer is what you want."
            )
        case .requestLineTooLong: ("The request line is too long", "Shorten the query.")
        case .headerTooLarge: ("The header section is too large", "Send fewer or shorter header fields.")
        case .bodyTooLarge: ("The body is too large", "Send less in one request.")
        case .requestTimeout: ("The request took too long", "Send the whole request without pausing.")
        case .httpVersion: ("HTTP version not supported", "Use HTTP/1.1.")
        case .expectationFailed: ("Unknown expectation", "The only expectation that is met is 100-continue.")
        case .notImplemented: ("Not implemented", "The server knows no such method or transfer coding.")
        case .unsupportedMediaType:
            ("Not JSON by its Content-Type", "Send the body as application/json, as curl --json does.")
        case .notAcceptable:
            ("No such representation", "Accept application/json, or text/csv on lists and reports.")
        case .unauthenticated:
            ("Who are you?", "Send a token that is valid: Authorization: Bearer ck_… An administrator makes them.")
        case .forbidden: ("Not allowed", "The detail says what is missing.")
        case .notFound: ("There is nothing here", "Check the path and the id.")
        case .methodNotAllowed: ("Not with this method", "Allow lists the methods that this path takes.")
        case .preconditionRequired:
            (
                "Say which state you have seen",
                "This service takes changes only with If-Match. Read it, and send its ETag along: then nobody's change "
                    + "is overwritten unseen."
            )
        case .rateLimited:
            (
                "Too many requests",
                "Try again after the seconds in Retry-After. limit says which it is: of your token, of your address, or "
                    + "of its failed attempts to log in."
            )
        case .stale:
            ("Changed since you read it", "Read it again, look at what changed, and send the new ETag in If-Match.")
        case .validationFailed:
            ("Fields are wrong", "Correct all fields that errors lists; nothing has changed.")
        case .calendarMissing:
            ("No calendar", "Business time can't be counted without a calendar: give due_at or due_in.")
        case .idempotencyKeyReused:
            (
                "The key is used already",
                "An Idempotency-Key stands for one request for 24 hours. Send what was sent with it then, to get its "
                    + "answer again, or make a new key."
            )
        case .timelineRequired:
            (
                "The customer would be left without a promise",
                "An open case always has an unsettled promise to the customer: give next_promise, or resolve the case."
            )
        case .promiseSettled: ("Settled already", "A promise is settled once. Make a new one if need be.")
        case .promiseBroken:
            ("Past due", "A promise can be renegotiated only until it is due. Use recover to make good.")
        case .promiseNotBroken: ("Not past due", "Only a broken promise is recovered. Use renegotiate.")
        case .promisesUnsettled:
            ("Promises are unsettled", "Settle those in promise_ids first; settle of resolve does it in one step.")
        case .caseNotOpen: ("The case is not open", "Reopen it first.")
        case .caseNotResolved:
            ("Not in this status", "Only a resolved case is closed, and only one not open is reopened.")
        case .duplicateExternalID:
            ("That external_id is taken", "case_id, where given, is the case that has it: change that one instead.")
        case .adminTokenRequired:
            (
                "Nobody could make tokens any more",
                "A valid token of an administrator must be left. Make another one first; on the machine itself, "
                    + "casekeeper token does without."
            )
        case .busy: ("Too busy", "Nothing has changed. Try again after the seconds in Retry-After.")
        case .readOnly: ("The database can't be written", "Nothing has changed. An operator must look at the disk.")
        case .shuttingDown: ("Shutting down", "Nothing has changed. Try again after the seconds in Retry-After.")
        case .notReady:
            (
                "Not ready",
                "The database does not answer, or takes no changes: reason says why. What can be read is answered."
            )
        case .outcomeUnknown:
            (
                "It is not known whether the change was kept",
                "The commit failed on its way to the disk. Once the service is back, send it again with the same "
                    + "Idempotency-Key; without one, look first whether the change is there."
            )
        case .diskFull: ("The disk is full", "Nothing has changed. An operator must make room.")
        case .databaseDamaged:
            (
                "The database is damaged",
                "A part of the file can't be read, so nothing is written any more. An operator must restore a backup."
            )
        case .internal: ("The service failed", "It is not your fault. Report the request_id; the log knows more.")
        }
    }
}
