import Complaints

extension Verifier {
    /// What waits for somebody, or did, is what follows from the log by the rules (`LoggedMatters`): no more, and no less.
    mutating func checkMattersOfLog() throws {
        var logged = LoggedMatters()
        try rows(Self.entriesOfMatters) { row in
            logged.take(
                LoggedMatters.Entry(
                    kind: try row.word(1), caseID: row.optionalInteger(2), customerID: row.optionalInteger(3),
                    seq: row.integer(4), recordedAt: row.instant(5), isImported: row.flag(6),
                    promiseID: row.optionalInteger(8), facts: row.text(7),
                    heardAt: row.optionalInstant(9)))
            return true
        }
        let since = try rulesSince()
        var left = logged.all
        var found: String?
        try rows(Self.keptMatters) { row in
            let key = LoggedMatters.Key(
                caseID: row.integer(0), seq: row.integer(2), kind: try row.word(1), again: row.optionalInteger(3))
            let raised = left.removeValue(forKey: key)
            let outcome = row.optionalText(5).map(Matter.Outcome.init(rawValue:))
            // What is no outcome at all is found as what entries settle is looked at.
            if case .some(nil) = outcome { return true }
            let settlement = row.optionalInteger(4).flatMap { seq in
                outcome?.map { LoggedMatters.Settlement(seq: seq, outcome: $0) }
            }
            // Nothing else says of this one that it is there.
            let isOfDuplicate =
                key.kind == .escalation && settlement?.seq == key.seq && settlement?.outcome == .joined
            if raised == nil ? isOfDuplicate : raised?.mayBe(settlement) == true { return true }
            if let since, row.instant(6) <= since { return true }
            found =
                raised == nil
                ? "It is kept that the \(key.kind.rawValue) of entry \(key.seq) in case \(key.caseID) waits for somebody, or did, "
                    + "which does not follow from the log."
                : "What became of the \(key.kind.rawValue) of entry \(key.seq) in case \(key.caseID) is not what the log says."
            return false
        }
        if let found { add("matters", found) }
        let missing = left.filter { _, raised in since.map { raised.at > $0 } ?? true }.keys.min()
        if found == nil, let missing {
            add(
                "matters",
                "The \(missing.kind.rawValue) of entry \(missing.seq) in case \(missing.caseID) waits for somebody by the log, or "
                    + "did, and that is not kept.")
        }
    }

    private static let entriesOfMatters = """
        SELECT l.id, l.kind, l.case_id, l.about_id, l.seq, l.recorded_at, l.imported, l.facts, l.promise_id, \(HeardSQL.instant)
        FROM case_log l
        WHERE l.kind IN (\(words(LoggedMatters.kinds))) ORDER BY l.id
        """

    private static let keptMatters = """
        SELECT case_id, kind, seq, again_seq, settled_seq, outcome, raised_at FROM matter
        ORDER BY case_id, seq, kind, coalesce(again_seq, 0)
        """

    /// The step of the schema as of which matters are raised and settled by the rules of today.
    private static let firstStepOfRules = 24

    /// When a database of before came to the rules of today: what an earlier version raised, or did not, counts as it was then.
    /// Nil where it had them from its beginning.
    private func rulesSince() throws -> Instant? {
        let sql = """
            SELECT s.applied_at FROM schema_migration s
            WHERE s.version = \(Self.firstStepOfRules) AND s.applied_at > 60000 + (SELECT min(applied_at) FROM schema_migration)
            """
        return try transaction.statements.first(sql, [:], db) { $0.instant(0) }
    }
}
