public import Complaints
import GRDB

/// What came of resolving a case as the duplicate of another one.
public struct CommittedTransfer: Sendable {
    /// The case that is resolved.
    public let duplicate: Committed
    /// The one that goes on, with what was promised.
    public let other: Committed

    /// The promises that go on, as they are there.
    public var promises: [Promise] {
        let ids = Set(duplicate.file.promises.compactMap { $0.settlement?.outcome.transferredTo })
        return other.file.promises.filter { ids.contains($0.id) && $0.madeAt == duplicate.file.record.resolvedAt }
    }
}

/// How two cases are changed at once.
extension WriteTransaction {
    /// The case that a command is about, as it is before; nil when there is no such case.
    ///
    /// - Throws: `Refusal` when nothing of it may be changed any more.
    public func subject(of command: DuplicateCommand) throws -> CaseFile? {
        let file = try record.caseFile(command.caseID)
        try file?.record.customer.requireNotErased()
        return file
    }

    /// Performs a command on the case that it is about, as this transaction has read it, and on the other one.
    ///
    /// - Throws: `Refusal`.
    public func perform(
        _ command: DuplicateCommand, on file: CaseFile, by actor: Actor
    ) throws -> CommittedTransfer {
        let id = file.record.id
        let goal = try record.caseFile(command.request.value.caseID).map { other in
            CaseTransfer.Goal(
                other, policy: try record.policy(for: other.record),
                isRing: try record.wasDuplicate(other.record.id, of: id))
        }
        let transfer = try CaseTransfer(
            command.request, of: file, knowing: record.logEntries(ofCase: id, kinds: CaseTransfer.neededEntries),
            to: goal, nextPromiseID: nextPromiseID, by: actor, at: now)
        // What goes on is there before what it goes on from says so.
        let other = try save(transfer.other, by: actor)
        return CommittedTransfer(duplicate: try save(transfer.duplicate, by: actor), other: other)
    }

    private static let carryOwners = SQL(
        """
        INSERT INTO owner_change (promise_id, recorded_at, from_owner_id, from_asked_at, from_accepted_at,
            from_asked_by_id, declined, carried)
        SELECT ?1, recorded_at, from_owner_id, from_asked_at, from_accepted_at, from_asked_by_id, declined, 1
        FROM owner_change WHERE promise_id = ?2 ORDER BY id
        """)

    /// Has a promise that goes on from another one keep the history of whose it was: for whom it counts follows from that.
    func carryOwners(of promise: Promise) throws {
        guard let origin = promise.origin else { return }
        try statements.run(Self.carryOwners, db) { row in
            row.add(promise.id)
            row.add(origin.promise)
        }
    }
}
