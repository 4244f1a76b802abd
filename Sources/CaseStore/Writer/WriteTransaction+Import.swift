public import Complaints
import GRDB

/// What became of a case of the past.
public enum ImportOutcome: Sendable {
    /// It was made, for that customer.
    case added(caseID: Int64, customerID: Int64)
    /// It was there, and stays as it is.
    case alreadyThere(caseID: Int64, customerID: Int64)
    /// It was there, and was changed.
    case changed(caseID: Int64, customerID: Int64)
}

extension WriteTransaction {
    /// Takes over a case of the past, or changes the one that is there already.
    ///
    /// - Parameters:
    ///   - origin: where an export of Casekeeper had it; nil for a row of anything else, which only its `external_id` tells
    ///     from others.
    ///   - isClaimed: whether another row of the file is the case of that id.
    ///   - edits: what to change of a case that is there; nil to leave it as it is.
    /// - Throws: `Refusal`.
    public func importCase(
        _ incoming: Incoming<ImportRequest>, from origin: ImportOrigin?, isClaimed: (Int64) -> Bool,
        edits: ImportEdits?, by actor: Actor
    ) throws -> ImportOutcome {
        guard incoming.issues.isEmpty,
            let known = try record.knownCase(incoming.value, from: origin, isClaimed: isClaimed)
        else {
            var value = incoming.value
            if let edits { value.customer = try record.edited(value.customer, by: edits) }
            guard let added = try importCase(Incoming(value, issues: incoming.issues), by: actor) else {
                preconditionFailure("what nobody knows is there")
            }
            return .added(caseID: added.file.record.id, customerID: added.file.record.customer.id)
        }
        if let conflict = incoming.value.conflict(with: (known.id, known.complaint, known.isErased)) {
            throw Refusal.invalid([conflict])
        }
        guard let edits, !known.isErased, try update(known, incoming.value, edits, by: actor) else {
            return .alreadyThere(caseID: known.id, customerID: known.customerID)
        }
        return .changed(caseID: known.id, customerID: known.customerID)
    }

    /// Makes of a case and its customer what a row says, by the rules and in the log. Returns whether that was anything else.
    private func update(
        _ known: KnownCase, _ request: ImportRequest, _ edits: ImportEdits, by actor: Actor
    ) throws -> Bool {
        let changes = try record.changes(of: known, by: request, edits)
        if changes.editsCase {
            _ = try perform(.edit(case: known.id, Incoming(edits.fields)), on: changes.file, by: actor)
        }
        if changes.editsCustomer {
            let before = try record.record(of: changes.customer)
            _ = try perform(.edit(customer: changes.customer.id, Incoming(edits.customer)), on: before, by: actor)
        }
        return !changes.isNone
    }
}
