/// A JSON Merge Patch (RFC 7396) of a record's fields: what is not in it stays as it is.
@dynamicMemberLookup
public struct Edit<Record: EditedRecord>: Sendable, Hashable {
    /// By the field's place among the record's; nil takes the value away.
    private var values: [Int: EditedValue?] = [:]

    /// An edit that leaves everything as it is.
    public init() {}

    /// An edit of the fields that `sent` has a value for: nil leaves a field, `.some(nil)` takes its value away.
    public init(_ sent: (EditedField<Record>) -> EditedValue??) {
        for (index, field) in Record.editedFields.enumerated() {
            if let value = sent(field) { values.updateValue(value, forKey: index) }
        }
    }

    /// What the edit makes of one field; nil leaves it.
    public subscript<Value: EditableValue>(
        dynamicMember path: any WritableKeyPath<Record, Value> & Sendable
    ) -> Value? {
        get { values[Self.index(of: path)].flatMap { Value(editedValue: $0) } }
        set {
            let index = Self.index(of: path)
            if let newValue { values.updateValue(newValue.editedValue, forKey: index) } else { values[index] = nil }
        }
    }

    private static func index(of path: PartialKeyPath<Record>) -> Int {
        guard let index = Record.editedFields.firstIndex(where: { $0.isAt(path) }) else {
            preconditionFailure("\(path) is no field that can be edited")
        }
        return index
    }

    /// What the edit makes of a field: nil leaves it, `.some(nil)` takes its value away.
    func value(of field: EditedField<Record>) -> EditedValue?? {
        guard let index = Record.editedFields.firstIndex(where: { $0.name == field.name }) else { return nil }
        return values[index]
    }

    /// The fields that it edits.
    var touched: [EditedField<Record>] {
        Record.editedFields.enumerated().compactMap { index, field in values[index] == nil ? nil : field }
    }

    /// The spans that do not lie within the bounds of their fields.
    var outOfBounds: [FieldIssue] {
        Record.editedFields.enumerated().compactMap { index, field in
            let (bounds, length): (ClosedRange<ElapsedTime>, ElapsedTime)
            switch (field.type, values[index]) {
            case (.span(let range), .span(let span)??): (bounds, length) = (range, span)
            case (.businessSpan(let range), .businessSpan(let span)??): (bounds, length) = (range, span.nominal)
            default: return nil
            }
            guard !bounds.contains(length) else { return nil }
            let detail = "must be from \(bounds.lowerBound.iso8601) to \(bounds.upperBound.iso8601)."
            return FieldIssue(FieldPath([field.name]), .outOfRange, detail)
        }
    }

    /// The record with the edit made.
    public func applied(to record: Record) -> Record {
        var record = record
        for (index, field) in Record.editedFields.enumerated() {
            if let value = values[index] { field.set(value, in: &record) }
        }
        return record
    }
}
