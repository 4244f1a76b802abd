import Complaints
import GRDB

extension WriteTransaction {
    func insert(_ record: Case) throws {
        let fields = record.fields
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO complaint_case (id, external_id, customer_id, subject, complaint, channel, category_id, tags,
                    severity, mood, desired_outcome, estimate_from, estimate_to, owner_id, team_id, supervisor_id,
                    hard_deadline, received_at, opened_at, status, resolved_at, closed_at, imported, version, edits,
                    updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            record.id, fields.externalID, record.customer.id, fields.subject, record.complaint,
            fields.channel.rawValue, try names.optionalID(fields.category, .category, db),
            try CaseColumns.encode(tags: fields.tags), fields.severity.rawValue, fields.mood.rawValue,
            fields.desiredOutcome, fields.estimate?.from.text, fields.estimate?.to.text,
            try names.optionalID(fields.owner, .owner, db), try names.optionalID(fields.team, .team, db),
            try names.optionalID(fields.supervisor, .supervisor, db), fields.hardDeadline?.milliseconds,
            record.receivedAt.milliseconds, record.openedAt.milliseconds, record.status.rawValue,
            record.resolvedAt?.milliseconds, record.closedAt?.milliseconds, record.imported, record.version,
            record.edits, record.updatedAt.milliseconds,
        ])
    }

    func update(_ record: Case) throws {
        let fields = record.fields
        let statement = try db.cachedStatement(
            sql: """
                UPDATE complaint_case
                SET external_id = ?, subject = ?, channel = ?, category_id = ?, tags = ?, severity = ?, mood = ?,
                    desired_outcome = ?, estimate_from = ?, estimate_to = ?, owner_id = ?, team_id = ?,
                    supervisor_id = ?, hard_deadline = ?, status = ?, resolved_at = ?, closed_at = ?, version = ?,
                    edits = ?, updated_at = ?
                WHERE id = ?
                """)
        try statement.execute(arguments: [
            fields.externalID, fields.subject, fields.channel.rawValue,
            try names.optionalID(fields.category, .category, db), try CaseColumns.encode(tags: fields.tags),
            fields.severity.rawValue, fields.mood.rawValue, fields.desiredOutcome, fields.estimate?.from.text,
            fields.estimate?.to.text, try names.optionalID(fields.owner, .owner, db),
            try names.optionalID(fields.team, .team, db), try names.optionalID(fields.supervisor, .supervisor, db),
            fields.hardDeadline?.milliseconds, record.status.rawValue, record.resolvedAt?.milliseconds,
            record.closedAt?.milliseconds, record.version, record.edits, record.updatedAt.milliseconds, record.id,
        ])
    }

    func insertStatusChange(_ record: Case, at recordedAt: Instant) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO status_change (case_id, recorded_at, status) VALUES (?, ?, ?)")
        try statement.execute(arguments: [record.id, recordedAt.milliseconds, record.status.rawValue])
    }
}
