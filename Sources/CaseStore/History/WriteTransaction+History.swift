import Complaints

// How a record is told as of an earlier instant
//
// Rows have today's values. Beside them `field_change` has, for each time that a field's value changed, what it was before.
// So a field as of an instant is the `before` of the first change after that, else today's; what nobody has edited since
// costs nothing, and an answer for now looks at none of it.
//
// Two changes of one field in one batch are one row, with what was before the first of them: there is no instant between.

extension WriteTransaction {
    private static let insertChange = SQL(
        """
        INSERT INTO field_change (about, about_id, field, recorded_at, before) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """)

    /// Keeps what those fields were that have changed from `before`.
    func keepHistory<Record: HistoricRecord>(of after: Record, from before: Record) throws {
        for (field, old) in after.changed(from: before) {
            let old = try HistoryColumn(field).stored(old, names: names, db)
            try statements.run(Self.insertChange, db) { row in
                row.add(Record.subject.rawValue)
                row.add(after.historyID)
                row.add(field.name)
                row.add(now)
                row.add(old)
            }
        }
    }

    /// Keeps what the fields of a case were that a change has edited. Most changes edit none, and are not looked into.
    func keepHistory(of after: Case, editedFrom before: Case) throws {
        if after.edits == before.edits, after.moodBefore == before.moodBefore {
            assert(after.changed(from: before).isEmpty, "case \(after.id) was edited, and its edits do not count it")
            return
        }
        try keepHistory(of: after, from: before)
    }

    private static let erasePerson = SQL(
        """
        DELETE FROM field_change WHERE about = 'customer' AND about_id = ? AND \(isPersonal(Customer.self))
        """)
    private static let eraseCases = SQL(
        """
        DELETE FROM field_change WHERE about = 'case' AND \(isPersonal(Case.self))
            AND about_id IN (SELECT c.id FROM complaint_case c INDEXED BY complaint_case_by_customer
                WHERE c.customer_id = ?)
        """)

    private static func isPersonal<Record: HistoricRecord>(_: Record.Type) -> String {
        "field IN (\(Record.personalHistory.map { "'\($0)'" }.joined(separator: ", ")))"
    }

    /// Takes away what the personal fields of a customer and their cases were: they are as of every instant what the
    /// erasure makes of them.
    func eraseHistory(ofCustomer id: Int64) throws {
        try statements.run(Self.erasePerson, db) { $0.add(id) }
        try statements.run(Self.eraseCases, db) { $0.add(id) }
    }
}
