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
            guard let added = try importCase(incoming, by: actor) else {
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
        guard let file = try record.caseFile(known.id), let customer = try record.customer(known.customerID) else {
            throw StoreError.unreadable("case \(known.id) is gone")
        }
        if case .keyed(let key, _) = request.customer,
            customer.fields.externalID.map({ ExactText($0) }) != ExactText(key)
        {
            let detail = "is not that of the customer of case \(known.id): whose it is, an import does not change."
            throw Refusal.invalid([FieldIssue("customer" / "external_id", .conflictingFields, detail)])
        }
        let committed = try perform(.edit(case: known.id, Incoming(edits.fields)), on: file, by: actor)
        let isEdited = committed.file.record.version != file.record.version
        let before = try record.record(of: customer)
        let after = try perform(.edit(customer: customer.id, Incoming(edits.customer)), on: before, by: actor)
        return isEdited || after.customer.version != customer.version
    }
}
