import Complaints

extension WriteTransaction {
    private static let insertCase = SQL(
        """
        INSERT INTO complaint_case (\(ChangingCaseColumns.names.joined(separator: ", ")), id, customer_id, complaint,
            received_at, opened_at, imported)
        VALUES (\(ChangingCaseColumns.names.map { _ in "?" }.joined(separator: ", ")), ?, ?, ?, ?, ?, ?)
        """)

    func insert(_ record: Case) throws {
        let changing = try ChangingCaseColumns(record, self)
        try statements.run(Self.insertCase, db) { row in
            changing.add(to: &row)
            row.add(record.id)
            row.add(record.customer.id)
            row.add(record.complaint)
            row.add(record.receivedAt)
            row.add(record.openedAt)
            row.add(record.imported)
        }
        inserted(record.id, Self.nextCase)
    }

    private static let updateCase = SQL(
        """
        UPDATE complaint_case
        SET \(ChangingCaseColumns.names.map { "\($0) = ?" }.joined(separator: ", "))
        WHERE id = ?
        """)

    func update(_ record: Case) throws {
        let changing = try ChangingCaseColumns(record, self)
        try statements.run(Self.updateCase, db) { row in
            changing.add(to: &row)
            row.add(record.id)
        }
    }

    private static let insertStatus = SQL(
        "INSERT INTO status_change (case_id, recorded_at, status) VALUES (?, ?, ?)")

    func insertStatusChange(_ status: CaseStatus, ofCase id: Int64, at recordedAt: Instant) throws {
        try statements.run(Self.insertStatus, db) { row in
            row.add(id)
            row.add(recordedAt)
            row.add(status.rawValue)
        }
    }

    /// The id of a name, which is written down if it was never seen.
    func id(_ name: String?, _ role: NameRole) throws -> Int64? {
        try names.optionalID(name, role, db)
    }
}

/// What of a case may change, as columns.
private struct ChangingCaseColumns {
    /// In the order of `add`.
    static let names = [
        "external_id", "subject", "channel", "category_id", "tags", "severity", "mood", "mood_before",
        "desired_outcome",
        "estimate_from", "estimate_to", "owner_id", "team_id", "supervisor_id", "hard_deadline", "status",
        "resolved_at", "closed_at", "version", "edits", "updated_at",
    ]

    private let record: Case
    private let category: Int64?
    private let owner: Int64?
    private let team: Int64?
    private let supervisor: Int64?
    private let tags: String?

    /// Names that were never seen are written down.
    init(_ record: Case, _ transaction: WriteTransaction) throws {
        self.record = record
        let fields = record.fields
        category = try transaction.id(fields.category, .category)
        owner = try transaction.id(fields.owner, .owner)
        team = try transaction.id(fields.team, .team)
        supervisor = try transaction.id(fields.supervisor, .supervisor)
        tags = try CaseColumns.encode(tags: fields.tags)
    }

    func add(to row: inout Bindings) {
        let fields = record.fields
        row.add(fields.externalID)
        row.add(fields.subject)
        row.add(fields.channel.rawValue)
        row.add(category)
        row.add(tags)
        row.add(fields.severity.rawValue)
        row.add(fields.mood.rawValue)
        row.add(record.moodBefore?.rawValue)
        row.add(fields.desiredOutcome)
        row.add(fields.estimate?.from.text)
        row.add(fields.estimate?.to.text)
        row.add(owner)
        row.add(team)
        row.add(supervisor)
        row.add(fields.hardDeadline)
        row.add(record.status.rawValue)
        row.add(record.resolvedAt)
        row.add(record.closedAt)
        row.add(record.version)
        row.add(record.edits)
        row.add(record.updatedAt)
    }
}
