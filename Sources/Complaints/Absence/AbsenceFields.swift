/// An absence as the log, the history and the row of an owner have it: field by field, none where there is none.
public struct AbsenceFields: Sendable, Hashable {
    /// The first date.
    public var from: CivilDate?
    /// The last date.
    public var until: CivilDate?
    /// Whom to turn to.
    public var standIn: String?

    /// Those of an absence, or of none.
    public init(_ absence: Absence? = nil) {
        from = absence?.from
        until = absence?.until
        standIn = absence?.standIn
    }

    /// What they say; nil where there is none.
    public var absence: Absence? {
        guard let from, let until else { return nil }
        return Absence(from: from, until: until, standIn: standIn)
    }
}

extension AbsenceFields: EditedRecord {
    private static let group = FieldGroup("absence", "When they are away.")

    /// All of it is of the desk, and no customer's erasure takes it.
    public static let editedFields: [EditedField<AbsenceFields>] = [
        EditedField("from", of: group, \.from, .text(.name), .desk, "The first date, where they are."),
        EditedField("until", of: group, \.until, .text(.name), .desk, "The last date, where they are."),
        EditedField("stand_in", of: group, \.standIn, .text(.somebody), .desk, "Whom to turn to meanwhile."),
    ]

    /// The one object that they are of.
    public static let editedGroups = EditedGroup.all(of: editedFields)
}

extension CivilDate: EditableValue {
    /// As ISO 8601 has it.
    public var editedValue: EditedValue? { .text(iso8601) }

    /// Back from a field's value.
    public init?(editedValue value: EditedValue?) {
        guard case .text(let text)? = value else { return nil }
        self.init(text)
    }
}
