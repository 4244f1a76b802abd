import CaseStore
import Complaints

/// The rows that a run has taken, by `external_id`: a further row of one is the same row once more, or another one that
/// would be lost if it were passed over. It holds the key and two numbers a row; of an export of Casekeeper also which case
/// each row without a key is, and which customer each one's is.
struct TakenRows {
    /// Why a row is not taken.
    struct Refused: Error {
        let issues: [FieldIssue]
    }

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

    /// Begins a batch, or begins it once more.
    mutating func beginBatch() { batch = Known() }

    /// That the rows of the batch were taken for good.
    mutating func commitBatch() {
        known.rows.merge(batch.rows) { first, _ in first }
        known.claimed.formUnion(batch.claimed)
        known.customers.merge(batch.customers) { first, _ in first }
        batch = Known()
    }

    /// What becomes of a row: by the earlier one of its key, or by `first` where there is none. That is told which
    /// cases other rows are, and handed the row with a customer who is known already as such.
    mutating func take(
        _ row: ImportedRow, mapsCustomers: Bool = true,
        first: ((Int64) -> Bool, Incoming<ImportRequest>) throws -> ImportOutcome
    ) throws -> RowOutcome {
        // Ids of an export tell its rows from each other where nothing else does; no key begins with NUL.
        let id = row.origin.map { "\0\($0.caseID)" }
        guard let key = (row.request.value.fields.externalID ?? id).map({ ExactText($0) }) else {
            return try outcome(of: row, mapsCustomers, first)
        }
        if let earlier = batch.rows[key] ?? known.rows[key] {
            guard earlier.digest != row.digest else { return .alreadyThere }
            let issue = FieldIssue(
                ImportField.externalID.path, .conflictingFields,
                "is that of line \(earlier.line), which says something else.")
            return .refused(row.request.issues + [issue])
        }
        let outcome = try outcome(of: row, mapsCustomers, first)
        if case .refused = outcome { return outcome }
        batch.rows[key] = Row(line: row.line, digest: row.digest)
        return outcome
    }

    private mutating func outcome(
        of row: ImportedRow, _ mapsCustomers: Bool,
        _ first: ((Int64) -> Bool, Incoming<ImportRequest>) throws -> ImportOutcome
    ) throws -> RowOutcome {
        var request = row.request
        let customer = row.origin?.customerID
        if mapsCustomers, let customer, case .new = request.value.customer,
            let id = batch.customers[customer] ?? known.customers[customer]
        {
            var value = request.value
            value.customer = .known(id: id)
            request = Incoming(value, issues: request.issues)
        }
        let result: ImportOutcome
        do {
            let (known, batch) = (known.claimed, batch.claimed)
            result = try first({ known.contains($0) || batch.contains($0) }, request)
        } catch let refused as Refused {
            return .refused(refused.issues)
        }
        switch result {
        case .added(let id, let customerID), .alreadyThere(let id, let customerID), .changed(let id, let customerID):
            if row.origin != nil, row.request.value.fields.externalID == nil { batch.claimed.insert(id) }
            if let customer { batch.customers[customer] = customerID }
        }
        switch result {
        case .added: return .added
        case .alreadyThere: return .alreadyThere
        case .changed: return .changed
        }
    }
}
