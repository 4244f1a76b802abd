import Complaints
import HTTPTypes

/// Everything that can go wrong, as a closed set: each code has its status, and a page at `/problems/CODE`.
enum ProblemCode: String, Vocabulary {
    // What was sent is not readable.
    case malformedRequest = "malformed_request"
    case malformedJSON = "malformed_json"
    case invalidParameter = "invalid_parameter"
    case unknownParameter = "unknown_parameter"
    case unknownValue = "unknown_value"
    case requestLineTooLong = "request_line_too_long"
    case headerTooLarge = "header_too_large"
    case bodyTooLarge = "body_too_large"
    case requestTimeout = "request_timeout"
    case httpVersion = "http_version"
    case expectationFailed = "expectation_failed"
    case notImplemented = "not_implemented"
    case unsupportedMediaType = "unsupported_media_type"
    case notAcceptable = "not_acceptable"

    // Who asks, and for what.
    case unauthenticated
    case forbidden
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case rateLimited = "rate_limited"

    // The state of the record is against it.
    case stale
    case preconditionRequired = "precondition_required"
    case validationFailed = "validation_failed"
    case calendarMissing = "calendar_missing"
    case idempotencyKeyReused = "idempotency_key_reused"
    case timelineRequired = "timeline_required"
    case promiseSettled = "promise_settled"
    case promiseBroken = "promise_broken"
    case promiseNotBroken = "promise_not_broken"
    case promisesUnsettled = "promises_unsettled"
    case caseNotOpen = "case_not_open"
    case caseNotResolved = "case_not_resolved"
    case duplicateExternalID = "duplicate_external_id"
    case optionNotOffered = "option_not_offered"
    case notTheOwner = "not_the_owner"
    case concessionDecided = "concession_decided"
    case customerErased = "customer_erased"
    case adminTokenRequired = "admin_token_required"

    // The service can't, for now.
    case busy
    case readOnly = "read_only"
    case shuttingDown = "shutting_down"
    case notReady = "not_ready"
    case clockJumped = "clock_jumped"
    case clockBehind = "clock_behind"
    case outcomeUnknown = "outcome_unknown"
    case diskFull = "disk_full"
    case databaseDamaged = "database_damaged"
    case `internal`

    /// The code of a rule of the workflow.
    init(_ code: RuleViolation.Code) {
        self =
            switch code {
            case .timelineRequired: .timelineRequired
            case .promiseSettled: .promiseSettled
            case .promiseBroken: .promiseBroken
            case .promiseNotBroken: .promiseNotBroken
            case .promisesUnsettled: .promisesUnsettled
            case .caseNotOpen: .caseNotOpen
            case .caseNotResolved: .caseNotResolved
            case .duplicateExternalID: .duplicateExternalID
            case .optionNotOffered: .optionNotOffered
            case .notTheOwner: .notTheOwner
            case .concessionDecided: .concessionDecided
            case .customerErased: .customerErased
            case .adminTokenRequired: .adminTokenRequired
            }
    }

    /// The HTTP status that goes with the code.
    var status: HTTPResponse.Status {
        switch self {
        case .malformedRequest, .malformedJSON, .invalidParameter, .unknownParameter, .unknownValue: .badRequest
        case .requestLineTooLong: .uriTooLong
        case .headerTooLarge: .requestHeaderFieldsTooLarge
        case .bodyTooLarge: .contentTooLarge
        case .requestTimeout: .requestTimeout
        case .httpVersion: .httpVersionNotSupported
        case .expectationFailed: .expectationFailed
        case .notImplemented: .notImplemented
        case .unsupportedMediaType: .unsupportedMediaType
        case .notAcceptable: .notAcceptable
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .rateLimited: .tooManyRequests
        case .stale: .preconditionFailed
        case .preconditionRequired: .preconditionRequired
        case .validationFailed, .calendarMissing, .idempotencyKeyReused: .unprocessableContent
        case .timelineRequired, .promiseSettled, .promiseBroken, .promiseNotBroken, .promisesUnsettled, .caseNotOpen,
            .caseNotResolved, .duplicateExternalID, .optionNotOffered, .notTheOwner, .concessionDecided,
            .customerErased, .adminTokenRequired:
            .conflict
        case .busy, .readOnly, .shuttingDown, .notReady, .clockJumped, .clockBehind, .outcomeUnknown:
            .serviceUnavailable
        case .diskFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .databaseDamaged, .internal: .internalServerError
        }
    }

    /// Whether somebody has to look into the log for what it was.
    var isFailure: Bool { status == .internalServerError }

    /// How many seconds a client should wait before it tries again, where waiting helps.
    var retryAfter: Int? {
        switch self {
        case .busy, .notReady: 1
        case .shuttingDown: 5
        case .readOnly, .outcomeUnknown, .diskFull, .clockJumped, .clockBehind: 60
        default: nil
        }
    }
}
