/// What has a history of its fields.
public enum HistorySubject: String, Vocabulary {
    case `case`, customer, policy, owner
}

/// A field with history: whenever its value changes, what it was before is kept, so that it can be told as of any instant.
public struct HistoricField<Record: Sendable>: Sendable {
    /// What the history calls it.
    public let name: String
    /// What it takes.
    public let type: FieldType
    /// What it tells of people: an erasure takes what it was as it takes what it is.
    public let privacy: Privacy
    /// The field's value; nil where there is none.
    public let value: @Sendable (Record) -> EditedValue?
    /// Gives the field a value of its type, or takes it away where there may be none.
    public let set: @Sendable (EditedValue?, inout Record) -> Void

    /// What the service itself keeps beside the fields that can be edited; `path` leads to it.
    init<Value: EditableValue>(
        _ name: String, _ path: any WritableKeyPath<Record, Value> & Sendable, _ type: FieldType,
        _ privacy: Privacy = .open
    ) {
        self.name = name
        self.type = type
        self.privacy = privacy
        value = { $0[keyPath: path].editedValue }
        set = { value, record in
            guard let value = Value(editedValue: value) else {
                preconditionFailure("\(name) can't be \(value.map { "\($0)" } ?? "nothing")")
            }
            record[keyPath: path] = value
        }
    }

    /// A field that can be edited, of what `path` leads to.
    init<Part: EditedRecord>(_ field: EditedField<Part>, of path: any WritableKeyPath<Record, Part> & Sendable) {
        name = field.name
        type = field.type
        privacy = field.privacy
        value = { field.value($0[keyPath: path]) }
        set = { field.set($0, in: &$1[keyPath: path]) }
    }

    /// The field of another record that this one shows.
    init<Other, Value: EditableValue>(
        _ field: HistoricField<Other>, at path: any WritableKeyPath<Record, Value> & Sendable
    ) {
        self.init(field.name, path, field.type, field.privacy)
    }
}

/// What has fields with history.
public protocol HistoricRecord: Sendable {
    /// What it is, or is shown of.
    static var subject: HistorySubject { get }
    /// What tells it apart from others of its kind.
    var historyID: Int64 { get }
    /// The fields with history: those that can be edited, and those that are kept beside these. Whatever else of it
    /// changes has a history of its own.
    static var historicFields: [HistoricField<Self>] { get }
}

extension HistoricRecord {
    /// Each field that differs from `before`, with what it was.
    public func changed(from before: Self) -> [(field: HistoricField<Self>, before: EditedValue?)] {
        Self.historicFields.compactMap { field in
            let old = field.value(before)
            return old == field.value(self) ? nil : (field, old)
        }
    }

    /// The names of those fields of which an erasure leaves nothing that they were: what it takes of the record it takes of
    /// its history. What reports count by stays as of every instant, as it stays as of now.
    public static var personalHistory: [String] { historicFields.filter(\.privacy.leavesRecord).map(\.name) }

    fileprivate static func field(_ name: String) -> HistoricField<Self> {
        guard let field = historicFields.first(where: { $0.name == name }) else {
            preconditionFailure("\(name) is no field with history")
        }
        return field
    }
}

/// How many changes there can be of something.
private let count = FieldType.integer(0...Int64.max)
/// What another thing is called.
private let reference = FieldType.integer(1...Int64.max)

extension Case: HistoricRecord {
    /// The case.
    public static var subject: HistorySubject { .case }
    /// The id.
    public var historyID: Int64 { id }

    /// What can be edited, whose it is, the mood before, and how often it was edited.
    public static let historicFields: [HistoricField<Case>] =
        CaseFields.editedFields.map { HistoricField($0, of: \.fields) } + [
            HistoricField("customer_id", \.customerID, reference),
            HistoricField("mood_before", \.moodBefore, .word(Mood.self)), HistoricField("edits", \.edits, count),
        ]
}

extension CaseSummary: HistoricRecord {
    /// The case that it is of.
    public static var subject: HistorySubject { .case }
    /// The id of the case.
    public var historyID: Int64 { id }

    /// Those of the case that it shows.
    public static let historicFields: [HistoricField<CaseSummary>] = [
        HistoricField(Case.field("external_id"), at: \.externalID),
        HistoricField(Case.field("subject"), at: \.subject),
        HistoricField(Case.field("severity"), at: \.severity),
        HistoricField(Case.field("mood"), at: \.mood),
        HistoricField(Case.field("contact_name"), at: \.contact.name),
        HistoricField(Case.field("contact_phone"), at: \.contact.phone),
        HistoricField(Case.field("contact_email"), at: \.contact.email),
        HistoricField(Case.field("contact_relation"), at: \.contact.relation),
        HistoricField(Case.field("hard_deadline"), at: \.hardDeadline),
        HistoricField(Case.field("customer_id"), at: \.customerID),
        HistoricField(Case.field("edits"), at: \.edits),
    ]
}

extension Customer: HistoricRecord {
    /// The customer.
    public static var subject: HistorySubject { .customer }
    /// The id.
    public var historyID: Int64 { id }

    /// What can be edited, into whom they were merged and since when, when a field last changed, and how often.
    public static let historicFields: [HistoricField<Customer>] =
        CustomerFields.editedFields.map { HistoricField($0, of: \.fields) } + [
            HistoricField("merged_into", \.mergedInto, reference), HistoricField("merged_at", \.mergedAt, .instant),
            HistoricField("has_merged", \.hasMerged, .flag),
            HistoricField("updated_at", \.updatedAt, .instant), HistoricField("version", \.version, count),
        ]
}

extension Policy: HistoricRecord {
    /// The policy.
    public static var subject: HistorySubject { .policy }
    /// The id.
    public var historyID: Int64 { id }

    /// What can be edited, when it last was, and how often.
    public static let historicFields: [HistoricField<Policy>] =
        editedFields.map { HistoricField($0, of: \.self) }
        + PolicyRule.editedFields.map { HistoricField($0, of: \.rule) } + [
            HistoricField("updated_at", \.updatedAt, .instant), HistoricField("version", \.version, count),
        ]
}

extension Owner: HistoricRecord {
    /// The owner.
    public static var subject: HistorySubject { .owner }
    /// The id.
    public var historyID: Int64 { id }

    /// What can be edited, when they are away, when any of it last was edited, and how often.
    public static let historicFields: [HistoricField<Owner>] =
        OwnerFields.editedFields.map { HistoricField($0, of: \.fields) }
        + AbsenceFields.editedFields.map { HistoricField($0, of: \.away) } + [
            HistoricField("updated_at", \.updatedAt, .instant), HistoricField("version", \.version, count),
        ]
}
