import CaseStore
import Complaints

/// A row as it would become, field by field, for whoever looks before an import: of a case that is there what would change.
/// Instants are as clocks of the file's time zone show them.
struct RowPreview: CustomStringConvertible {
    private let row: ImportedRow
    private let outcome: RowOutcome
    private let zone: Zone

    init(_ row: ImportedRow, _ outcome: RowOutcome, _ zone: Zone) {
        self.row = row
        self.outcome = outcome
        self.zone = zone
    }

    var description: String {
        let (word, lines): (String, [String]) =
            switch outcome {
            case .added: ("would be added", fields.map { "\($0.name): \(TerminalLine.of($0.text))" })
            case .alreadyThere: ("is already there", fields.map { "\($0.name): \(TerminalLine.of($0.text))" })
            case .changed(let changes, _): ("would change what is there", changed(by: changes))
            case .refused: ("would be refused", [])
            }
        return (["line \(row.line) \(word):"] + lines.map { "  \($0)" }).joined(separator: "\n")
    }

    /// What would change, and what it was.
    private func changed(by changes: ImportChanges) -> [String] {
        func lines<Record: EditedRecord>(_ record: Record, _ edit: Edit<Record>, _ prefix: String = "") -> [String] {
            let after = edit.applied(to: record)
            return Record.editedFields.flatMap { field -> [String] in
                let (old, new) = (texts(field.type, field.value(record)), texts(field.type, field.value(after)))
                return ImportField.parts(of: field, prefix: prefix).enumerated().compactMap { index, part in
                    guard !new[index].isExactly(old[index]) else { return nil }
                    let before = old[index].flatMap { $0.isEmpty ? nil : "was \(TerminalLine.of($0))" } ?? "was blank"
                    return "\(part.name): \(TerminalLine.of(new[index] ?? "")) (\(before))"
                }
            }
        }
        return (changes.editsCase ? lines(changes.file.record.fields, row.edits.fields) : [])
            + (changes.editsCustomer
                ? lines(changes.customer.fields, changes.customerEdit, ImportField.customerPrefix) : [])
    }

    private var fields: [(name: String, text: String)] {
        let request = row.request.value
        var fields = [(name: "complaint", text: request.complaint)]
        fields += self.fields(of: request.fields)
        switch request.customer {
        case .keyed(let key, nil, _): fields.append(("customer.external_id", key))
        case .keyed(_, let customer?, _), .new(let customer):
            fields += self.fields(of: customer, prefix: ImportField.customerPrefix)
        case .known, .unreadable: break
        }
        fields.append(("received_at", request.receivedAt?.told.rfc3339(in: zone) ?? "now"))
        for promise in request.promises { fields += self.fields(of: promise, receivedAt: request.receivedAt?.told) }
        if let end = request.end { fields += self.fields(of: end) }
        return fields
    }

    private func fields(of end: ImportedEnd) -> [(name: String, text: String)] {
        let (redress, response) = (end.ending.redress, end.ending.finalResponse)
        return OwnExport.End.allCases.compactMap { column in
            let text: String? =
                switch column {
                case .resolvedAt: end.resolvedAt.told.rfc3339(in: zone)
                case .closedAt: end.closedAt?.told.rfc3339(in: zone)
                case .customerAccepted: end.customerAccepted.map { "\($0)" }
                case .outcome: end.ending.outcome?.rawValue
                case .redressAmount: redress.map { "\($0.amount)" }
                case .redressCurrency: redress?.currency.code
                case .finalResponseSentAt: response?.sentAt.rfc3339(in: zone)
                case .finalResponseChannel: response?.channel.rawValue
                // It comes back as words of the log alone.
                case .duplicateOf: nil
                }
            return text.map { (column.rawValue, $0) }
        }
    }

    private func fields<Record: EditedRecord>(
        of record: Record, prefix: String = ""
    ) -> [(name: String, text: String)] {
        Record.editedFields.flatMap { field in
            zip(ImportField.parts(of: field, prefix: prefix), texts(field.type, field.value(record))).compactMap {
                part, text in
                text.flatMap { $0.isEmpty ? nil : (part.name, $0) }
            }
        }
    }

    /// The parts of a value, with instants by the clocks of the zone.
    private func texts(_ type: FieldType, _ value: EditedValue?) -> [String?] {
        func text(_ bound: Estimate.Bound) -> String {
            switch bound {
            case .at(let instant): instant.rfc3339(in: zone)
            case .after(let span): span.iso8601
            }
        }
        switch value {
        case .instant(let instant): return [instant.rfc3339(in: zone)]
        case .estimate(let estimate): return [text(estimate.from), text(estimate.to)]
        case .text, .texts, .span, .businessSpan, .integer, .currency, .flag, nil: return type.texts(value)
        }
    }

    private func fields(
        of promise: ImportedPromiseRequest, receivedAt: Instant?
    ) -> [(name: String, text: String)] {
        let due: String? =
            switch promise.due {
            case .at(let instant): instant.rfc3339(in: zone)
            case .after(let span): receivedAt.map { ($0 + span).rfc3339(in: zone) } ?? span.iso8601
            case .business(let span): "\(span.iso8601) of business time"
            case nil: nil
            }
        let texts: [(ImportField, String?)] = [
            (.promiseKind, promise.kind?.rawValue), (.promiseWhat, promise.what), (.promiseOwner, promise.owner),
            (.promiseChannel, promise.channel?.rawValue), (.promiseNextStep, promise.nextStep),
            (.promiseDueAt, due ?? "by the policy"), (.promiseKeptAt, promise.keptAt?.told.rfc3339(in: zone)),
            (.promiseEvidence, promise.evidence),
        ]
        return texts.compactMap { field, text in text.map { (field.name, $0) } }
    }
}
