import CaseStore
import Complaints

/// What somebody was let in with, as far as it can come to its end while they wait.
struct Standing: Sendable {
    /// Their token; nil for who was let in while there was none.
    let tokenID: Int64?
    /// From when on the token lets nobody in; nil: it does not expire.
    let expiresAt: Instant?

    /// The standing of somebody who has just been let in, in the same transaction.
    init(of caller: Actor, _ transaction: ReadTransaction) throws {
        tokenID = caller.tokenID
        expiresAt = try caller.tokenID.flatMap { try transaction.token($0)?.expiresAt }
    }

    /// Whether it has expired.
    func isOver(at now: Instant) -> Bool { expiresAt.map { $0 <= now } ?? false }
}
