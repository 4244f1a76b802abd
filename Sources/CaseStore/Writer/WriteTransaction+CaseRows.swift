import Complaints

extension WriteTransaction {
    private static let insertCase = SQL(
        """
        INSERT INTO complaint_case (id, external_id, customer_id, subject, complaint, channel, category_id, tags,
            severity, mood, desired_outcome, estimate_from, estimate_to, owner_id, team_id, supervisor_id,
            hard_deadline, received_at, opened_at, status, resolved_at, closed_at, imported, version, edits,
            updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    func insert(_ record: Case) throws {
        let fields = record.fields
        let (category, owner) = (try id(fields.category, .category), try id(fields.owner, .owner))
        let (team, supervisor) = (try id(fields.team, .team), try id(fields.supervisor, .supervisor))
        let tags = try CaseColumns.encode(tags: fields.tags)
        try statements.run(Self.insertCase, db) { row in
            row.add(record.id)
            row.add(fields.externalID)
            row.add(record.customer.id)
            row.add(fields.subject)
            row.add(record.complaint)
            row.add(fields.channel.rawValue)
            row.add(category)
            row.add(tags)
            row.add(fields.severity.rawValue)
            row.add(fields.mood.rawValue)
            row.add(fields.desiredOutcome)
            row.add(fields.estimate?.from.text)
            row.add(fields.estimate?.to.text)
            row.add(owner)
            row.add(team)
            row.add(supervisor)
            row.add(fields.hardDeadline)
            row.add(record.receivedAt)
            row.add(record.openedAt)
            row.add(record.status.rawValue)
            row.add(record.resolvedAt)
            row.add(record.closedAt)
            row.add(record.imported)
            row.add(record.version)
            row.add(record.edits)
            row.add(record.updatedAt)
        }
    }

    private static let updateCase = SQL(
        """
        UPDATE complaint_case
        SET external_id = ?, subject = ?, channel = ?, category_id = ?, tags = ?, severity = ?, mood = ?,
            desired_outcome = ?, estimate_from = ?, estimate_to = ?, owner_id = ?, team_id = ?,
            supervisor_id = ?, hard_deadline = ?, status = ?, resolved_at = ?, closed_at = ?, version = ?,
            edits = ?, updated_at = ?
        WHERE id = ?
        """)

    func update(_ record: Case) throws {
        let fields = record.fields
        let (category, owner) = (try id(fields.category, .category), try id(fields.owner, .owner))
        let (team, supervisor) = (try id(fields.team, .team), try id(fields.supervisor, .supervisor))
        let tags = try CaseColumns.encode(tags: fields.tags)
        try statements.run(Self.updateCase, db) { row in
            row.add(fields.externalID)
            row.add(fields.subject)
            row.add(fields.channel.rawValue)
            row.add(category)
            row.add(tags)
            row.add(fields.severity.rawValue)
            row.add(fields.mood.rawValue)
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
            row.add(record.id)
        }
    }

    private static let insertStatus = SQL(
        "INSERT INTO status_change (case_id, recorded_at, status) VALUES (?, ?, ?)")

    func insertStatusChange(_ record: Case, at recordedAt: Instant) throws {
        try statements.run(Self.insertStatus, db) { row in
            row.add(record.id)
            row.add(recordedAt)
            row.add(record.status.rawValue)
        }
    }

    /// The id of a name, which is written down if it was never seen.
    func id(_ name: String?, _ role: NameRole) throws -> Int64? {
        try names.optionalID(name, role, db)
    }
}
