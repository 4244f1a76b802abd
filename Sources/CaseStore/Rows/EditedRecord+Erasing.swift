import Complaints

/// What an erasure makes of the columns of a record, by what its fields say: a personal field has one column, which bears
/// its name.
extension EditedRecord {
    private static var personal: [EditedField<Self>] { editedFields.filter(\.privacy.leavesRecord) }

    /// `subject = NULL`, each.
    static var erasing: [String] {
        personal.map { "\($0.name) = \($0.isOptional ? "NULL" : "'\(Erasure.mark)'")" }
    }

    /// Conditions that each hold where something is still there: `c.subject IS NOT NULL`.
    static func notErased(in table: String) -> [String] {
        personal.map { "\(table).\($0.name) IS NOT \($0.isOptional ? "NULL" : "'\(Erasure.mark)'")" }
    }
}
