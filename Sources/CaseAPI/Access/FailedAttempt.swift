import CaseStore
import Complaints
import HTTPTypes

/// Why a request that needed a token was not let in. Only the log's reader may know: to whoever tries, they are all one.
enum FailedAttempt: Sendable {
    /// No Authorization came.
    case missing
    /// What came can't be a token.
    case malformed
    /// It came in several fields, and which of them counts nobody can say.
    case repeated
    /// No token has this secret.
    case unknown
    case expired(Token)
    case revoked(Token)
    /// The secret of a link to a customer's page, which is no good or never was.
    case link

    static let reasons = ["missing", "malformed", "repeated", "unknown", "expired", "revoked", "link"]

    var reason: String {
        switch self {
        case .missing: "missing"
        case .malformed: "malformed"
        case .repeated: "repeated"
        case .unknown: "unknown"
        case .expired: "expired"
        case .revoked: "revoked"
        case .link: "link"
        }
    }

    /// The token that it would have been.
    var token: Token? {
        switch self {
        case .missing, .malformed, .repeated, .unknown, .link: nil
        case .expired(let token), .revoked(let token): token
        }
    }

    /// What is wrong with a token; nil when it is valid.
    init?(_ token: Token, at now: Instant) {
        if token.revokedAt != nil {
            self = .revoked(token)
        } else if !token.isValid(at: now) {
            self = .expired(token)
        } else {
            return nil
        }
    }

    /// The answer. Of the tokens that came it says nothing.
    var problem: Problem {
        switch self {
        case .missing, .malformed, .unknown, .expired, .revoked: Self.problem
        case .repeated:
            Self.problem(
                "Authorization came in several fields: send it once, as Authorization: Bearer ck_…, and look who else adds one, "
                    + "such as ~/.curlrc or a proxy.")
        // One that was good once, and one that somebody has made up, are the same.
        case .link:
            Problem(.notFound, "This link leads nowhere: it may have ended. Ask whoever it is from for another one.")
        }
    }

    /// The answer to whoever has no valid token (RFC 6750 section 3.1).
    static var problem: Problem {
        problem("Send Authorization: Bearer ck_… with a token that is known, not expired and not revoked.")
    }

    private static func problem(_ detail: String) -> Problem {
        var problem = Problem(.unauthenticated, detail)
        problem.headerFields[.wwwAuthenticate] = "Bearer"
        return problem
    }
}
