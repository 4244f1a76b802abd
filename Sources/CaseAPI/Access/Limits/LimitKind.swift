import HTTPTypes

/// Which limit a request ran into: `limit` in the problem, and in the figures.
enum LimitKind: String, CaseIterable {
    /// All requests of a token.
    case token
    /// All requests of a peer.
    case peer
    /// The requests of a peer that came without a token that is valid, or with a link that leads nowhere.
    case failures

    /// What there is too much of.
    var subject: String {
        switch self {
        case .token: "requests of your token"
        case .peer: "requests from your address"
        case .failures: "requests without a valid token from your address"
        }
    }
}

extension Problem {
    /// 429, with the whole seconds after which it is worth another try (RFC 6585 section 4, RFC 9110 section 10.2.3).
    static func limited(_ kind: LimitKind, waiting nanoseconds: Int64) -> Problem {
        let seconds = max(1, (nanoseconds + 999_999_999) / 1_000_000_000)
        let unit = seconds == 1 ? "second" : "seconds"
        var problem = Problem(
            .rateLimited, "There are too many \(kind.subject). Nothing has changed; try again in \(seconds) \(unit).")
        problem.headerFields[.retryAfter] = String(seconds)
        problem.members.append(Member(.limit, .text(kind.rawValue)))
        return problem
    }
}
