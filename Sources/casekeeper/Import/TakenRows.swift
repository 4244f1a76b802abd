import CaseStore
import Complaints

/// The rows that a run has taken, by `external_id`: a further row of one is the same row once more, or another one that
/// would be lost if it were passed over. It holds the key and two numbers a row; of an export of Casekeeper also which case
/// each row without a key is, and which customer each one's is.
struct TakenRows {
    private struct Row {
        let line: Int
        let digest: Int
    }

    private struct Known {
        var rows: [ExactText: Row] = [:]
        /// Cases that rows without a key are.
        var claimed: Set<Int64> = []
        /// What customers of the file are here.
        var customers: [Int64: Int64] = [:]
    }

    private var known = Known()
    /// Those of the batch that is being taken.
    private var batch = Known()
    /// What they give something to.
    private var names: GivenNames

    init(names: GivenNames = GivenNames()) { self.names = names }

    /// Begins a batch, or begins it once more.
    mutating func beginBatch() { batch = Known() }

    /// That the rows of the batch were taken for good.
    mutating func commitBatch() {
        known.rows.merge(batch.rows) { first, _ in first }
        known.claimed.formUnion(batch.claimed)
        known.customers.merge(batch.customers) { first, _ in first }
        batch = Known()
    }

    /// What takes a row as it is, by which cases other rows are, and with a customer who is known already as such.
    typealias Taking = ((Int64) -> Bool, inout GivenNames, Incoming<ImportRequest>) throws -> ImportOutcome

    /// What becomes of a row: by the earlier one of its key, or by `first` where there is none.
    mutating func take(_ row: ImportedRow, first: Taking) throws -> RowOutcome {
        // Ids of an export tell its rows from each other where nothing else does; no key begins with NUL.
        let id = row.origin.map { "\0\($0.caseID)" }
        guard let key = (row.request.value.fields.externalID ?? id).map({ ExactText($0) }) else {
            return try outcome(of: row, first)
        }
        if let earlier = batch.rows[key] ?? known.rows[key] {
            guard earlier.digest != row.digest else { return .alreadyThere }
            let issue = FieldIssue(
                ImportField.externalID.path, .conflictingFields,
                "is that of line \(earlier.line), which says something else.")
            return .refused(row.request.issues + [issue])
        }
        let outcome = try outcome(of: row, first)
        if case .refused = outcome { return outcome }
        batch.rows[key] = Row(line: row.line, digest: row.digest)
        return outcome
    }

    private mutating func outcome(of row: ImportedRow, _ first: Taking) throws -> RowOutcome {
        var request = row.request
        let customer = row.origin?.customerID
        if let customer, case .new = request.value.customer,
            let id = batch.customers[customer] ?? known.customers[customer]
        {
            var value = request.value
            value.customer = .known(id: id)
            request = Incoming(value, issues: request.issues)
        }
        let result: ImportOutcome
        // Taken out, so that they are not copied while they are added to.
        var given = GivenNames()
        swap(&given, &names)
        defer { swap(&given, &names) }
        do throws(any Error) {
            let (known, batch) = (known.claimed, batch.claimed)
            result = try first({ known.contains($0) || batch.contains($0) }, &given, request)
        } catch Refusal.invalid(let issues) {
            return .refused(issues)
        } catch Refusal.rule(let violation) {
            return .refused([violation.issue])
        }
        if row.origin != nil, row.request.value.fields.externalID == nil { batch.claimed.insert(result.caseID) }
        if let customer { batch.customers[customer] = result.customerID }
        return switch result.kind {
        case .added: .added(newNames: result.newNames)
        case .alreadyThere: .alreadyThere
        case .changed(let changes): .changed(changes, newNames: result.newNames)
        }
    }
}

extension RuleViolation {
    /// As it is told of a row.
    fileprivate var issue: FieldIssue {
        FieldIssue(
            code == .merged ? "customer" / "external_id" : "external_id", .conflictingFields,
            "can't be changed: \(detail)")
    }
}
