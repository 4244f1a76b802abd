import Complaints

extension WriteTransaction {
    private static let insertCase = SQL(
        """
        INSERT INTO complaint_case (\(ChangingCaseColumns.names.joined(separator: ", ")), id, customer_id, complaint,
            received_at, opened_at, imported)
        VALUES (\(ChangingCaseColumns.names.map { _ in "?" }.joined(separator: ", ")), ?, ?, ?, ?, ?, ?)
        """)

    /// A new case has not ended, and history from elsewhere does not say how it did.
    func insert(_ record: Case) throws {
        assert(record.ending == CaseEnding(), "case \(record.id) is new, and says how it ended")
        let changing = try ChangingCaseColumns(record, self)
        try statements.run(Self.insertCase, db) { row in
            changing.add(to: &row)
            row.add(record.id)
            row.add(record.customerID)
            row.add(record.complaint)
            row.add(record.receivedAt)
            row.add(record.openedAt)
            row.add(record.imported)
        }
        inserted(record.id, Self.nextCase)
    }

    private static func update(_ columns: [String]) -> SQL {
        SQL("UPDATE complaint_case SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?")
    }

    private static let updateCase = update(ChangingCaseColumns.names)
    private static let updateCaseAndEnding = update(ChangingCaseColumns.names + EndingColumns.names)

    /// - Parameter before: how it had ended before.
    func update(_ record: Case, endedBefore before: CaseEnding) throws {
        let changing = try ChangingCaseColumns(record, self)
        let endsOtherwise = record.ending != before
        try statements.run(endsOtherwise ? Self.updateCaseAndEnding : Self.updateCase, db) { row in
            changing.add(to: &row)
            if endsOtherwise { EndingColumns.add(record.ending, to: &row) }
            row.add(record.id)
        }
    }

    private static let setCustomer = SQL("UPDATE complaint_case SET customer_id = ? WHERE id = ?")

    /// Says whose the case is.
    func updateCustomer(of record: Case) throws {
        try statements.run(Self.setCustomer, db) { row in
            row.add(record.customerID)
            row.add(record.id)
        }
    }

    private static let insertStatus = SQL(
        """
        INSERT INTO status_change (case_id, recorded_at, status, customer_accepted, duplicate_of, resolved_at, corrects,
            \(EndingColumns.names.joined(separator: ", ")))
        VALUES (?, ?, ?, ?, ?, ?, ?, \(EndingColumns.names.map { _ in "?" }.joined(separator: ", ")))
        """)

    func insertStatusChange(_ change: StatusChange, ofCase id: Int64, at recordedAt: Instant) throws {
        try statements.run(Self.insertStatus, db) { row in
            row.add(id)
            row.add(recordedAt)
            row.add(change.status.rawValue)
            row.add(change.customerAccepted.map { Int64($0 ? 1 : 0) })
            row.add(change.duplicateOf)
            row.add(change.resolvedAt)
            row.add(change.isCorrection)
            EndingColumns.add(change.ending, to: &row)
        }
    }

    /// The id of a name, which is written down if it was never seen.
    func id(_ name: String?, _ role: NameRole) throws -> Int64? {
        try names.optionalID(name, role, db)
    }
}
