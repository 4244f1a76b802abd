public import Complaints
import GRDB

/// A case on record that a row of a file is.
public struct KnownCase: Sendable {
    /// Its id.
    public let id: Int64
    /// Its customer's.
    public let customerID: Int64
    /// As it stands, or what an erasure has left.
    public let complaint: String
    /// Whether its customer was erased.
    public let isErased: Bool

    init(_ row: Columns) {
        id = row.integer(0)
        complaint = row.text(1)
        isErased = row.flag(2)
        customerID = row.integer(3)
    }
}

/// What a row of a file would change of a case that is there.
public struct ImportChanges: Sendable {
    /// The case, as it is before.
    public let file: CaseFile
    /// Whom the row's columns of a customer are about, as they are before.
    public let customer: Customer
    /// What the columns make of them: what is known of others who they are is none of it.
    public let customerEdit: CustomerEdit
    /// Whether the case is another one then.
    public let editsCase: Bool
    /// Whether the customer is.
    public let editsCustomer: Bool

    /// Whether all stays as it is.
    public var isNone: Bool { !editsCase && !editsCustomer }
}

/// What rows of files are held against.
extension ReadTransaction {
    /// The same as `knownCase(_:)`; of a row of an export without `external_id` the case of its id, if that was received
    /// when it says, with the same complaint or with none any more: the file comes back to where it is from. Else the one that
    /// was imported with the same instant and complaint, and that no other row of the file is, or that an erasure has taken.
    func knownCase(
        _ request: ImportRequest, from origin: ImportOrigin?, isClaimed: (Int64) -> Bool
    ) throws -> KnownCase? {
        guard request.fields.externalID == nil else {
            guard let id = try knownCase(request)?.id else { return nil }
            return try statements.first(Self.caseByIDOnly, db, bind: { $0.add(id) }) { KnownCase($0) }
        }
        guard let origin, let receivedAt = request.receivedAt?.told else { return nil }
        let own = try statements.first(
            Self.caseByIDAndReceipt, db,
            bind: { row in
                row.add(origin.caseID)
                row.add(receivedAt)
            }
        ) { KnownCase($0) }
        if let own, own.isErased || own.complaint.isExactly(request.complaint), !isClaimed(own.id) { return own }
        var (found, erased): (KnownCase?, KnownCase?) = (nil, nil)
        try statements.rows(Self.importedByReceipt, db, bind: { $0.add(receivedAt) }) { row in
            let known = KnownCase(row)
            guard !isClaimed(known.id) else { return }
            if known.isErased {
                erased = erased ?? known
            } else if known.complaint.isExactly(request.complaint) {
                found = found ?? known
            }
        }
        return found ?? erased
    }

    private static let caseByIDOnly = SQL(
        """
        SELECT c.id, c.complaint, u.erased_at IS NOT NULL, u.id
        FROM complaint_case c JOIN customer u ON u.id = c.customer_id WHERE c.id = ?
        """)

    private static let caseByIDAndReceipt = SQL(
        """
        SELECT c.id, c.complaint, u.erased_at IS NOT NULL, u.id
        FROM complaint_case c JOIN customer u ON u.id = c.customer_id WHERE c.id = ? AND c.received_at = ?
        """)

    private static let importedByReceipt = SQL(
        """
        SELECT c.id, c.complaint, u.erased_at IS NOT NULL, u.id
        FROM complaint_case c INDEXED BY complaint_case_by_opened_at JOIN customer u ON u.id = c.customer_id
        WHERE c.opened_at = ? AND c.imported = 1 AND c.external_id IS NULL
        ORDER BY c.id
        """)

    /// What a row's columns change of the case that it is. Its customer may have been merged since: the columns are about who
    /// they turned out to be then, unless they name the other one by their key, or say of them what is on record. What is shown of
    /// somebody has what is known of all who they are (`person`): a row that has it from there changes nothing by that.
    ///
    /// - Throws: `Refusal` where the row has another customer, or one who is changed elsewhere.
    func changes(
        of known: KnownCase, by request: ImportRequest, _ edits: ImportEdits
    ) throws -> ImportChanges {
        guard let file = try caseFile(known.id), let own = try customer(known.customerID) else {
            throw StoreError.unreadable("case \(known.id) is gone")
        }
        var people = [try root(of: own), own]
        if case .keyed(let key, _, _) = request.customer {
            people = people.filter { $0.fields.externalID.isExactly(key) }
        }
        guard let customer = people.first else {
            let detail = "is not that of the customer of case \(known.id): whose it is, an import does not change."
            throw Refusal.invalid([FieldIssue("customer" / "external_id", .conflictingFields, detail)])
        }
        let edit = edits.customer.without(shownOf: try person(own).fields, beside: customer.fields)
        let editsCustomer =
            !people.contains { edits.customer.applied(to: $0.fields).isExactly($0.fields) }
            && !edit.applied(to: customer.fields).isExactly(customer.fields)
        if editsCustomer {
            try customer.requireNotErased()
            try customer.requireNotMerged()
        }
        let fields = file.record.fields
        return ImportChanges(
            file: file, customer: customer, customerEdit: edit,
            editsCase: !edits.fields.applied(to: fields).isExactly(fields),
            editsCustomer: editsCustomer)
    }

    /// The customer of a row whose case is new: one on record who is changed to what the row says has of it only what its cells
    /// say, and no value for all rows.
    func edited(_ request: CustomerRequest, by edits: ImportEdits) throws -> CustomerRequest {
        guard case .keyed(let key, .some, update: true) = request, try customers(externalID: key).exactly != nil else {
            return request
        }
        return .keyed(
            externalID: key, edits.customer.applied(to: CustomerFields(name: "", externalID: key)), update: true)
    }
}

// MARK: - What a row comes to
extension ReadTransaction {
    /// What a row comes to, by the rules; nothing is written.
    ///
    /// - Throws: `Refusal`, with all that is wrong with it.
    func importStep(
        _ row: ImportStep.Row, isClaimed: (Int64) -> Bool, names: inout GivenNames, ids: ImportStep.IDs,
        by actor: Actor, at now: Instant
    ) throws -> ImportStep {
        var request = row.incoming.value
        if row.incoming.issues.isEmpty, let known = try knownCase(request, from: row.origin, isClaimed: isClaimed) {
            return try importStep(row, to: known, &names, by: actor)
        }
        let sent = try row.edits.map { try edited(request.customer, by: $0) } ?? request.customer
        let match = try match(
            sent, in: .row, recordedAt: request.receivedAt?.instant(at: now) ?? now, at: now, newID: ids.newCustomer)
        let given = try names.look(
            at: request.namedOwners, people: request.fields.supervisor.map { [$0] } ?? [], self)
        let under = try regimeName(sent: request.fields.regime)
        request.fields.regime = under.name
        var policy = try policyRules().first(for: MatchedCase(request.fields, match.customer.relationship?.decision))
        if policy.usesBusinessTime || request.usesBusinessTime {
            policy.calendar = try deskCalendar(ofTeam: request.fields.team)
        }
        let regime = try regime(of: request, at: now)
        let change = try CaseChange.imported(
            Incoming(request, issues: row.incoming.issues + match.issues + given.issues + under.issues + regime.issues),
            customer: match.customer,
            named: match.named, ofExport: row.origin != nil, id: ids.newCase(), promiseID: ids.newPromise(),
            policy: policy, regime: regime.inForce, by: actor, at: now)
        return .add(change, match, newNames: given.new)
    }

    /// The regime of a case that comes in, by the version that holds for its receipt; and that none does, of one whose clocks are to
    /// run.
    private func regime(
        of request: ImportRequest, at now: Instant
    ) throws -> (inForce: RegimeInForce?, issues: [FieldIssue]) {
        guard let name = request.fields.regime else { return (nil, []) }
        do {
            let found = try regime(name, receivedAt: request.receivedAt?.instant(at: now) ?? now)
            return (found.map { RegimeInForce($0) }, [])
        } catch let refusal as RegimeRefusal {
            return (nil, request.comesInOpen ? [refusal.issue(at: "regime")] : [])
        }
    }

    /// The same of a row whose case is there.
    private func importStep(
        _ row: ImportStep.Row, to known: KnownCase, _ names: inout GivenNames, by actor: Actor
    ) throws -> ImportStep {
        let request = row.incoming.value
        if let conflict = request.conflict(with: (known.id, known.complaint, known.isErased)) {
            throw Refusal.invalid([conflict])
        }
        guard let edits = row.edits, !known.isErased else { return .leave(known) }
        let changes = try changes(of: known, by: request, edits)
        let command = CaseCommand.edit(case: known.id, Incoming(edits.fields))
        let given = try names.look(
            at: changes.editsCase ? command.namedOwners(in: changes.file, by: actor) : [],
            people: changes.editsCase ? command.namedPeople(in: changes.file) : [],
            takingFrom: changes.file.record.fields.owner, isNew: true, self)
        let calendar = try request.usesBusinessTime ? deskCalendar(ofTeam: changes.file.record.fields.team) : nil
        let issues = edits.conflicts(with: changes.file, on: calendar) + given.issues
        guard issues.isEmpty else { throw Refusal.invalid(issues) }
        return changes.isNone ? .leave(known) : .change(known, changes, newNames: given.new)
    }

    /// What a row would come to, on the record and what earlier rows would have made of it (`supposed`).
    ///
    /// - Throws: `Refusal`, as an import of the row would.
    public func tryImport(
        _ incoming: Incoming<ImportRequest>, from origin: ImportOrigin?, isClaimed: (Int64) -> Bool,
        edits: ImportEdits?, names: inout GivenNames, by actor: Actor, at now: Instant
    ) throws -> ImportOutcome {
        guard let supposed else { preconditionFailure("it is tried on what earlier rows would have made") }
        let step = try importStep(
            ImportStep.Row(incoming, origin: origin, edits: edits), isClaimed: isClaimed, names: &names,
            ids: ImportStep.IDs(newCustomer: supposed.nextID, newCase: supposed.nextID, newPromise: { 1 }), by: actor,
            at: now)
        switch step {
        case .add(_, let match, _):
            // Nobody else can be met again.
            if match.isNew, match.customer.fields.externalID == nil, origin?.customerID == nil { break }
            if match.isNew || match.edited != nil { supposed.add(match.customer) }
        case .change(_, let changes, _) where changes.editsCustomer:
            var customer = changes.customer
            customer.fields = changes.customerEdit.applied(to: customer.fields)
            supposed.add(customer)
        case .leave, .change: break
        }
        return ImportOutcome(step)
    }
}

extension ReadTransaction {
    /// What a row of a file is held against: the case on record that has its `external_id`, or had it when its customer was
    /// erased or before; nil when there is none.
    func knownCase(_ request: ImportRequest) throws -> (id: Int64, complaint: String, isErased: Bool)? {
        guard let externalID = request.fields.externalID else { return nil }
        for known in [Self.caseByKey, Self.erasedCaseByFormerKey] {
            let found = try statements.first(known, db, bind: { $0.add(externalID) }) {
                (id: $0.integer(0), complaint: $0.text(1), isErased: $0.flag(2))
            }
            if let found { return found }
        }
        return nil
    }

    private static let erasedCaseByFormerKey = SQL(
        """
        SELECT c.id, c.complaint, 1
        FROM field_change f INDEXED BY field_change_by_key JOIN complaint_case c ON c.id = f.about_id
            JOIN customer u ON u.id = c.customer_id
        WHERE f.about = 'case' AND f.field = 'external_id' AND f.before = ? AND u.erased_at IS NOT NULL
        LIMIT 1
        """)

    private static let caseByKey = SQL(
        """
        SELECT c.id, c.complaint, u.erased_at IS NOT NULL
        FROM complaint_case c JOIN customer u ON u.id = c.customer_id WHERE c.external_id = ?
        """)
}
