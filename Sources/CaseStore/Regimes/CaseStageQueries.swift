import Complaints
import GRDB

/// The rows of a case's stages.
extension ReadTransaction {
    private static let stagesOfCase = SQL(
        """
        SELECT number, name, regime, regime_version, requested_at, recorded_at, hard_deadline, reason, since, undone_at
        FROM case_stage WHERE case_id = ? ORDER BY number
        """)

    /// The stages that a case came to, up to today. Most came to none, and are not looked for.
    func stages(of record: Case) throws -> [CaseStage] {
        guard record.stages > 0 else { return [] }
        var stages: [CaseStage] = []
        try statements.rows(Self.stagesOfCase, db, bind: { $0.add(record.id) }) { stages.append(CaseStage($0)) }
        return stages
    }

    /// How often a case that has stages was resolved, up to the record's instant, and by whom. That it was found to be a duplicate is
    /// no answer: what was promised goes on elsewhere.
    func resolutions(of record: Case) throws -> [Resolution] {
        guard record.stages > 0 else { return [] }
        let entries = try logEntries(ofCase: record.id, kinds: [.caseResolved])
            .filter { entry in !entry.facts.contains { $0.name == "duplicate_of" } }
        return entries.map { entry in
            // Where a case stands as it was resolved before, whoever did then has.
            let first = entries.first { $0.at == entry.at } ?? entry
            return Resolution(recordedAt: entry.recordedAt, at: entry.at, by: first.actor)
        }
    }
}

extension CaseStage {
    /// A stage as a row has it: number, name, regime, version, when it was requested and recorded, deadline and reason, since when
    /// it counts, and when it was undone.
    init(_ row: Columns) {
        self.init(
            number: Int(row.integer(0)), name: row.text(1), regime: row.text(2), version: row.integer(3),
            requestedAt: row.instant(4), recordedAt: row.instant(5), hardDeadline: row.optionalInstant(6),
            reason: row.optionalText(7), since: row.optionalInstant(8), undoneAt: row.optionalInstant(9))
    }
}

extension WriteTransaction {
    private static let insertStage = SQL(
        """
        INSERT INTO case_stage (case_id, number, name, regime, regime_version, requested_at, recorded_at, hard_deadline,
            reason, since)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    private static let undoStage = SQL("UPDATE case_stage SET undone_at = ? WHERE case_id = ? AND number = ?")

    func undo(_ stage: CaseStage, ofCase id: Int64) throws {
        try statements.run(Self.undoStage, db) { row in
            row.add(stage.undoneAt)
            row.add(id)
            row.add(Int64(stage.number))
        }
    }

    func insert(_ stage: CaseStage, ofCase id: Int64) throws {
        try statements.run(Self.insertStage, db) { row in
            row.add(id)
            row.add(Int64(stage.number))
            row.add(stage.name)
            row.add(stage.regime)
            row.add(stage.version)
            row.add(stage.requestedAt)
            row.add(stage.recordedAt)
            row.add(stage.hardDeadline)
            row.add(stage.reason)
            row.add(stage.since)
        }
    }
}
