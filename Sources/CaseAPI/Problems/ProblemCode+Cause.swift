extension ProblemCode {
    /// Why it is a problem, or how it comes about, for the page at `/problems/CODE`.
    var cause: String {
        switch self {
        case .malformedRequest:
            "What is taken one way here and another way by a proxy in between would be a way around it."
        case .malformedJSON:
            "A comma too many, a name twice or bytes that are not UTF-8 mean different things to different readers."
        case .invalidParameter: "A filter that is passed over would look like an answer to what was asked."
        case .unknownParameter: "A filter with a typo that is passed over would look like an answer to what was asked."
        case .unknownValue: "A name with a typo finds nothing, which would look as if nothing were overdue."
        case .requestLineTooLong, .headerTooLarge, .bodyTooLarge:
            "What is read takes memory before it is known who asks, so there is a bound, which an operator can move."
        case .requestTimeout: "Who sends slowly holds a place that others wait for."
        case .httpVersion: "HTTP/2 and HTTP/3 are spoken by the proxy in front, if there is one."
        case .expectationFailed: "100-continue is the only one there is (RFC 9110 section 10.1.1)."
        case .notImplemented: "GET, HEAD, POST, PATCH and OPTIONS do all that there is to do here."
        case .unsupportedMediaType:
            "A browser sends other types for any page that asks it to, and JSON only where it may."
        case .notAcceptable: "Lists and reports are JSON or CSV, everything else is JSON."
        case .unauthenticated:
            "Once there is a token everybody needs one. Whether this one is unknown, expired or revoked only the log says."
        case .forbidden:
            "The token's role is not enough, the page that asks is of another origin, or there is no token yet and the "
                + "request is not from a process of the service's user on its machine."
        case .notFound: "Ids are whole numbers, and nothing that was ever there is deleted."
        case .methodNotAllowed: "Nothing is deleted here, and nothing is replaced as a whole."
        case .stale:
            "Somebody else changed it in the meantime, or something fell due: both would have been overwritten unseen."
        case .validationFailed: "A field that is passed over would be lost without a word."
        case .calendarMissing: "Business time is computed once, when the promise is made, so it can't be made up later."
        case .idempotencyKeyReused:
            "A key stands for one request: answering another one with its answer would hide that it was not done."
        case .timelineRequired:
            "Whoever complained is to know what happens next and when, for as long as the case is open."
        case .promiseSettled: "What became of a promise is settled once, so that nobody can better it afterwards."
        case .promiseBroken: "Moving a date after it was missed would hide that it was missed."
        case .promiseNotBroken: "To recover says that the date was missed, and it was not."
        case .promisesUnsettled: "A case that ends takes no promise with it: each is kept, withdrawn or goes on."
        case .caseNotOpen: "A promise in a case that nobody works on would be forgotten."
        case .caseNotResolved: "Closing says that the resolution held, and reopening that it did not."
        case .duplicateExternalID:
            "The key is how the other system finds its case or customer again: one, and always the same."
        case .optionNotOffered: "What is agreed to has to be what was offered, word for word, so that both know it."
        case .notTheOwner: "Only who has to keep a promise can say that they take it on."
        case .concessionDecided: "It was within the policy's limit, or a manager has decided it already."
        case .preconditionRequired: "Without it nobody could tell whether the change overwrites another one unseen."
        case .rateLimited: "Who asks too often takes the time of everybody else. Nothing of this request was kept."
        case .customerErased:
            "What was erased at somebody's wish is not to come back, and there is nobody left to promise anything to."
        case .adminTokenRequired: "Once there is a token everybody needs one, and only an admin makes them."
        case .busy: "What waits is bounded, so that who waits is answered in time. Nothing of this request was kept."
        case .readOnly:
            "After a failed write it is not certain what the disk holds, and going on could lose what was acknowledged. "
                + "Nothing of this request was kept."
        case .shuttingDown: "An operator stops or restarts it. Nothing of this request was kept."
        case .notReady: "The disk is full, a write failed, or another process is in the way."
        case .clockJumped:
            "By a wrong clock promises would fall due or be kept at times that never were, and a single change would stop "
                + "time until the clock had come up to it. Nothing of this request was kept."
        case .clockBehind:
            "What is on record was written by a clock that was ahead, or the clock is wrong now: time never runs backwards "
                + "on record, so it would stand still. Nothing of this request was kept."
        case .outcomeUnknown: "A disk that reports a failed sync does not say what it holds."
        case .diskFull:
            "A little is kept free, so that the service can always finish what it has begun. Nothing was kept."
        case .databaseDamaged:
            "The disk gives back other bytes than were written, or an error. Nothing is written from then on."
        case .internal: "It is not your fault. Nothing of the inside is told to strangers."
        }
    }
}
