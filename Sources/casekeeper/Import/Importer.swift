import Complaints

/// Takes the rows of a file to their target, batch by batch.
struct Importer {
    let file: InputFile
    let survey: FileSurvey
    let rows: RowReader
    let batchSize: Int
    let interruption: Interruption

    /// Runs to the end of the file, or to the end of the batch in which it is interrupted. What was committed before
    /// an error stays, and `summary` says how much that was.
    ///
    /// - Parameter rejects: where refused rows go, opened before the target, so that nothing is touched when it can't be.
    func run(
        into target: inout some ImportTarget, rejects: inout RejectsFile, summary: inout ImportSummary
    ) throws {
        var reader = CSVReader(file, survey.form)
        _ = try reader.next()
        summary.newNames.known = try target.knownNames()
        let progress = ProgressBar(total: survey.rows, unit: "rows")
        defer { progress.clear() }
        do {
            summary.isInterrupted = try !take(
                &reader, into: &target, rejects: &rejects, summary: &summary, progress)
        } catch let error as FileError where error.operation == .write {
            // The refused rows are not all there: the same line again refuses them again.
            throw error
        } catch {
            try rejects.place()
            throw error
        }
        try rejects.place()
    }

    /// Returns whether it has come to the end of the file.
    private func take(
        _ reader: inout CSVReader, into target: inout some ImportTarget, rejects: inout RejectsFile,
        summary: inout ImportSummary, _ progress: ProgressBar
    ) throws -> Bool {
        var isAtEnd = false
        while !isAtEnd, !interruption.isRequested {
            progress.draw(summary.rows)
            var batch: [CSVRecord] = []
            while batch.count < batchSize, !isAtEnd {
                if let record = try reader.next() { batch.append(record) } else { isAtEnd = true }
            }
            try take(batch, into: &target, rejects: &rejects, summary: &summary)
        }
        return isAtEnd
    }

    private func take(
        _ batch: [CSVRecord], into target: inout some ImportTarget, rejects: inout RejectsFile,
        summary: inout ImportSummary
    ) throws {
        let faults = batch.map(fault)
        let wanted = zip(batch, faults).filter { record, fault in fault != nil || !rows.plan.skips(record.fields) }
        summary.skipped += batch.count - wanted.count
        let whole = wanted.filter { $0.1 == nil }.map(\.0)
        let read = try whole.map(self.rows.row)
        var outcomes = zip(read, try target.take(read)).makeIterator()
        for (record, fault) in wanted {
            if let fault {
                summary.refused += 1
                try rejects.add(record, reasons: [fault])
                preview([fault], ofLine: record.line, in: &summary)
                continue
            }
            guard let (row, outcome) = outcomes.next() else {
                preconditionFailure("a target has an outcome for every case")
            }
            switch outcome {
            case .added(let names):
                summary.added += 1
                summary.newNames.add(names, line: record.line)
            case .alreadyThere: summary.alreadyThere += 1
            case .changed(_, let names):
                summary.changed += 1
                summary.newNames.add(names, line: record.line)
            case .refused(let issues):
                summary.refused += 1
                let reasons = issues.map(\.reason)
                try rejects.add(record, reasons: reasons)
                preview(reasons, ofLine: record.line, in: &summary)
                continue
            }
            if summary.isDryRun, summary.preview.count < Self.previewedRows {
                summary.preview.append(RowPreview(row, outcome, rows.dates.timeZone).description)
            }
        }
        try rejects.flush()
    }

    /// How many rows a dry run shows.
    private static let previewedRows = 3

    private func preview(_ reasons: [String], ofLine line: Int, in summary: inout ImportSummary) {
        guard summary.isDryRun, summary.preview.count < Self.previewedRows else { return }
        summary.preview.append("line \(line) would be refused: \(reasons.joined(separator: "; "))")
    }

    /// What makes a record unfit to be read as a row of this file.
    private func fault(_ record: CSVRecord) -> String? {
        if let line = record.strayQuoteLine {
            return "a quote on line \(line) stands where none may: quote the whole field and double it"
        }
        guard record.fields.count != survey.header.count else { return nil }
        let extra = record.fields.dropFirst(survey.header.count).map { "'\($0)'" }.joined(separator: ", ")
        return "it has \(record.fields.count) fields, the header \(survey.header.count)"
            + (extra.isEmpty ? "" : "; left out here: \(extra)")
    }
}

extension FieldIssue {
    /// `promise.kept_at: must not lie after now (in_the_future)`.
    fileprivate var reason: String {
        "\(path.components.joined(separator: ".")): \(detail) (\(code.rawValue))"
    }
}
