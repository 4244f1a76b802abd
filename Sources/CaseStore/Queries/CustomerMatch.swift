import Complaints

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
    /// What they can have in common with others, as the case shows them.
    let keys: CustomerKeys

    init(
        customer: Customer, named: Int64? = nil, isNew: Bool, issues: [FieldIssue] = [], edited: Customer? = nil
    ) {
        self.customer = customer
        self.named = named
        self.isNew = isNew
        self.issues = issues
        self.edited = edited
        keys = CustomerKeys(customer.fields)
    }
}

extension ReadTransaction {
    /// Finds the customer by id or by external id, never by name or address; else it is new. `recordedAt` is when the
    /// service was told of a new one; for imported history, when the complaint was received.
    ///
    /// - Parameter newID: the next id for a new one.
    func match(
        _ request: CustomerRequest, in form: RequestForm = .body, recordedAt: Instant, at now: Instant,
        newID: () throws -> Int64
    ) throws -> CustomerMatch {
        func new(_ fields: CustomerFields, issues: [FieldIssue] = []) throws -> CustomerMatch {
            let recordedAt = min(recordedAt, now)
            let customer = Customer(
                id: try newID(), fields: fields, recordedAt: recordedAt, updatedAt: recordedAt,
                version: 1)
            return CustomerMatch(customer: customer, isNew: true, issues: issues)
        }
        switch request {
        case .known(let id):
            if let customer = try customer(id) {
                var match = CustomerMatch(customer: try person(customer), named: id, isNew: false)
                if match.customer.isErased {
                    match.issues = [
                        FieldIssue("customer" / "id", .invalidValue, form.ofErased(customer: id))
                    ]
                }
                return match
            }
            let issue = FieldIssue("customer" / "id", .invalidValue, "There is no customer \(id).")
            return try new(CustomerFields(name: ""), issues: [issue])
        case .keyed(let externalID, let fields, let update):
            let (known, others) = try customers(externalID: externalID)
            if let known { return try match(known, fields, update: update, in: form, at: now) }
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
    private func match(
        _ known: Customer, _ sent: CustomerFields?, update: Bool, in form: RequestForm, at now: Instant
    ) throws -> CustomerMatch {
        guard let sent, let after = try known.edited(Incoming(sent.edit()), at: now) else {
            return CustomerMatch(customer: try person(known), named: known.id, isNew: false)
        }
        guard update else {
            return CustomerMatch(
                customer: try person(known), named: known.id, isNew: false,
                issues: sent.conflicts(with: known, in: form))
        }
        try known.requireNotMerged()
        var shown = after
        if known.isOfSeveral { shown.relationship = try person(known).relationship }
        return CustomerMatch(customer: shown, isNew: false, edited: known)
    }
}
