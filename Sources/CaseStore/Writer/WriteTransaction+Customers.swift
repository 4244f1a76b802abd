public import Complaints
import GRDB

/// The customer a new case is for.
struct CustomerMatch {
    let customer: Customer
    let isNew: Bool
    let issues: [FieldIssue]
}

extension WriteTransaction {
    /// Whom a command is about; nil when there is no such customer.
    ///
    /// - Throws: `Refusal` when nothing of them may be changed any more.
    public func subject(of command: CustomerCommand) throws -> CustomerRecord? {
        guard let customer = try record.customer(command.customerID) else { return nil }
        if case .edit = command { try customer.requireNotErased() }
        return try record.record(of: customer)
    }

    /// Performs a command on whom it is about, as this transaction has read them.
    ///
    /// - Throws: `Refusal`.
    public func perform(
        _ command: CustomerCommand, on subject: CustomerRecord, by actor: Actor
    ) throws -> CustomerRecord {
        switch command {
        case .edit(_, let incoming): try edit(subject, incoming, by: actor)
        case .erase(_, let reason): try erase(subject, because: reason, by: actor)
        }
    }

    private func edit(
        _ before: CustomerRecord, _ incoming: Incoming<CustomerEdit>, by actor: Actor
    ) throws -> CustomerRecord {
        guard let after = try before.customer.edited(incoming, at: now) else { return before }
        if let externalID = after.fields.externalID, let other = try record.customer(externalID: externalID),
            other.id != after.id
        {
            throw Refusal.rule(
                RuleViolation(
                    .duplicateExternalID, "Customer \(other.id) has external_id \(externalID) already."))
        }
        if after.relationship?.decision == .end { ended.forget() }
        try search.changing(customerID: after.id) {
            try statements.run(Self.updateCustomer, db) { row in
                row.add(after.fields.externalID)
                row.add(after.fields.name)
                row.add(after.fields.email)
                row.add(after.fields.phone)
                row.add(after.updatedAt)
                row.add(after.version)
                row.add(after.id)
            }
        }
        try log(.customerUpdated(from: before.customer, to: after), about: .customer(after.id), by: actor)
        try keepHistory(of: after, from: before.customer)
        return try record.record(of: after)
    }

    private static let updateCustomer = SQL(
        """
        UPDATE customer SET external_id = ?, name = ?, email = ?, phone = ?, updated_at = ?, version = ? WHERE id = ?
        """)

    /// Finds the customer by id or by external id, never by name or address; else it is new. `recordedAt` is when the
    /// service was told of a new one; for imported history, when the complaint was received.
    func match(_ request: CustomerRequest, recordedAt: Instant? = nil) throws -> CustomerMatch {
        func new(_ fields: CustomerFields, issues: [FieldIssue] = []) throws -> CustomerMatch {
            let recordedAt = min(recordedAt ?? now, now)
            let customer = Customer(
                id: try nextID(Self.nextCustomer), fields: fields, recordedAt: recordedAt, updatedAt: recordedAt,
                version: 1)
            return CustomerMatch(customer: customer, isNew: true, issues: issues)
        }
        switch request {
        case .known(let id):
            if let customer = try record.customer(id) {
                if customer.isErased {
                    let issue = FieldIssue(
                        "customer" / "id", .invalidValue,
                        "Customer \(id) was erased at their wish: send who it is instead.")
                    return CustomerMatch(customer: customer, isNew: false, issues: [issue])
                }
                return CustomerMatch(customer: customer, isNew: false, issues: [])
            }
            let issue = FieldIssue("customer" / "id", .invalidValue, "There is no customer \(id).")
            return try new(CustomerFields(name: ""), issues: [issue])
        case .keyed(let externalID, let fields):
            if let customer = try record.customer(externalID: externalID) {
                return CustomerMatch(customer: customer, isNew: false, issues: [])
            }
            guard let fields else {
                let issue = FieldIssue(
                    "customer" / "name", .required, "There is no customer \(externalID) yet: give a name.")
                return try new(CustomerFields(name: "", externalID: externalID), issues: [issue])
            }
            var keyed = fields
            keyed.externalID = externalID
            return try new(keyed)
        case .new(let fields): return try new(fields)
        case .unreadable: return try new(CustomerFields(name: ""))
        }
    }

    func insertIfNew(_ match: CustomerMatch) throws {
        guard match.isNew else { return }
        let customer = match.customer
        try statements.run(Self.insertCustomer, db) { row in
            row.add(customer.id)
            row.add(customer.fields.externalID)
            row.add(customer.fields.name)
            row.add(customer.fields.email)
            row.add(customer.fields.phone)
            row.add(customer.recordedAt)
            row.add(customer.updatedAt)
            row.add(customer.version)
        }
        inserted(customer.id, Self.nextCustomer)
    }

    private static let insertCustomer = SQL(
        """
        INSERT INTO customer (id, external_id, name, email, phone, recorded_at, updated_at, version)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
}
