/// A new token as it was asked for.
public struct TokenRequest: Sendable, Hashable {
    /// When a token ends, as the sender says it.
    public enum End: Sendable, Hashable {
        /// It does not.
        case never
        /// `expires_at`: an instant after now.
        case at(Instant)
        /// `expires_in`: elapsed time from now.
        case after(ElapsedTime)
    }

    /// Who or what it is for.
    public var name: String
    /// What it lets its bearer do.
    public var role: Role
    /// When it ends.
    public var end: End
    /// Whose it is to be; nil: several people share it.
    public var owner: String?

    /// A token as it was asked for.
    public init(name: String, role: Role, end: End, owner: String? = nil) {
        self.name = name
        self.role = role
        self.end = end
        self.owner = owner
    }
}

extension Incoming<TokenRequest> {
    /// The request, and from when on its token lets nobody in; nil: it does not expire.
    ///
    /// - Throws: every fault of its form, and an end that does not lie after `now` or lies too far off.
    public func checked(at now: Instant) throws(Refusal) -> (request: TokenRequest, expiresAt: Instant?) {
        let life: ElapsedTime
        let path: FieldPath
        switch value.end {
        case .never: return (try checked([]), nil)
        case .at(let instant): (life, path) = (instant - now, "expires_at")
        case .after(let span): (life, path) = (span, "expires_in")
        }
        var issues: [FieldIssue] = []
        if life <= .zero {
            issues.append(FieldIssue(path, .inThePast, "must lie after now, \(now.rfc3339)."))
        } else if life > Limits.longestTokenLife {
            let detail = "must lie within \(Limits.longestTokenLife.iso8601) from now; without it, there is no end."
            issues.append(FieldIssue(path, .outOfRange, detail))
        }
        return (try checked(issues), now + life)
    }
}
