import CaseStore
import Complaints
import HTTPServer
import HTTPTypes
import Logging

extension HTTPField.Name {
    /// Who acts, when several people share a token.
    static let actor = HTTPField.Name("Casekeeper-Actor")!
}

/// Finds out who asks, and whether they may, and may again.
final class Gate: Sendable {
    /// When tokens were last let in.
    let uses = TokenUses()
    /// Whom it did not let in.
    let counters = AccessCounters()
    let protectedMode: ProtectedMode
    private let trustedProxies: [AddressRange]
    private let trustsUnixPeers: Bool
    private let peers: TokenBuckets?
    private let tokens: TokenBuckets?
    private let failures: TokenBuckets?
    private let clock: @Sendable () -> Int64
    private let logger: Logger

    init(_ rules: AccessRules, protectedMode: ProtectedMode, logger: Logger) {
        self.protectedMode = protectedMode
        self.logger = logger
        trustedProxies = rules.trustedProxies
        trustsUnixPeers = rules.trustsUnixPeers
        clock = rules.monotonicClock
        peers = rules.peerLimit.map(TokenBuckets.init)
        tokens = rules.tokenLimit.map(TokenBuckets.init)
        failures = rules.failureLimit.map(TokenBuckets.init)
    }

    /// Who sent the request.
    func requester(of request: Request) -> Requester {
        Requester(request, trusting: trustedProxies, trustsUnix: trustsUnixPeers)
    }

    /// Whether peers have a limit.
    var limitsPeers: Bool { peers != nil }

    /// Counts a request against its peer's limit.
    ///
    /// - Throws: 429 past it.
    func admitPeer(of request: Request) throws(Problem) {
        guard let peers else { return }
        try take(from: peers, requester(of: request).network, .peer)
    }

    /// - Throws: 403 for a role that is not enough.
    func require(_ role: Role, of actor: Actor) throws(Problem) {
        guard actor.role >= role else {
            throw Problem(
                .forbidden, "This takes the role \(role.rawValue); the token's role is \(actor.role.rawValue).")
        }
    }

    /// Who acts.
    ///
    /// - Throws: 401 without a token that is valid, 429 for one that comes too often, 400 for a name that can't be one,
    ///   403 for one beside a token that is somebody's own, and for who is elsewhere while there is no token.
    func actor(_ request: Request, _ transaction: ReadTransaction) throws -> Actor {
        guard try transaction.hasTokens() else {
            try protectedMode.requireLocal(request)
            return Actor(name: try Self.actorName(request.headerFields) ?? Actor.local.name, role: .admin)
        }
        let token = try token(request, transaction)
        uses.note(token.id, at: transaction.asOf)
        try admitToken(token.id, request)
        if let owner = token.owner, request.headerFields.contains(.actor) { throw Problem.actsForItself(owner) }
        return Actor(token, as: token.owner == nil ? try Self.actorName(request.headerFields) : nil)
    }

    /// Counts a request against its token's limit.
    ///
    /// - Throws: 429 past it.
    func admitToken(_ id: Int64, _ request: Request) throws(Problem) {
        if let tokens, !request.isAdmitted { try take(from: tokens, UInt64(bitPattern: id), .token) }
    }

    /// Looks again at who was let in, in the transaction of what is done for them later: a change, an answer that was
    /// waited for, a further piece of a list. Meanwhile their token may have been revoked or have expired, or the first one
    /// may have been made.
    ///
    /// - Parameters:
    ///   - credentials: what they were let in with.
    ///   - now: the time, whatever instant the transaction answers for.
    /// - Throws: 401 when they would not be let in any more.
    func readmit(_ credentials: Credentials, _ transaction: ReadTransaction, at now: Instant) throws {
        guard let attempt = try Self.attempt(credentials, transaction, at: now) else { return }
        counters.count(attempt)
        throw FailedAttempt.problem
    }

    /// What is wrong by now with what somebody was let in with; nil when they would be let in again.
    static func attempt(
        _ credentials: Credentials, _ transaction: ReadTransaction, at now: Instant
    ) throws -> FailedAttempt? {
        if let id = credentials.sessionID, try transaction.session(id)?.isOpen(at: now) != true { return .missing }
        guard let tokenID = credentials.tokenID else { return try transaction.hasTokens() ? .missing : nil }
        guard let token = try transaction.token(tokenID) else { return .unknown }
        return FailedAttempt(token, at: now)
    }

    private func token(_ request: Request, _ transaction: ReadTransaction) throws -> Token {
        guard let credentials = request.headerFields[.authorization] else { throw failed(.missing, request) }
        return try token(credentials, request, transaction)
    }

    /// The token that credentials are of, as Authorization has them.
    ///
    /// - Throws: 401 for one that is not valid, 429 for who tries too often.
    func token(_ credentials: FieldValue, _ request: Request, _ transaction: ReadTransaction) throws -> Token {
        guard let secret = Self.secret(credentials) else { throw failed(.malformed, request) }
        guard let token = try transaction.token(secret) else { throw failed(.unknown, request) }
        if let attempt = FailedAttempt(token, at: transaction.asOf) { throw failed(attempt, request) }
        return token
    }

    /// What a request's line in the log says of who asked; nil when there is nothing to say.
    func logged(_ request: Request, _ caller: Actor?) -> Logger.Metadata? {
        var metadata: Logger.Metadata = [:]
        if trustsUnixPeers || !trustedProxies.isEmpty {
            let requester = requester(of: request)
            if requester.isForwarded { metadata["client"] = .string(requester.peer.host) }
        }
        if let caller {
            if let name = caller.tokenName { metadata["token"] = .string(name) }
            if caller.name != caller.tokenName ?? Actor.local.name { metadata["actor"] = .string(caller.name) }
        }
        return metadata.isEmpty ? nil : metadata
    }

    private func take(from buckets: TokenBuckets, _ key: UInt64, _ kind: LimitKind) throws(Problem) {
        guard let wait = buckets.take(key, at: clock()) else { return }
        counters.count(kind)
        throw .limited(kind, waiting: wait)
    }

    /// RFC 6750 section 2.1; the scheme's name is compared without case.
    private static func secret(_ credentials: FieldValue) -> TokenSecret? {
        guard credentials.begins(with: "bearer ") else { return nil }
        return credentials.dropping(7).ascii.flatMap { TokenSecret($0) }
    }

    private static func actorName(_ fields: HeaderFields) throws(Problem) -> String? {
        guard let field = fields[.actor] else { return nil }
        do throws(FieldFault) {
            guard let text = field.utf8 else { throw FieldFault(.invalidValue, "must be in UTF-8.") }
            return try Actor.checkedName(text)
        } catch {
            var issues = QueryIssues()
            issues.append(HTTPField.Name.actor.rawName, .invalidParameter, word: error.code, error.detail)
            throw issues.problem
        }
    }
}

extension Problem {
    /// The answer to a name that came with a token which is somebody's own.
    static func actsForItself(_ owner: String) -> Problem {
        Problem(
            .actsForItself,
            "The token is \(owner)'s own, and whoever comes with it acts as them: leave Casekeeper-Actor out.")
    }
}

extension Gate {
    /// Counts and logs a request that is not let in, and says what it gets. One past its peer's limit gets 429 and no
    /// line of its own in the log, so that a program which tries a wrong token again and again fills no disk. That limit
    /// is asked only once a token has been found wanting: a secret of 256 bits can't be guessed, so what is slowed is
    /// noise, and whoever has a valid token is let in from the same address all the while.
    private func failed(_ attempt: FailedAttempt, _ request: Request) -> Problem {
        var attempt = attempt
        // What is wrong with several, joined by commas, is that they are several.
        if request.headerFields.count(where: { $0.name == .authorization }) > 1 { attempt = .repeated }
        counters.count(attempt)
        let requester = requester(of: request)
        if let wait = failures?.take(requester.network, at: clock()) {
            counters.count(.failures)
            return .limited(.failures, waiting: wait)
        }
        var metadata: Logger.Metadata = [
            "peer": "\(requester.peer.host)", "request_id": "\(request.id)", "reason": "\(attempt.reason)",
        ]
        if let token = attempt.token {
            metadata["token_id"] = "\(token.id)"
            metadata["token"] = "\(token.name)"
        }
        logger.warning("a request without a valid token", metadata: metadata)
        return attempt.problem
    }
}
