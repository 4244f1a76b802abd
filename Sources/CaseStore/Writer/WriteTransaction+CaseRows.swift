import Complaints

extension WriteTransaction {
    private static func insert(_ columns: [String]) -> SQL {
        SQL(
            """
            INSERT INTO complaint_case (\(columns.joined(separator: ", ")), id, customer_id, complaint, received_at,
                opened_at, imported)
            VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")), ?, ?, ?, ?, ?, ?)
            """)
    }

    private static let insertCase = insert(ChangingCaseColumns.names)
    private static let insertCaseAndEnding = insert(ChangingCaseColumns.names + EndingColumns.names)

    /// Of a new case only history from another desk of ours says how it ended.
    func insert(_ record: Case) throws {
        let changing = try ChangingCaseColumns(record, self)
        let hasEnding = record.ending != CaseEnding()
        try statements.run(hasEnding ? Self.insertCaseAndEnding : Self.insertCase, db) { row in
            changing.add(to: &row)
            if hasEnding { EndingColumns.add(record.ending, to: &row) }
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
        INSERT INTO status_change (case_id, recorded_at, status, customer_accepted, duplicate_of,
            \(EndingColumns.names.joined(separator: ", ")))
        VALUES (?, ?, ?, ?, ?, \(EndingColumns.names.map { _ in "?" }.joined(separator: ", ")))
        """)

    func insertStatusChange(_ change: StatusChange, ofCase id: Int64) throws {
        try statements.run(Self.insertStatus, db) { row in
            row.add(id)
            row.add(change.recordedAt)
            row.add(change.status.rawValue)
            row.add(change.customerAccepted.map { Int64($0 ? 1 : 0) })
            row.add(change.duplicateOf)
            EndingColumns.add(change.ending, to: &row)
        }
    }

    /// The id of a name, which is written down if it was never seen.
    func id(_ name: String?, _ role: NameRole) throws -> Int64? {
        try names.optionalID(name, role, db)
    }
}
