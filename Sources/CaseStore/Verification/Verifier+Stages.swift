import Complaints

/// The stages of regimes that cases came to, beside what the log says of them.
extension Verifier {
    /// Each stage came by an entry that says of it what its row says, and each such entry has its row; a case counts them; and the
    /// clock of a promise is of a stage that its case came to before it was made.
    mutating func checkStages() throws {
        var wrong: (caseID: Int64, number: Int64)?
        try rows(Self.stages) { row in
            let stage = CaseStage(
                number: Int(row.integer(1)), name: row.text(2), regime: row.text(3), version: row.integer(4),
                requestedAt: row.instant(5), recordedAt: row.instant(6), hardDeadline: row.optionalInstant(7),
                reason: row.optionalText(8), since: row.optionalInstant(11), undoneAt: row.optionalInstant(12))
            let entry = LogDraft.stageOpened(stage)
            let isAsLogged =
                row.optionalText(9).map { facts in
                    says(facts, entry.facts, orNone: ["hard_deadline", "since"])
                } ?? false && says(row.optionalText(10), entry.texts, orNone: ["reason"])
            var isUndoneAsLogged = stage.undoneAt == row.optionalInstant(13)
            if stage.undoneAt != nil {
                let undone = LogDraft.stageUndone(stage, because: nil)
                isUndoneAsLogged =
                    isUndoneAsLogged && says(row.optionalText(14), undone.facts, orNone: [])
                    && says(row.optionalText(15), undone.texts, orNone: [])
            }
            if !isAsLogged || !isUndoneAsLogged { wrong = (row.integer(0), row.integer(1)) }
            return wrong == nil
        }
        if let wrong {
            add(
                "stages",
                "Stage \(wrong.number) of case \(wrong.caseID) began, or was undone, otherwise than its log says.")
        }
        try addFirst(
            "stages",
            """
            SELECT c.id FROM complaint_case c
            WHERE c.stages <> (SELECT count(*) FROM case_stage s WHERE s.case_id = c.id)
                OR c.stages <> (SELECT count(*) FROM case_log l
                    WHERE l.case_id = c.id AND l.kind = '\(LogKind.stageOpened.rawValue)')
                OR (SELECT count(s.undone_at) FROM case_stage s WHERE s.case_id = c.id) <> (SELECT count(*) FROM case_log l
                    WHERE l.case_id = c.id AND l.kind = '\(LogKind.stageUndone.rawValue)')
                OR c.stages <> coalesce((SELECT max(s.number) FROM case_stage s WHERE s.case_id = c.id), 0)
            LIMIT 1
            """
        ) { "Case \($0.integer(0)) came to more stages than its log says, or to fewer." }
        try addFirst(
            "stages",
            """
            SELECT p.id FROM promise p LEFT JOIN case_stage s ON s.case_id = p.case_id AND s.number = p.stage
            WHERE p.clock IS NOT NULL AND (s.recorded_at IS NULL OR s.recorded_at > p.made_at)
            LIMIT 1
            """
        ) { "The clock of promise \($0.integer(0)) is of no stage that its case had come to." }
    }

    private static let stages = """
        SELECT s.case_id, s.number, s.name, s.regime, s.regime_version, s.requested_at, s.recorded_at, s.hard_deadline,
            s.reason, l.facts, l.texts, s.since, s.undone_at, u.recorded_at, u.facts, u.texts
        FROM case_stage s LEFT JOIN case_log l ON l.case_id = s.case_id AND l.kind = '\(LogKind.stageOpened.rawValue)'
            AND l.recorded_at = s.recorded_at AND instr(l.facts, '["number",' || s.number || ']') > 0
        LEFT JOIN case_log u ON u.case_id = s.case_id AND u.kind = '\(LogKind.stageUndone.rawValue)'
            AND instr(u.facts, '["number",' || s.number || ']') > 0
        """
}
