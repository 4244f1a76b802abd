public import Complaints
import GRDB

extension WriteTransaction {
    /// Whom a command is about; nil when there is no such customer.
    ///
    /// - Throws: `Refusal` when nothing of them may be changed any more, or is to be changed elsewhere.
    public func subject(of command: CustomerCommand) throws -> CustomerRecord? {
        guard let customer = try record.customer(command.customerID) else { return nil }
        return try record.record(of: customer)
    }

    /// Performs a command on whom it is about, as this transaction has read them.
    ///
    /// - Throws: `Refusal`.
    public func perform(
        _ command: CustomerCommand, on subject: CustomerRecord, by actor: Actor
    ) throws -> CustomerRecord {
        // As they are on record themselves, and not as they are shown.
        guard let customer = try record.customer(command.customerID) else { return subject }
        switch command {
        case .edit(_, let incoming):
            try customer.requireNotErased()
            try customer.requireNotMerged()
            guard let after = try customer.edited(incoming, at: now) else { return subject }
            try save(after, editedFrom: customer, by: actor)
            return try record.record(of: after)
        case .erase(_, let reason):
            try customer.requireNotMerged()
            return try erase(subject, because: reason, by: actor)
        case .merge(_, let incoming): return try merge(customer, incoming, by: actor)
        case .unmerge(_, let incoming): return try unmerge(customer, incoming, by: actor)
        }
    }

    /// Writes what was edited of a customer.
    private func save(_ after: Customer, editedFrom before: Customer, by actor: Actor) throws {
        if let externalID = after.fields.externalID, !after.fields.externalID.isExactly(before.fields.externalID),
            let other = try record.customers(externalID: externalID).exactly
        {
            throw Refusal.rule(
                RuleViolation(
                    .duplicateExternalID, "Customer \(other.id) has external_id \(externalID) already."))
        }
        if after.relationship?.decision == .end { ended.forget() }
        let changing = ChangingCustomerColumns(after, CustomerKeys(after.fields))
        try search.changing(customerID: after.id) {
            try statements.run(Self.updateCustomer, db) { row in
                changing.add(to: &row)
                row.add(after.id)
            }
            try keepHistory(of: after, from: before)
        }
        try log(.customerUpdated(from: before, to: after), about: .customer(after.id), by: actor)
    }

    private static let updateCustomer = SQL(
        "UPDATE customer SET \(ChangingCustomerColumns.names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?")

    /// Finds the customer of a new case: see `ReadTransaction.match`.
    func match(_ request: CustomerRequest) throws -> CustomerMatch {
        try record.match(request, recordedAt: now, at: now) { try nextID(Self.nextCustomer) }
    }

    /// Writes the customer of a new case, where they are new or edited with it.
    func save(_ match: CustomerMatch, by actor: Actor) throws {
        if let before = match.edited { return try save(match.customer, editedFrom: before, by: actor) }
        guard match.isNew else { return }
        let customer = match.customer
        let changing = ChangingCustomerColumns(customer, match.keys)
        try statements.run(Self.insertCustomer, db) { row in
            changing.add(to: &row)
            row.add(customer.id)
            row.add(customer.recordedAt)
        }
        inserted(customer.id, Self.nextCustomer)
    }

    private static let insertCustomer = SQL(
        """
        INSERT INTO customer (\(ChangingCustomerColumns.names.joined(separator: ", ")), id, recorded_at)
        VALUES (\(ChangingCustomerColumns.names.map { _ in "?" }.joined(separator: ", ")), ?, ?)
        """)

    /// Others on record who may be the customer of a new case: by the phone number and the address that came with it, or by
    /// their key. Whoever turned out to be somebody else is named as them.
    func others(like match: CustomerMatch, _ request: CustomerRequest) throws -> [Int64] {
        let sent: CustomerFields? =
            switch request {
            case .new(let fields): fields
            case .keyed(_, let fields, _): fields
            case .known, .unreadable: nil
            }
        guard let sent, sent.phone != nil || sent.email != nil || !match.others.isEmpty else { return [] }
        let keys = match.isNew ? match.keys : CustomerKeys(sent)
        let ids = try record.people(like: keys, or: match.others.map(\.id)).filter { $0 != match.customer.id }
        return Array(ids.prefix(CaseWarning.mostCustomers))
    }
}
