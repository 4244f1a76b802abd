import CaseStore
import Complaints

/// What somebody was let in with.
struct Credentials: Sendable, Hashable {
    /// Their token; nil for who was let in while there was none.
    let tokenID: Int64?
    /// Their session of the board; nil for who has none.
    let sessionID: Int64?
}

extension Actor {
    /// What they were let in with.
    var credentials: Credentials { Credentials(tokenID: tokenID, sessionID: sessionID) }
}

/// What somebody was let in with, as far as it can come to its end while they wait.
struct Standing: Sendable {
    let credentials: Credentials
    /// From when on it lets nobody in; nil: it does not expire.
    let expiresAt: Instant?

    /// The standing of somebody who has just been let in, in the same transaction.
    init(of caller: Actor, _ transaction: ReadTransaction) throws {
        credentials = caller.credentials
        let token = try caller.tokenID.flatMap { try transaction.token($0)?.expiresAt }
        let session = try caller.sessionID.flatMap { try transaction.session($0)?.endsAt }
        expiresAt = [token, session].compactMap(\.self).min()
    }

    /// Whether it has expired.
    func isOver(at now: Instant) -> Bool { expiresAt.map { $0 <= now } ?? false }
}
