extension ProblemCode {
    /// What it means, for the page at `/problems/CODE`.
    var meaning: String {
        switch self {
        case .malformedRequest:
            "What came is no HTTP/1.1 request, or a field of its head has no value that it can have."
        case .malformedJSON: "The body is not JSON by RFC 8259."
        case .invalidParameter: "Parameters of the query, or header fields, have values that they can't have."
        case .unknownParameter: "The query has parameters that this route does not know."
        case .unknownValue: "No case or promise ever had that owner, team or category."
        case .requestLineTooLong: "Method, path and query together are longer than the server reads."
        case .headerTooLarge: "A header field is too long, or there are too many of them."
        case .bodyTooLarge: "The body is larger than the server takes."
        case .requestTimeout: "The request did not arrive in time, and the connection is closed."
        case .httpVersion: "The request is of another HTTP version than 1.1 or 1.0."
        case .expectationFailed: "Expect asks for something that the server can't promise."
        case .notImplemented: "The server does nothing by this method, or can't decode the body's transfer coding."
        case .unsupportedMediaType: "The body does not say that it is JSON."
        case .notAcceptable: "Accept leaves no form that the answer can have."
        case .unauthenticated: "No token came with the request, or none that is valid."
        case .forbidden: "It is known who asks, and they may not do this."
        case .notFound: "Nothing is at this path, or nothing has that id."
        case .methodNotAllowed: "The path is known, but not with this method."
        case .stale: "It has changed since the state that If-Match names, so nothing was done."
        case .validationFailed: "Fields of the body are missing, misspelt, or have values that they can't have."
        case .calendarMissing: "A due date in business time was asked for, and there is no calendar to count it on."
        case .idempotencyKeyReused: "The Idempotency-Key came with another request within the last 24 hours."
        case .timelineRequired: "The change would leave an open case without an unsettled promise to its customer."
        case .promiseSettled:
            "The promise is kept, superseded, withdrawn or void already; settled_by and settled_at say more."
        case .promiseBroken: "The promise is past due, so that its date can't be moved any more."
        case .promiseNotBroken: "The promise is not past due, so that there is nothing to make good for."
        case .promisesUnsettled: "Promises are not settled: promise_ids has them."
        case .caseNotOpen: "The case is resolved or closed, and this is done in open cases only."
        case .caseNotResolved: "Only a resolved case is closed, and only one that is not open is reopened."
        case .duplicateExternalID: "Another case or customer has this external_id; case_id, where given, is the case."
        case .optionNotOffered: "The agreement names an option that was not offered in this case."
        case .notTheOwner: "The promise is somebody else's to accept, or nobody's."
        case .concessionDecided: "The concession waits for no decision."
        case .preconditionRequired: "This service takes changes of what exists only with If-Match, and none came."
        case .rateLimited: "More requests came than the service takes in that time; limit says of whom."
        case .customerErased:
            "The customer was erased, with all that was written in their cases; or the answer to be repeated spoke of them."
        case .adminTokenRequired: "There would be tokens, and none of an admin that is valid."
        case .busy: "The service has too much to do at this moment, or another process holds its database."
        case .readOnly:
            "Nothing is written any more until somebody has looked after the disk. What is there can be read."
        case .shuttingDown: "The service ends, and finishes only what it had begun."
        case .notReady:
            "The database does not answer, or takes no changes: reason says why. What can be read is answered."
        case .clockJumped:
            "The wall clock leapt by more than five minutes, and no change is kept until it is right. What is there can be read."
        case .clockBehind:
            "The wall clock is more than five minutes behind the last stamp on record, and no change is kept."
        case .outcomeUnknown: "The commit failed on its way to the disk: the change may be kept or not."
        case .diskFull: "There is not enough free space on the disk to keep a change."
        case .databaseDamaged: "A part of the database file can't be read."
        case .internal: "Something went wrong that nobody thought of."
        }
    }
}
