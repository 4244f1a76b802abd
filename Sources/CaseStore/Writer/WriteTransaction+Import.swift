public import Complaints
import GRDB

extension WriteTransaction {
    /// Takes over a case of the past; nil when it is there already, by its `external_id`.
    ///
    /// - Throws: `Refusal`, also when that is the key of a case with another complaint.
    public func importCase(_ incoming: Incoming<ImportRequest>, by actor: Actor) throws -> Committed? {
        var names = GivenNames()
        let row = ImportStep.Row(incoming)
        guard case .add(let change, let match, _) = try step(row, isClaimed: { _ in false }, names: &names, by: actor)
        else { return nil }
        return try add(change, match, by: actor)
    }

    /// Takes over a case of the past, or changes the one that is there already.
    ///
    /// - Parameters:
    ///   - origin: where an export of Casekeeper had it; nil for a row of anything else, which only its `external_id` tells
    ///     from others.
    ///   - isClaimed: whether another row of the file is the case of that id.
    ///   - edits: what to change of a case that is there; nil to leave it as it is.
    ///   - names: those that earlier rows gave something to.
    /// - Throws: `Refusal`.
    public func importCase(
        _ incoming: Incoming<ImportRequest>, from origin: ImportOrigin?, isClaimed: (Int64) -> Bool,
        edits: ImportEdits?, names: inout GivenNames, by actor: Actor
    ) throws -> ImportOutcome {
        let row = ImportStep.Row(incoming, origin: origin, edits: edits)
        let step = try step(row, isClaimed: isClaimed, names: &names, by: actor)
        switch step {
        case .leave: break
        case .add(let change, let match, _): _ = try add(change, match, by: actor)
        case .change(let known, let changes, _):
            guard let edits else { preconditionFailure("nothing is changed to nothing") }
            if changes.editsCase {
                _ = try perform(.edit(case: known.id, Incoming(edits.fields)), on: changes.file, by: actor)
            }
            if changes.editsCustomer {
                let before = try record.record(of: changes.customer)
                _ = try perform(
                    .edit(customer: changes.customer.id, Incoming(changes.customerEdit)), on: before, by: actor)
            }
        }
        return ImportOutcome(step)
    }

    private func step(
        _ row: ImportStep.Row, isClaimed: (Int64) -> Bool, names: inout GivenNames, by actor: Actor
    ) throws -> ImportStep {
        try record.importStep(
            row, isClaimed: isClaimed, names: &names,
            ids: ImportStep.IDs(
                newCustomer: { try self.nextID(Self.nextCustomer) }, newCase: { try self.nextID(Self.nextCase) },
                newPromise: { try self.nextPromiseID }), by: actor, at: now)
    }

    private func add(_ change: CaseChange, _ match: CustomerMatch, by actor: Actor) throws -> Committed {
        try save(match, by: actor)
        return try save(change, by: actor, imported: true, isOfNewCustomer: match.isNew)
    }
}
