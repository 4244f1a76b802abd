import Complaints

/// A row as it would become, field by field, for whoever looks before an import.
struct RowPreview: CustomStringConvertible {
    private let row: ImportedRow
    private let outcome: RowOutcome

    init(_ row: ImportedRow, _ outcome: RowOutcome) {
        self.row = row
        self.outcome = outcome
    }

    var description: String {
        let word =
            switch outcome {
            case .added: "would be added"
            case .alreadyThere: "is already there"
            case .changed: "would be changed to"
            case .refused: "would be refused"
            }
        return (["line \(row.line) \(word):"] + fields.map { "  \($0.name): \(Self.line($0.text))" }).joined(
            separator: "\n")
    }

    private var fields: [(name: String, text: String)] {
        let request = row.request.value
        var fields = [(name: "complaint", text: request.complaint)]
        fields += Self.fields(of: request.fields)
        switch request.customer {
        case .keyed(let key, nil, _): fields.append(("customer.external_id", key))
        case .keyed(_, let customer?, _), .new(let customer):
            fields += Self.fields(of: customer, prefix: ImportField.customerPrefix)
        case .known, .unreadable: break
        }
        fields.append(("received_at", request.receivedAt?.told.rfc3339 ?? "now"))
        for promise in request.promises { fields += Self.fields(of: promise, receivedAt: request.receivedAt?.told) }
        return fields
    }

    private static func fields<Record: EditedRecord>(
        of record: Record, prefix: String = ""
    ) -> [(name: String, text: String)] {
        Record.editedFields.flatMap { field in
            zip(ImportField.parts(of: field, prefix: prefix), field.type.texts(field.value(record))).compactMap {
                part, text in
                text.flatMap { $0.isEmpty ? nil : (part.name, $0) }
            }
        }
    }

    private static func fields(
        of promise: ImportedPromiseRequest, receivedAt: Instant?
    ) -> [(name: String, text: String)] {
        let due: String? =
            switch promise.due {
            case .at(let instant): instant.rfc3339
            case .after(let span): receivedAt.map { ($0 + span).rfc3339 } ?? span.iso8601
            case nil: nil
            }
        let texts: [(ImportField, String?)] = [
            (.promiseKind, promise.kind?.rawValue), (.promiseWhat, promise.what), (.promiseOwner, promise.owner),
            (.promiseChannel, promise.channel?.rawValue), (.promiseNextStep, promise.nextStep),
            (.promiseDueAt, due ?? "by the policy"), (.promiseKeptAt, promise.keptAt?.told.rfc3339),
            (.promiseEvidence, promise.evidence),
        ]
        return texts.compactMap { field, text in text.map { (field.name, $0) } }
    }

    /// In characters.
    private static let longest = 100

    /// A text as one line of a terminal, and not much of it: nothing of it moves the cursor.
    private static func line(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(longest) {
            let isPlain = scalar.properties.generalCategory != .control && !scalar.properties.isWhitespace
            line.append(isPlain ? scalar : " ")
        }
        return String(line) + (text.unicodeScalars.count > longest ? "…" : "")
    }
}
