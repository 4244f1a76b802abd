import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

extension ProblemExample {
    /// Of what the state of the record, or of the service, is against.
    static func ofRecord(_ code: ProblemCode) -> ProblemExample {
        let due = Instant(milliseconds: 1_772_355_600_000)
        let renewal = """
            {"due_in": "P5D", "reason": "None in stock", "next_step": "Kim calls", \
            "customer_notified": {"channel": "phone", "outcome": "reached"}}
            """
        return switch code {
        case .calendarMissing:
            ProblemExample(
                code, "There is no calendar to count business time on: give due_at or due_in.", .post,
                "/v1/cases/1/promises", body: #"{"what": "Call back", "due_in_business": "P1D"}"#
            ) { $0.add(.pointer("#/due_in_business"), FieldIssue.Code.calendarMissing, $0.detail) }
        case .idempotencyKeyReused:
            ProblemExample(
                code,
                "This Idempotency-Key came with another request before. Make a new key for this one; nothing has changed.",
                .post, "/v1/cases",
                fields: [("Idempotency-Key", "letter-7431")],
                body: #"{"complaint": "Another one.", "customer": {"name": "Ann Lee"}}"#)
        case .timelineRequired:
            ProblemExample(
                code, "Case 1 would be left without a promise to the customer: give next_promise, or resolve it.",
                .post,
                "/v1/promises/1/keep", body: "{}"
            ) { $0.members = [Problem.Member(.caseID, .integer(1))] }
        case .promiseSettled:
            ProblemExample(
                code, "Promise 1 was settled by local at \(due.rfc3339) (kept).", .post, "/v1/promises/1/keep",
                body: "{}"
            ) {
                $0.members = [
                    Problem.Member(.promiseIDs, .integers([1])), Problem.Member(.settledBy, .text("local")),
                    Problem.Member(.settledAt, .text(due.rfc3339)), Problem.Member(.state, .text("kept")),
                ]
            }
        case .promiseBroken:
            ProblemExample(
                code, "Promise 1 was due at \(due.rfc3339): it is broken. Use recover.", .post,
                "/v1/promises/1/renegotiate", body: renewal
            ) { $0.members = [Problem.Member(.promiseIDs, .integers([1]))] }
        case .promiseNotBroken:
            ProblemExample(
                code, "Promise 1 is due at \(due.rfc3339) and not broken. Use renegotiate.", .post,
                "/v1/promises/1/recover", body: renewal
            ) { $0.members = [Problem.Member(.promiseIDs, .integers([1]))] }
        case .promisesUnsettled:
            ProblemExample(
                code,
                "Case 1 has unsettled promises to the customer: 1. Keep, withdraw or settle them in the same step with "
                    + "settle.", .post, "/v1/cases/1/resolve",
                body: #"{"summary": "New kettle", "customer_accepted": true}"#
            ) {
                $0.members = [
                    Problem.Member(.promiseIDs, .integers([1])), Problem.Member(.caseID, .integer(1)),
                ]
            }
        case .caseNotOpen:
            ProblemExample(
                code, "Case 1 is resolved: reopen it first.", .post, "/v1/cases/1/promises",
                body: #"{"what": "Call back", "due_in": "P1D"}"#
            ) { $0.members = [Problem.Member(.caseID, .integer(1))] }
        case .caseNotResolved:
            ProblemExample(
                code, "Case 1 is open: only a resolved case is closed.", .post, "/v1/cases/1/close"
            ) { $0.members = [Problem.Member(.caseID, .integer(1))] }
        case .duplicateExternalID:
            ProblemExample(
                code, "Case 1 has external_id L-7431 already.", .post, "/v1/cases",
                body: #"{"complaint": "It leaks.", "customer": {"name": "Ann Lee"}, "external_id": "L-7431"}"#
            ) { $0.members = [Problem.Member(.caseID, .integer(1))] }
        case .optionNotOffered:
            ProblemExample(
                code, "Only what was offered in case 1 can be agreed to: none was.", .post, "/v1/cases/1/log",
                body: #"{"kind": "agreement", "option": "A new kettle", "accepted": false}"#
            ) { $0.members = [Problem.Member(.caseID, .integer(1))] }
        case .notTheOwner:
            ProblemExample(
                code, "Promise 1 is nobody's: reassign it to whoever is to keep it.", .post, "/v1/promises/1/accept",
                body: "{}"
            ) { $0.members = [Problem.Member(.promiseIDs, .integers([1]))] }
        case .concessionDecided:
            ProblemExample(
                code, "Concession 3 of case 1 waits for no decision.", .post, "/v1/cases/1/log",
                body: #"{"kind": "concession_decision", "of": 3, "approved": true, "reason": "It was our fault"}"#
            ) { $0.members = [Problem.Member(.caseID, .integer(1))] }
        case .customerErased:
            ProblemExample(
                code,
                "Customer 1 was erased at \(due.rfc3339): nothing of theirs is changed any more. A new complaint is for a "
                    + "new customer.", .patch, "/v1/customers/1", body: #"{"name": "Ann Lee"}"#)
        case .preconditionRequired:
            ProblemExample(
                code, "Send If-Match with the ETag of what you have read.", .patch, "/v1/cases/1",
                body: #"{"owner": "Kim"}"#)
        case .rateLimited: ProblemExample(of: Problem.limited(.token, waiting: 1_000_000_000))
        case .adminTokenRequired:
            ProblemExample(
                code,
                "Token 1 is the last valid one of an admin: make another one first, or revoke it on the machine itself "
                    + "with casekeeper token revoke 1.", .post, "/v1/tokens/1/revoke")
        case .busy: ProblemExample(of: StoreError.locked)
        case .readOnly: ProblemExample(of: StoreUnavailable.latched(.commitFailed("")))
        case .shuttingDown: ProblemExample(of: StoreUnavailable.stopping)
        case .notReady: ProblemExample(of: Readiness(.damaged("")).problem ?? Problem(code, ""))
        case .clockJumped: ProblemExample(of: StoreError.clock(.jumped(by: .days(40), behind: nil)))
        case .clockBehind: ProblemExample(of: StoreError.clock(.behind(lastStamp: due, by: .days(40))))
        case .outcomeUnknown: ProblemExample(of: StoreError.outcomeUnknown)
        case .diskFull: ProblemExample(of: StoreError.lowSpace(free: 1_048_576, needed: 67_108_864))
        case .databaseDamaged: ProblemExample(of: StoreError.damaged(""))
        default: ProblemExample(ServerRefusal.internal)
        }
    }
}
