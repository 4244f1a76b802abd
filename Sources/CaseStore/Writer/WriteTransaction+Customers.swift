public import Complaints
import GRDB

/// The customer a new case is for.
struct CustomerMatch {
    /// Who they are in the end, as the case shows them.
    let customer: Customer
    /// Who was named, and whose it stays where a merge is taken back; nil: the same.
    var named: Int64?
    let isNew: Bool
    var issues: [FieldIssue] = []
    /// Who has the key that was sent, where they are on record and are edited to be as was sent: as they were before.
    var edited: Customer?
    /// Those whose key is the same but for its case.
    var others: [Customer] = []
}

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
        let changing = ChangingCustomerColumns(after)
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
                var match = CustomerMatch(customer: try record.person(customer), named: id, isNew: false)
                if match.customer.isErased {
                    match.issues = [
                        FieldIssue(
                            "customer" / "id", .invalidValue,
                            "Customer \(id) was erased at their wish: send who it is instead.")
                    ]
                }
                return match
            }
            let issue = FieldIssue("customer" / "id", .invalidValue, "There is no customer \(id).")
            return try new(CustomerFields(name: ""), issues: [issue])
        case .keyed(let externalID, let fields, let update):
            let (known, others) = try record.customers(externalID: externalID)
            if let known { return try match(known, fields, update: update) }
            guard var keyed = fields, !keyed.name.isEmpty else {
                let issue = FieldIssue(
                    "customer" / "name", .required, "There is no customer \(externalID) yet: give a name.")
                return try new(CustomerFields(name: "", externalID: externalID), issues: [issue])
            }
            keyed.externalID = externalID
            var match = try new(keyed)
            match.others = others
            return match
        case .new(let fields): return try new(fields)
        case .unreadable: return try new(CustomerFields(name: ""))
        }
    }

    /// Somebody on record who has the key that was sent. What else was sent of them is as on record, or edits them.
    private func match(_ known: Customer, _ sent: CustomerFields?, update: Bool) throws -> CustomerMatch {
        guard let sent, let after = try known.edited(Incoming(sent.edit()), at: now) else {
            return CustomerMatch(customer: try record.person(known), named: known.id, isNew: false)
        }
        guard update else {
            return CustomerMatch(
                customer: try record.person(known), named: known.id, isNew: false, issues: sent.conflicts(with: known))
        }
        try known.requireNotMerged()
        var shown = after
        if known.isOfSeveral { shown.relationship = try record.person(known).relationship }
        return CustomerMatch(customer: shown, isNew: false, edited: known)
    }

    /// Writes the customer of a new case, where they are new or edited with it.
    func save(_ match: CustomerMatch, by actor: Actor) throws {
        if let before = match.edited { return try save(match.customer, editedFrom: before, by: actor) }
        guard match.isNew else { return }
        let customer = match.customer
        let changing = ChangingCustomerColumns(customer)
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
        let keys = CustomerKeys(sent)
        let alike = keys.phone == nil && keys.email == nil ? [] : try record.customers(like: keys)
        let ids = Set(try record.people(match.others + alike).map(\.id)).subtracting([match.customer.id])
        return Array(ids.sorted().prefix(CaseWarning.mostCustomers))
    }
}
