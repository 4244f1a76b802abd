import Complaints

/// The rows that a run has taken, by `external_id`: a further row of one is the same row once more, or another one that
/// would be lost if it were passed over. It holds the key and two numbers a row.
struct TakenRows {
    private struct Row {
        let line: Int
        let digest: Int
    }

    private var rows: [ExactText: Row] = [:]
    /// Those of the batch that is being taken.
    private var batch: [ExactText: Row] = [:]

    /// Begins a batch, or begins it once more.
    mutating func beginBatch() {
        batch.removeAll(keepingCapacity: true)
    }

    /// That the rows of the batch were taken for good.
    mutating func commitBatch() {
        rows.merge(batch) { first, _ in first }
        batch.removeAll(keepingCapacity: true)
    }

    /// What becomes of a row: by the earlier one of its key, or by `first` where there is none.
    mutating func take(_ row: ImportedRow, first: () throws -> RowOutcome) rethrows -> RowOutcome {
        guard let key = row.request.value.fields.externalID.map({ ExactText($0) }) else { return try first() }
        if let earlier = batch[key] ?? rows[key] {
            guard earlier.digest != row.digest else { return .alreadyThere }
            let issue = FieldIssue(
                ImportField.externalID.path, .conflictingFields,
                "is that of line \(earlier.line), which says something else.")
            return .refused(row.request.issues + [issue])
        }
        let outcome = try first()
        if case .refused = outcome { return outcome }
        batch[key] = Row(line: row.line, digest: row.digest)
        return outcome
    }
}
